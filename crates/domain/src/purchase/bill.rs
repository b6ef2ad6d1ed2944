//! Bills: what they say is frozen when they are made, and their number follows.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::sale::Sale;

crate::codes! {
    /// What a bill is.
    #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
    BillKind {
        /// What was ordered, before it is paid; it is numbered like its order.
        OrderConfirmation = "order_confirmation",
        /// What was sold and paid.
        Invoice = "invoice",
        /// That money was received; it is numbered like its order.
        Receipt = "receipt",
        /// What is taken back of an invoice.
        CreditNote = "credit_note",
    }
}

crate::codes! {
    /// How an order is paid.
    #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
    PaymentMethod {
        /// A card, on the page of a payment provider.
        Card = "card",
        /// A bank transfer.
        Wire = "wire",
    }
}

/// Money that was received for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BillPayment {
    /// The day: for a transfer, its value date.
    pub on: NaiveDate,
    /// In minor units of the bill's currency.
    pub amount: i64,
    /// How.
    pub method: PaymentMethod,
    /// What the transfer was recognized by, or the last digits of the card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// Where money goes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BankAccount {
    /// Whose it is.
    pub holder: String,
    /// The bank's name.
    pub bank: String,
    /// IBAN, or the number that the country uses.
    pub account: String,
    /// BIC.
    pub bic: String,
}

/// How something is paid that is still to be paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Remittance {
    /// The account.
    pub to: BankAccount,
    /// The creditor reference (ISO 11649), without spaces.
    pub reference: String,
    /// The last day.
    pub due_on: NaiveDate,
}

/// The invoice that a credit note takes back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreditOf {
    /// Its number.
    pub number: String,
    /// Its day.
    pub issued_on: NaiveDate,
    /// Why, in a sentence.
    pub reason: String,
}

/// What a bill says, but for its number and its day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Bill {
    /// What it is.
    pub kind: BillKind,
    /// Who sold what to whom; of a credit note, what is taken back, in amounts above zero.
    pub sale: Sale,
    /// The PartnerID of the buyer.
    pub partner_id: String,
    /// The order's number.
    pub order_number: String,
    /// The buyer's own number of the order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purchase_order: Option<String>,
    /// The first day of what was bought, once that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplied_from: Option<NaiveDate>,
    /// Its last day, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplied_until: Option<NaiveDate>,
    /// What was received for it.
    #[serde(default)]
    pub payments: Vec<BillPayment>,
    /// How the rest is paid, where something is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remittance: Option<Remittance>,
    /// The invoice that it takes back, of a credit note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit_of: Option<CreditOf>,
    /// Whether seller and accounts are made up, as in a demo.
    #[serde(default)]
    pub sample: bool,
}

impl Bill {
    /// What was received, in minor units.
    #[must_use]
    pub fn paid(&self) -> i64 {
        (self.payments.iter()).fold(0, |sum, payment| sum.saturating_add(payment.amount))
    }

    /// What is still to be paid, in minor units.
    #[must_use]
    pub fn due(&self) -> i64 {
        self.sale.total().amount.saturating_sub(self.paid())
    }
}

/// A bill's number and day, given once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issued {
    /// `MW-2023-000201`.
    pub number: String,
    /// The day that it bears.
    pub on: NaiveDate,
}

/// The number of a bill in its series: a prefix of the seller for the kind, the year, and a count
/// from 1 without a gap.
#[must_use]
pub fn number(prefix: &str, year: i32, count: u64) -> String {
    format!("{prefix}-{year}-{count:06}")
}
