//! Bills to try things with.
#![allow(dead_code, reason = "not each test needs each of them")]

mod more;

use chrono::NaiveDate;
use membership_domain::company::Address;
use membership_domain::purchase::bill::{
    BankAccount, Bill, BillKind, BillPayment, CreditOf, Issued, PaymentMethod, Remittance,
};
use membership_domain::purchase::sale::{Party, Sale, SaleLine, Tax, TaxCategory};

pub use more::{long, order, yen};

/// A day.
pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// Somebody in a place: `Lindenstraße 5|10969|Berlin`.
pub fn party(name: &str, place: &str, country: &str, tax_id: Option<&str>) -> Party {
    let mut parts = place.split('|').map(str::to_owned);
    Party {
        name: name.to_owned(),
        address: Address {
            street: parts.next().unwrap_or_default(),
            postal_code: parts.next().filter(|code| !code.is_empty()),
            city: parts.next().unwrap_or_default(),
            region: parts.next(),
        },
        country: country.to_owned(),
        tax_id: tax_id.map(str::to_owned),
        register: None,
    }
}

/// A line of one piece.
pub fn line(description: &str, detail: &str, unit_price: i64) -> SaleLine {
    SaleLine {
        description: description.to_owned(),
        detail: Some(detail.to_owned()),
        quantity: 1,
        unit_price,
        discount: 0,
    }
}

/// A number and a day.
pub fn issued(number: &str, on: &str) -> Issued {
    let number = number.to_owned();
    Issued {
        number,
        on: day(on),
    }
}

/// The sketch's first: with tax, paid by transfer.
pub fn paid() -> (Bill, Issued) {
    let mut seller = party(
        "Membership Operations GmbH",
        "Musterstraße 1|80331|München",
        "DE",
        Some("DE123456789"),
    );
    seller.register = Some("HRB 12345".to_owned());
    let sale = Sale {
        seller_id: "de".to_owned(),
        seller,
        buyer: party(
            "Contoso GmbH",
            "Lindenstraße 5|10969|Berlin",
            "DE",
            Some("DE136695976"),
        ),
        bill_to: None,
        currency: "EUR".parse().expect("a currency"),
        lines: vec![line(
            "Solutions Partner designation, 1 year",
            "Modern Work · from the day of payment",
            380_000,
        )],
        tax: Tax {
            category: TaxCategory::Standard,
            name: "VAT".to_owned(),
            rate: 1_900,
            note: None,
        },
    };
    let bill = Bill {
        kind: BillKind::Invoice,
        sale,
        partner_id: "4200001".to_owned(),
        order_number: "20231115-0043".to_owned(),
        purchase_order: Some("PO-2023-118".to_owned()),
        supplied_from: Some(day("2023-11-18")),
        supplied_until: Some(day("2024-11-16")),
        payments: vec![BillPayment {
            on: day("2023-11-18"),
            amount: 452_200,
            method: PaymentMethod::Wire,
            reference: Some("RF18539007547034".to_owned()),
        }],
        remittance: None,
        credit_of: None,
        sample: true,
    };
    (bill, issued("MW-2023-000201", "2023-11-20"))
}

/// The sketch's second: reverse charge, still to be paid.
pub fn reverse() -> (Bill, Issued) {
    let (mut bill, _) = paid();
    let seller = party(
        "Membership Operations Ltd",
        "1 Example Quay||Dublin 2",
        "IE",
        Some("IE1234567FA"),
    );
    let buyer = party(
        "Northwind Traders B.V.",
        "Keizersgracht 21|1015 CE|Amsterdam",
        "NL",
        Some("NL123456789B01"),
    );
    (bill.sale.seller, bill.sale.buyer) = (seller, buyer);
    bill.sale.tax = Tax {
        category: TaxCategory::ReverseCharge,
        name: "VAT".to_owned(),
        rate: 0,
        note: Some(
            "Reverse charge. The recipient is liable for the VAT, Article 196 of Directive \
             2006/112/EC. Btw verlegd."
                .to_owned(),
        ),
    };
    bill.partner_id = "4200077".to_owned();
    bill.purchase_order = None;
    bill.payments.clear();
    bill.remittance = Some(remittance());
    (bill, issued("MW-2023-000202", "2023-11-20"))
}

/// An account, and a day.
pub fn remittance() -> Remittance {
    Remittance {
        to: BankAccount {
            holder: "Membership Operations Ltd".to_owned(),
            bank: "Bayerische Landesbank".to_owned(),
            account: "DE02120300000000202051".to_owned(),
            bic: "BYLADEM1001".to_owned(),
        },
        reference: "RF52539007547101".to_owned(),
        due_on: day("2023-12-20"),
    }
}

/// The sketch's third: a credit note.
pub fn credit() -> (Bill, Issued) {
    let (mut bill, _) = paid();
    bill.kind = BillKind::CreditNote;
    bill.sale.lines = vec![line(
        "Microsoft Action Pack, 365 days",
        "Cancelled 8 March 2022, no benefit used",
        42_000,
    )];
    bill.payments.clear();
    (bill.supplied_from, bill.supplied_until) = (None, None);
    bill.purchase_order = None;
    bill.credit_of = Some(CreditOf {
        number: "MW-2022-000398".to_owned(),
        issued_on: day("2022-03-01"),
        reason: "Ordered twice, cancelled in time".to_owned(),
    });
    (bill, issued("CN-2022-000017", "2022-03-09"))
}

/// All of them, by name.
pub fn all() -> Vec<(&'static str, (Bill, Issued))> {
    let mut receipt = paid();
    receipt.0.kind = BillKind::Receipt;
    receipt.1.number = receipt.0.order_number.clone();
    vec![
        ("paid", paid()),
        ("reverse", reverse()),
        ("credit", credit()),
        ("long", long()),
        ("yen", yen()),
        ("order", order()),
        ("receipt", receipt),
    ]
}
