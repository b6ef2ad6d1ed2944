//! What a bill says, in words and numbers, before anything is placed on paper.

mod facts;
mod kind;
mod notes;
mod parties;
mod rows;
mod totals;

use membership_domain::purchase::bill::{Bill, Issued};

use crate::shown::clean;
use crate::words;

pub use notes::{Note, Payment};
pub use parties::{Named, Side};
pub use rows::{Row, Table};
pub use totals::{Total, Weight};

/// All that is on the paper.
#[derive(Debug, PartialEq, Eq)]
pub struct Content {
    pub title: &'static str,
    pub number: String,
    pub seller: Side,
    pub sample: bool,
    /// Sold to, and bill to.
    pub parties: Vec<Named>,
    /// Name and value.
    pub facts: Vec<(&'static str, String)>,
    pub table: Table,
    pub totals: Vec<Total>,
    pub notes: Vec<Note>,
    pub payment: Option<Payment>,
    /// The middle of each page's foot: the buyer, and its PartnerID.
    pub foot: [String; 2],
}

impl Content {
    /// What a bill says under its number.
    pub fn new(bill: &Bill, issued: &Issued) -> Self {
        let buyer = clean(&bill.sale.buyer.name);
        let foot = [buyer, words::partner_id(&clean(&bill.partner_id))];
        Self {
            title: words::title(bill.kind),
            number: clean(&issued.number),
            seller: parties::seller(&bill.sale),
            sample: bill.sample,
            parties: parties::buyers(&bill.sale),
            facts: facts::facts(bill, issued),
            table: rows::table(bill),
            totals: totals::totals(bill),
            notes: notes::notes(bill),
            payment: notes::payment(bill),
            foot,
        }
    }
}

#[cfg(test)]
mod tests;
