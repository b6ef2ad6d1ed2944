//! Bills that are less usual.

use membership_domain::purchase::bill::{
    BankAccount, Bill, BillKind, BillPayment, Issued, PaymentMethod, Remittance,
};
use membership_domain::purchase::sale::{Tax, TaxCategory};

use super::{day, issued, line, paid, party, remittance, reverse};

/// Many lines with discounts, some long, an order in other scripts, somebody else who gets the
/// bill, part of it paid.
pub fn long() -> (Bill, Issued) {
    let (mut bill, _) = reverse();
    bill.sale.tax = paid().0.sale.tax;
    bill.sale.lines = (1..=100)
        .map(|index| {
            let mut one = line(
                &format!("Benefit package {index}"),
                "Modern Work",
                1_234_567,
            );
            one.quantity = index * 7 % 13 + 1;
            one.discount = i64::from(index % 3) * 1_050;
            if index % 10 == 0 {
                one.description = format!("{} {}", one.description, "with much to say ".repeat(9));
            }
            if index % 25 == 0 {
                one.description = "Donaudampfschifffahrtsgesellschaft".repeat(6);
            }
            one
        })
        .collect();
    bill.sale.buyer.name = "Allgemeine Gesellschaft für die Verwaltung von Beteiligungen und \
                            Grundbesitz in Mittel- und Osteuropa mit beschränkter Haftung"
        .to_owned();
    bill.sale.bill_to = Some(party(
        "Ελληνική Εταιρεία Παραδειγμάτων",
        "שדרות רוטשילד 22|10431|Αθήνα",
        "GR",
        None,
    ));
    bill.purchase_order = Some("طلب شراء ٤٢ / 注文書 / Заказ №7 / 주문".to_owned());
    bill.payments = vec![BillPayment {
        on: day("2023-11-21"),
        amount: 100_000,
        method: PaymentMethod::Card,
        reference: Some("4242".to_owned()),
    }];
    (bill, issued("MW-2023-000203", "2023-11-20"))
}

/// A currency without decimals, paid by card, in Japan.
pub fn yen() -> (Bill, Issued) {
    let (mut bill, _) = paid();
    bill.sale.currency = "JPY".parse().expect("a currency");
    bill.sale.seller = party(
        "株式会社メンバーシップ運営",
        "丸の内一丁目1番1号|100-0005|東京都千代田区",
        "JP",
        Some("T1234567890123"),
    );
    bill.sale.buyer = party(
        "Contoso K.K.",
        "2-3-4 Shibuya|150-0002|Tokyo",
        "JP",
        Some("T9876543210987"),
    );
    bill.sale.lines = vec![line("Action Pack", "365 days", 66_005)];
    bill.sale.lines[0].quantity = 3;
    bill.sale.tax.name = "Consumption tax".to_owned();
    bill.sale.tax.rate = 1_000;
    bill.payments[0] = BillPayment {
        on: day("2023-11-18"),
        amount: bill.sale.total().amount,
        method: PaymentMethod::Card,
        reference: Some("4242".to_owned()),
    };
    (bill, issued("JP-2023-000001", "2023-11-20"))
}

/// An order that is to be paid, in the US, without tax.
pub fn order() -> (Bill, Issued) {
    let (mut bill, _) = reverse();
    bill.kind = BillKind::OrderConfirmation;
    bill.sale.currency = "USD".parse().expect("a currency");
    bill.sale.seller = party(
        "Membership Operations Inc.",
        "1 Example Way|98052|Redmond|WA",
        "US",
        Some("91-1144442"),
    );
    bill.sale.buyer = party(
        "Fabrikam, Inc.",
        "500 Main St|10001|New York|NY",
        "US",
        None,
    );
    bill.sale.tax = Tax {
        category: TaxCategory::NotCalculated,
        name: "Sales tax".to_owned(),
        rate: 0,
        note: Some("No rate is known for New York, so none is charged.".to_owned()),
    };
    bill.remittance = Some(Remittance {
        to: BankAccount {
            holder: "Membership Operations Inc.".to_owned(),
            bank: "First Example Bank, routing number 021000021".to_owned(),
            account: "000123456789".to_owned(),
            bic: "CHASUS33".to_owned(),
        },
        ..remittance()
    });
    (bill, issued("20231115-0043", "2023-11-20"))
}
