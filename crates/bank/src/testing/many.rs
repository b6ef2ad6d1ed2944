//! A large statement by rule: references as people write them, split payments, look-alikes.

use chrono::NaiveDate;
use membership_domain::Currency;

use super::{Payment, Row, Sheet, statement};
use crate::reference;

const NAMES: [&str; 8] = [
    "Contoso Consulting GmbH",
    "Fabrikam SARL",
    "Müller & Söhne <Bau>",
    "北風貿易株式会社",
    "Северный ветер ООО",
    "شركة الرياح الشمالية",
    "Ηλιος ΑΕ",
    "नॉर्थविंड ट्रेडर्स",
];

/// A statement of so many rows, as its sheet. Row `n`, from 0, pays order `2026000000 + n`, whose
/// reference is [`reference::make`] of that. Of ten rows in a row:
///
/// | row | what |
/// |---|---|
/// | 0 | the reference, structured |
/// | 1 | in free text, in groups of four |
/// | 2 | in lower case, glued to words |
/// | 3 | cut into two lines |
/// | 4, 5 | half of the amount each, the same order (that of row 4) |
/// | 6 | two letters O for zeros: nothing is found |
/// | 7 | the last digit is off: nothing is found |
/// | 8 | a batch of three, which pay orders `3026000000 + 3n` and the two after it |
/// | 9 | only the order's number, and the bank gives no reference |
#[must_use]
pub fn many(rows: u32, currency: Currency, on: NaiveDate) -> Sheet {
    Sheet {
        id: format!("MANY-{rows}"),
        number: 1,
        iban: "NL41MOCK0000000001".to_owned(),
        owner: "ACME Corporation".to_owned(),
        currency,
        opening: 12_500_000,
        on,
        rows: (0..rows).map(row).collect(),
    }
}

/// The same as a bank writes it.
#[must_use]
pub fn many_statement(rows: u32, currency: Currency, on: NaiveDate) -> Vec<u8> {
    statement(&many(rows, currency, on))
}

fn reference_of(order: u64) -> String {
    reference::make(&order.to_string()).unwrap_or_default()
}

fn row(index: u32) -> Row {
    let number = u64::from(index);
    let bank_reference = match index % 10 {
        9 => String::new(),
        _ => format!("MB-RCV-{index}"),
    };
    let mut row = Row::credit(&bank_reference, payment(number));
    if index % 10 == 8 {
        row.payments = (0..3)
            .map(|part| part_of_batch(3 * number + part))
            .collect();
    }
    row
}

fn payment(number: u64) -> Payment {
    let order = 2_026_000_000 + number;
    let reference = reference_of(order);
    let spaced = reference::spaced(&reference);
    let mut payment = Payment {
        amount: 89_500 + i64::try_from(number % 1_000).unwrap_or_default(),
        ..paid_by(number)
    };
    payment.text = match number % 10 {
        0 => {
            payment.references = vec![reference];
            Vec::new()
        }
        1 => vec![format!("Membership fee {spaced}")],
        2 => vec![format!("order{}thanks", reference.to_lowercase())],
        3 => {
            let (first, second) = reference.split_at(reference.len() / 2);
            vec![format!("Invoice of November {first}"), second.to_owned()]
        }
        half @ (4 | 5) => {
            payment.amount = 44_750;
            vec![format!(
                "{} part {} of 2",
                reference_of(order + 4 - half),
                half - 3
            )]
        }
        // The body has zeros, and the look-alike two letters.
        6 => vec![reference.replacen("00", "OO", 1)],
        7 => {
            let last = (number + 1) % 10;
            vec![format!(
                "{}{last}",
                reference.get(..reference.len() - 1).unwrap_or_default()
            )]
        }
        _ => vec![format!("ORD-{order} PARTNER 5551234")],
    };
    payment
}

fn part_of_batch(number: u64) -> Payment {
    Payment {
        amount: 10_000 + i64::try_from(number % 1_000).unwrap_or_default(),
        text: vec![reference_of(3_026_000_000 + number)],
        ..paid_by(number)
    }
}

fn paid_by(number: u64) -> Payment {
    let name = NAMES.get(usize::try_from(number % 8).unwrap_or_default());
    Payment {
        name: format!("{} {number}", name.copied().unwrap_or_default()),
        iban: format!("DE00{number:018}"),
        ..Payment::default()
    }
}
