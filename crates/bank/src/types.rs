//! What is known of a statement or notification.

use chrono::NaiveDate;
use membership_domain::Currency;
use serde::{Deserialize, Serialize};

use crate::entry::{Entry, EntryStatus};

membership_domain::codes! {
    /// What a bank tells with it.
    StatementKind {
        /// A statement of what was booked (camt.053), with balances.
        Booked = "booked",
        /// A notification of single credits and debits (camt.054), often before the statement.
        Notified = "notified",
    }
}

/// The account of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountId {
    /// The IBAN without spaces, in capitals.
    pub iban: Option<String>,
    /// Another number, of an account without an IBAN.
    pub other: Option<String>,
    /// The currency, where the bank says it. One IBAN can have accounts in several.
    pub currency: Option<Currency>,
    /// The name of the owner.
    pub owner: Option<String>,
    /// BIC of the bank.
    pub bic: Option<String>,
}

/// What was on the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// In minor units of the currency; below zero where the account owed the bank.
    pub amount: i64,
    /// Its currency.
    pub currency: Currency,
    /// On which day.
    pub on: NaiveDate,
}

/// A statement or a notification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Which of both.
    pub kind: StatementKind,
    /// The bank's id of it.
    pub id: String,
    /// The bank's number of it. It can begin again each year.
    pub electronic_number: Option<u64>,
    /// The number of the statement on paper.
    pub legal_number: Option<u64>,
    /// Which page of a statement that the bank sends in several.
    pub page: Option<u64>,
    /// When the bank made it, as written: `2026-11-24T16:40:53+00:00`.
    pub created_at: Option<String>,
    /// The first day, where the bank says it.
    pub from: Option<NaiveDate>,
    /// The last day, where the bank says it.
    pub to: Option<NaiveDate>,
    /// Whose account.
    pub account: AccountId,
    /// Booked at the beginning: `OPBD`, or else `PRCD`. The earliest if there are several.
    pub opening: Option<Balance>,
    /// Booked at the end: `CLBD`. The latest if there are several.
    pub closing: Option<Balance>,
    /// Its transactions, in the order of the file.
    pub entries: Vec<Entry>,
}

impl Statement {
    /// Whether opening balance and booked entries make the closing balance. Nothing where a balance
    /// is not there, or something is in another currency.
    #[must_use]
    pub fn adds_up(&self) -> Option<bool> {
        let (opening, closing) = (self.opening?, self.closing?);
        let is_same = |currency| currency == closing.currency;
        let booked = || {
            self.entries
                .iter()
                .filter(|one| one.status == EntryStatus::Booked)
        };
        if !is_same(opening.currency) || !booked().all(|one| is_same(one.currency)) {
            return None;
        }
        let sum: i128 = booked().map(|one| i128::from(one.signed())).sum();
        Some(i128::from(opening.amount) + sum == i128::from(closing.amount))
    }
}
