//! PDFs through what the crate gives.

use membership_bills::pdf::{RenderError, render, unprintable};

mod bills;

fn has(pdf: &[u8], text: &str) -> bool {
    pdf.windows(text.len())
        .any(|bytes| bytes == text.as_bytes())
}

#[test]
fn all_bills_pass_the_validators_and_are_the_same_each_time() {
    for (name, (bill, issued)) in bills::all() {
        let pdf = render(&bill, &issued).expect(name);
        assert!(pdf.starts_with(b"%PDF-1.7"), "{name}");
        assert!(pdf == render(&bill, &issued).expect(name), "{name} differs");
        let other = std::thread::spawn(move || render(&bill, &issued).expect(name));
        assert!(pdf == other.join().expect(name), "{name} differs elsewhere");
    }
}

#[test]
fn it_says_what_it_is_and_has_the_e_invoice_in_it() {
    let (bill, issued) = bills::paid();
    let pdf = render(&bill, &issued).expect("a PDF");
    for text in ["pdfuaid:part>1<", "pdfaid:part>3<", "/Lang(en)"] {
        let spaced = text.replace("/Lang(", "/Lang (");
        assert!(has(&pdf, text) || has(&pdf, &spaced), "{text}");
    }
    assert!(has(&pdf, "MW-2023-000201.xml"));
    let (receipt, issued) = &bills::all()[6].1;
    let pdf = render(receipt, issued).expect("a PDF");
    assert!(!has(&pdf, ".xml"), "a receipt is no invoice");
}

#[test]
fn what_cannot_be_printed_is_refused_by_name() {
    let (mut bill, issued) = bills::paid();
    bill.purchase_order = Some("PO 🦀".to_owned());
    let refused = render(&bill, &issued).expect_err("no font has it");
    assert_eq!(refused, RenderError::Characters(vec!['🦀']));
    assert_eq!(unprintable("PO 🦀"), ['🦀']);
    let all = "PO-2023-118 № 注文 طلب\n\u{200b}";
    assert!(unprintable(all).is_empty());
}
