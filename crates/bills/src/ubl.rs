//! A bill as an e-invoice: EN 16931 in UBL 2.1, an `Invoice` (380) or a `CreditNote` (381).
//!
//! Totals are those of the bill and are not computed again: what a machine books is what a person
//! reads. The rules of EN 16931 are run over the result, and what breaks one is not written.

mod fault;
mod lines;
mod parties;
mod payment;
mod tax;

use en16931::invoice::{InvoiceNote, Period, PrecedingInvoice};
use en16931::profiles::En16931;
use en16931::{DocumentReference, Invoice, Validated};
use en16931_formats::Syntax;
use membership_domain::purchase::bill::{Bill, BillKind, Issued};

use crate::shown::{address, clean, join};
use crate::words;
use fault::date;

pub use fault::UblError;

/// The e-invoice of a bill.
///
/// # Errors
/// [`UblError`]: for order confirmations and receipts always.
pub fn write(bill: &Bill, issued: &Issued) -> Result<String, UblError> {
    let invoice = model(bill, issued)?;
    let proof = Validated::<En16931>::new(invoice).map_err(|rejected| {
        let faults = rejected.report().fatal();
        UblError::Rules(
            faults
                .map(|fault| format!("{}: {}", fault.rule, fault.message))
                .collect(),
        )
    })?;
    Ok(en16931_formats::write(&proof, Syntax::Ubl).xml)
}

fn model(bill: &Bill, issued: &Issued) -> Result<Invoice, UblError> {
    let sale = &bill.sale;
    let code = match bill.kind {
        BillKind::Invoice => "380",
        BillKind::CreditNote => "381",
        BillKind::OrderConfirmation | BillKind::Receipt => return Err(UblError::Kind),
    };
    let on = date(issued.on)?;
    let number = clean(&issued.number);
    let currency = sale.currency.code();
    let mut builder = Invoice::builder(SPECIFICATION, number, on, code, currency);
    if bill.kind == BillKind::CreditNote {
        builder = builder.credit_note();
    }
    let vat = tax::Vat::of(sale);
    let mut invoice = builder
        .seller(parties::seller(sale, &vat))
        .buyer(parties::buyer(bill, &vat))
        .build();
    invoice.notes = notes(bill, &vat);
    references(&mut invoice, bill)?;
    invoice.invoicing_period = period(bill)?;
    invoice.lines = lines::lines(sale, &vat)?;
    invoice.vat_breakdown = vec![tax::breakdown(sale, &vat)?];
    invoice.totals = tax::totals(bill)?;
    payment::add(&mut invoice, bill, issued.on)?;
    Ok(invoice)
}

const SPECIFICATION: &str = "urn:cen.eu:en16931:2017";

/// What a buyer's reference is where it gave none: UBL wants something beside the seller's.
const NOT_AVAILABLE: &str = "NA";

fn references(invoice: &mut Invoice, bill: &Bill) -> Result<(), UblError> {
    let theirs = bill.purchase_order.as_deref().map(clean);
    let theirs = theirs.filter(|theirs| !theirs.is_empty());
    let theirs = theirs.unwrap_or_else(|| NOT_AVAILABLE.to_owned());
    invoice.purchase_order_reference = Some(DocumentReference::new(theirs));
    let ours = DocumentReference::new(clean(&bill.order_number));
    invoice.sales_order_reference = Some(ours);
    if let Some(of) = &bill.credit_of {
        invoice.preceding_invoices = vec![PrecedingInvoice {
            reference: DocumentReference::new(clean(&of.number)),
            issue_date: Some(date(of.issued_on)?),
        }];
    }
    Ok(())
}

fn period(bill: &Bill) -> Result<Option<Period>, UblError> {
    let start = bill.supplied_from.map(date).transpose()?;
    let end = bill.supplied_until.map(date).transpose()?;
    Ok((start.is_some() || end.is_some()).then_some(Period { start, end }))
}

/// What has no place of its own in the model.
fn notes(bill: &Bill, vat: &tax::Vat) -> Vec<InvoiceNote> {
    let sample = bill.sample.then(|| words::SAMPLE_NOTE.to_owned());
    let reason = bill.credit_of.as_ref().map(|of| clean(&of.reason));
    let bill_to = (bill.sale.bill_to.as_ref()).map(|party| {
        let [street, city, country] = address(&party.address, &party.country);
        let party = [&party.name, &street, &city, &country];
        let party = join(&party.map(String::as_str), ", ");
        format!("{}: {party}", words::BILL_TO)
    });
    let tax_id = vat.unplaced(&bill.sale.buyer);
    let tax_id = tax_id.map(|id| format!("{}: {id}", words::TAX_ID));
    let all = [sample, reason, bill_to, tax_id].into_iter().flatten();
    let all = all.filter(|note| !note.is_empty());
    all.map(InvoiceNote::new).collect()
}
