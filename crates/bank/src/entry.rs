//! What is known of one transaction.

use chrono::NaiveDate;
use membership_domain::{Currency, Money};
use serde::{Deserialize, Serialize};

use crate::reference;

membership_domain::codes! {
    /// Which way money went, seen from the account. Of a reversal too: the direction of the
    /// reversal itself, not of what it reverses.
    Direction {
        /// Into the account.
        Credit = "credit",
        /// Out of it.
        Debit = "debit",
    }
}

impl Direction {
    /// An amount with its sign: above zero into the account.
    #[must_use]
    pub fn signed(self, amount: i64) -> i64 {
        match self {
            Self::Credit => amount,
            Self::Debit => amount.saturating_neg(),
        }
    }
}

membership_domain::codes! {
    /// How far an entry is. Only what is booked is money on the account.
    EntryStatus {
        /// Booked: part of the balance (`BOOK`).
        Booked = "booked",
        /// Expected, and it can still change or go away (`PDNG`).
        Pending = "pending",
        /// Told without being booked (`INFO`).
        Information = "information",
        /// Booked on a later day (`FUTR`).
        Future = "future",
    }
}

/// Somebody at the other end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// The name of who has the account.
    pub name: Option<String>,
    /// On whose behalf, where that is somebody else.
    pub ultimate_name: Option<String>,
    /// IBAN or another number of the account, without spaces.
    pub account: Option<String>,
    /// BIC of the account's bank.
    pub bic: Option<String>,
}

/// Identifiers that the parties and banks on the way gave the transaction, besides the bank
/// reference and the end-to-end id. Words for "none", such as `NOTPROVIDED`, are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransactionIds {
    /// Of the first bank on the way (`TxId`).
    pub transaction: Option<String>,
    /// Of who ordered the payment, for its bank (`InstrId`).
    pub instruction: Option<String>,
    /// The same from end to end, as a UUID (`UETR`).
    pub uetr: Option<String>,
    /// Of the group of payments that was ordered together (`PmtInfId`).
    pub payment: Option<String>,
    /// Of the mandate of a direct debit (`MndtId`).
    pub mandate: Option<String>,
}

/// Why money came back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnReason {
    /// A code such as `AC04` (account closed), or the bank's own.
    pub code: Option<String>,
    /// What else is said about it.
    pub text: Option<String>,
}

/// The amount before it was exchanged into the currency of the entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchanged {
    /// That amount.
    pub from: Money,
    /// The rate as written, whichever way the bank means it.
    pub rate: Option<String>,
}

/// What a bank took for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    /// How much.
    pub amount: Money,
    /// Debit where the account pays it; nothing where the bank doesn't say.
    pub direction: Option<Direction>,
    /// Whether it is taken off the entry's amount already; nothing where the bank doesn't say.
    pub included: Option<bool>,
}

/// Which transaction of a batch: both numbers are 1 for an entry by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Which, from 1.
    pub index: u32,
    /// Of how many.
    pub count: u32,
}

/// The batch that an entry is a part of, as the bank booked it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchTotal {
    /// In minor units of the entry's currency.
    pub amount: i64,
    /// Which way.
    pub direction: Direction,
    /// Which, from 1, of those in the statement that nothing tells apart.
    pub ordinal: u32,
}

/// One transaction of a statement. What the bank booked as one sum of several transactions is
/// several of these, if their amounts are known and add up, and otherwise one that is not
/// [complete](Self::complete): the sum of all entries is always what the bank booked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// In minor units of the currency, never below zero. Banks do book zero.
    pub amount: i64,
    /// Most often the account's, and not always.
    pub currency: Currency,
    /// Which way.
    pub direction: Direction,
    /// Whether it takes back an earlier entry.
    pub reversal: bool,
    /// How far it is.
    pub status: EntryStatus,
    /// The booking date as written, where there is one.
    pub booked_on: Option<NaiveDate>,
    /// The value date as written, where there is one.
    pub value_on: Option<NaiveDate>,
    /// The bank's reference of what it booked (`Ntry/AcctSvcrRef`), the same for a whole batch.
    pub bank_reference: Option<String>,
    /// The bank's reference of this transaction (`TxDtls/Refs/AcctSvcrRef`).
    pub detail_reference: Option<String>,
    /// What who paid wrote to tell it apart; nothing for `NOTPROVIDED`.
    pub end_to_end_id: Option<String>,
    /// Other identifiers.
    pub ids: TransactionIds,
    /// Of a payment that came back: why.
    pub returned: Option<ReturnReason>,
    /// Who paid a credit or received a debit. Of a payment that came back, who was to receive it
    /// or had paid it.
    pub counterparty: Party,
    /// All structured references in their order, as written: most are creditor references.
    pub structured_references: Vec<String>,
    /// All lines of free text in their order. Banks cut lines anywhere, within words too.
    pub text: Vec<String>,
    /// What kind of transaction: `PMNT-RCDT-ESCT`, or the bank's own code.
    pub code: Option<String>,
    /// What the bank adds in words: about the transaction, then about the entry.
    pub additional_info: Vec<String>,
    /// Which of a batch.
    pub place: Place,
    /// The batch that it is a part of; nothing for an entry by itself.
    pub batch: Option<BatchTotal>,
    /// Whether all is known of it that the bank could tell. False where it stands for several
    /// transactions, or what is said of it contradicts its amount: a person has to look.
    pub complete: bool,
    /// The amount before an exchange, where there was one.
    pub exchanged: Option<Exchanged>,
    /// Charges, where the bank tells them.
    pub charges: Vec<Charge>,
    /// Which, from 1, of those in the statement that nothing else tells apart.
    pub ordinal: u32,
}

impl Entry {
    /// The amount with its sign: above zero into the account.
    #[must_use]
    pub fn signed(&self) -> i64 {
        self.direction.signed(self.amount)
    }

    /// The amount with its currency.
    #[must_use]
    pub fn money(&self) -> Money {
        Money::new(self.amount, self.currency)
    }

    /// The creditor references in it, each once and without spaces: the structured ones, then those
    /// in the free text and in the end-to-end id. Only those with right check digits.
    #[must_use]
    pub fn references(&self) -> Vec<String> {
        let structured = self.structured_references.iter();
        let mut found: Vec<String> = structured.filter_map(|one| reference::plain(one)).collect();
        found.extend(reference::found_in(&self.text.join("\n")));
        found.extend(
            self.end_to_end_id
                .iter()
                .flat_map(|id| reference::found_in(id)),
        );
        let mut seen = std::collections::BTreeSet::new();
        found.retain(|one| seen.insert(one.clone()));
        found
    }
}
