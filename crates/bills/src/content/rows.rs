//! The table of what was sold.

use membership_domain::purchase::bill::Bill;
use membership_domain::purchase::sale::{Tax, TaxCategory};

use super::kind::sign;
use crate::shown::{amount, clean, count, rate};
use crate::words;

/// The table.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    /// What it is called.
    pub name: &'static str,
    /// What its columns are called, the description first.
    pub head: Vec<String>,
    pub rows: Vec<Row>,
}

/// A row: texts, and a number for each column but the first.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    pub description: String,
    pub detail: Option<String>,
    pub numbers: Vec<String>,
}

/// All lines of a sale. There is a column for discounts only where there is one.
pub fn table(bill: &Bill) -> Table {
    let sale = &bill.sale;
    let (currency, sign) = (sale.currency, sign(bill.kind));
    let discounts = sale.lines.iter().any(|line| line.discount != 0);
    let column = |name: &str| vec![name.to_owned()];
    let discount = if discounts {
        column(words::DISCOUNT)
    } else {
        Vec::new()
    };
    let net = format!("{}, {currency}", words::NET);
    let head = [
        column(words::DESCRIPTION),
        column(words::QUANTITY),
        column(words::UNIT_PRICE),
        discount,
        column(words::TAX),
        vec![net],
    ];
    let rows = sale.lines.iter().map(|line| {
        let mut numbers = vec![
            count(sign * i64::from(line.quantity)),
            amount(line.unit_price, currency),
        ];
        if discounts {
            numbers.push(amount(less(line.discount, sign), currency));
        }
        numbers.push(rate_of(&sale.tax));
        numbers.push(amount(sign.saturating_mul(line.net()), currency));
        let detail = line.detail.as_deref().map(clean);
        Row {
            description: clean(&line.description),
            detail: detail.filter(|detail| !detail.is_empty()),
            numbers,
        }
    });
    Table {
        name: words::lines_of(bill.kind),
        head: head.concat(),
        rows: rows.collect(),
    }
}

/// What is taken off, as it is written: less than nothing, but on a credit note.
pub fn less(discount: i64, sign: i64) -> i64 {
    discount.saturating_mul(-sign)
}

fn rate_of(tax: &Tax) -> String {
    let shown = match tax.category {
        TaxCategory::NotCalculated => words::NO_RATE.to_owned(),
        _ => rate(tax.rate),
    };
    match tax.category {
        TaxCategory::Standard => shown,
        _ => format!("{shown}\u{a0}{}", words::MARK),
    }
}
