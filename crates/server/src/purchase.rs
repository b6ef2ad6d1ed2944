//! Buying: what an organization can order, its orders, and what follows from money.
//!
//! Everything that changes an order goes through [`apply`], under the lock of its organization's
//! row, and does all that follows from it in the same transaction: the books, the term, the
//! evidence, the bills, and the jobs for what comes after.

pub mod apply;
pub mod bills;
pub mod books;
pub mod card;
mod confirm;
pub mod events;
pub mod fulfill;
pub mod journal;
pub mod known;
pub mod news;
pub mod sweep;
mod take_back;
pub mod told;

use chrono::NaiveDate;
use membership_store::orders::Order;

use crate::random::{self, NoRandomness};

/// A number for a new order: its day and six random digits, so that none of it says how many there
/// are and no counter is waited for. Unique in the database.
pub fn number(on: NaiveDate) -> Result<String, NoRandomness> {
    let random = u64::from_le_bytes(random::bytes()?) % 1_000_000;
    Ok(format!("{}-{random:06}", on.format("%Y%m%d")))
}

/// The creditor reference (ISO 11649) of an order's transfers.
#[must_use]
pub fn reference(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    membership_bank::reference::make(&digits).unwrap_or_default()
}

/// What the provider and the buyer call what is paid.
fn description(order: &Order) -> String {
    let programs = order.quote.sale.lines.first();
    programs.map_or_else(String::new, |line| line.description.clone())
}
