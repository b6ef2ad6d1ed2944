//! The operator's desk: what the program owner's people see and decide.

use chrono::{DateTime, NaiveDate, Utc};
use membership_domain::id::{BankEntryId, OrderId, OrganizationId, ReceiptId, StatementId};
use membership_domain::json::given;
use membership_domain::money::{Currency, Money};
use membership_domain::purchase::bank::BankEntryState;
use membership_domain::purchase::bill::PaymentMethod;
use membership_domain::purchase::ledger::{Account, BookingKind};
use membership_domain::purchase::order::OrderState;
use serde::{Deserialize, Serialize};

use crate::check::{Check, Faults};
use crate::problem::FieldError;
use crate::purchase::Order;

/// So many characters a note of an operator has.
pub const LONGEST_NOTE: usize = 500;

/// What waits, and by which rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskSummary {
    /// Bank entries that wait for a decision.
    pub bank_entries: u64,
    /// Pieces of money that their orders did not take.
    pub parked: u64,
    /// Open orders.
    pub open_orders: u64,
    /// The digest of the catalog in force.
    pub catalog: String,
    /// Gaps between statements of an account, and statements that don't add up.
    pub gaps: Vec<StatementGap>,
}

/// What a file of a bank brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Imported {
    /// Whether exactly this file was imported before: then nothing changed.
    pub is_known: bool,
    /// Statements in it.
    pub statements: u64,
    /// Booked entries in it.
    pub entries: u64,
    /// Those that no file told of before.
    pub new: u64,
    /// Entries that their orders took.
    pub matched: u64,
    /// Entries that wait for a person.
    pub waiting: u64,
    /// Entries that nobody has looked at yet: they go to their orders within minutes.
    #[serde(default)]
    pub later: u64,
    /// Statements whose entries don't lead from the opening to the closing balance.
    pub not_adding_up: u64,
}

/// A statement of a bank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BankStatement {
    /// UUIDv7.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: StatementId,
    /// The account's number.
    pub account: String,
    /// Whether it has balances, and is no notification.
    pub has_balances: bool,
    /// The bank's id of it.
    pub bank_id: String,
    /// The first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub from: Option<NaiveDate>,
    /// The last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub until: Option<NaiveDate>,
    /// How many entries it has.
    pub entries: i64,
    /// Whether its entries lead from the opening to the closing balance.
    pub adds_up: bool,
    /// When it was imported.
    pub imported_at: DateTime<Utc>,
}

/// Something that is missing between two statements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatementGap {
    /// The account's number.
    pub account: String,
    /// The last day before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub after: Option<NaiveDate>,
    /// The first day after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub before: Option<NaiveDate>,
    /// What happened on the account in between, all together.
    pub difference: Money,
}

/// An entry of a bank statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BankEntry {
    /// UUIDv7.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: BankEntryId,
    /// How far it is.
    pub state: BankEntryState,
    /// Whether it came in.
    pub is_credit: bool,
    /// How much.
    pub money: Money,
    /// When the bank booked it.
    pub booked_on: NaiveDate,
    /// From when on it counts.
    pub value_on: NaiveDate,
    /// What the payer wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub text: Option<String>,
    /// The creditor references in it.
    pub references: Vec<String>,
    /// Who paid, or was paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub counterparty: Option<String>,
    /// Their account's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub counterparty_account: Option<String>,
    /// Whether it stands for one payment; else the bank told several as a sum.
    pub is_complete: bool,
    /// Why money came back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub returned: Option<String>,
    /// Orders that it may be for, the likeliest first.
    pub suggestions: Vec<Suggestion>,
    /// The order that it was given to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub order_number: Option<String>,
    /// Who is at it, where somebody else is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub claimed_by: Option<String>,
    /// What was written with the decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub note: Option<String>,
}

/// An order that an entry may be for, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Suggestion {
    /// Its number.
    pub order_number: String,
    /// The buyer's name.
    pub buyer: String,
    /// What is due, in minor units.
    pub due: i64,
    /// ISO 4217 code of what is due: money in another one is not for it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub currency: Currency,
    /// Why.
    pub because: SuggestedBecause,
}

membership_domain::codes! {
    /// Why an order is suggested.
    #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
    SuggestedBecause {
        /// Its reference is named, beside another one or in another currency.
        Reference = "reference",
        /// Its number is in the text.
        Number = "number",
        /// Name and amount agree.
        NameAndAmount = "name_and_amount",
        /// The amount agrees.
        Amount = "amount",
    }
}

/// What an operator decides about an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BankDecision {
    /// What.
    pub decision: BankDecisionKind,
    /// The number of the order that gets it, of an assignment.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "given"
    )]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub order_number: Option<String>,
    /// Why, for colleagues: at most 500 characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

membership_domain::codes! {
    /// What is decided about an entry.
    #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
    BankDecisionKind {
        /// It is for an order.
        Assign = "assign",
        /// It goes back to who sent it.
        Return = "return",
        /// Of money that left: it took back what was to be returned.
        Returned = "returned",
        /// Of money that left: it is a fee of the bank.
        Fee = "fee",
    }
}

impl Check for BankDecision {
    fn check(&self) -> Vec<FieldError> {
        let mut faults = Faults::default();
        let wants_order = self.decision == BankDecisionKind::Assign;
        if wants_order && self.order_number.is_none() {
            faults.add("/order_number", "empty", "Enter the number of an order.");
        }
        if self.note.chars().count() > LONGEST_NOTE {
            let detail = format!("At most {LONGEST_NOTE} characters.");
            faults.add("/note", "too_long", detail);
        }
        faults.found()
    }
}

/// What an operator decides about money that its order did not take: another order gets it, or it
/// goes back, or it is kept here after all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ParkedDecision {
    /// The number of the order that gets it; absent to return it.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "given"
    )]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub order_number: Option<String>,
    /// Whether it stays here for now, in place of going back.
    #[serde(default)]
    pub keep: bool,
    /// Whether it went back to its card, at the payment provider: of what is to be returned.
    #[serde(default)]
    pub refunded: bool,
}

impl Check for ParkedDecision {}

/// Money that its order did not take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ParkedMoney {
    /// UUIDv7.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: ReceiptId,
    /// The number of the order that it came for.
    pub order_number: String,
    /// How far the order is.
    pub order_state: OrderState,
    /// The buyer's name.
    pub buyer: String,
    /// How it came.
    pub method: PaymentMethod,
    /// How much is parked.
    pub money: Money,
    /// When it came.
    pub on: NaiveDate,
    /// Whether somebody decided that it goes back.
    pub is_to_return: bool,
}

/// An order on the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskOrder {
    /// The buyer.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub organization: OrganizationId,
    /// The buyer's PartnerID.
    pub partner_id: String,
    /// The order.
    pub order: Order,
    /// What happened to it, the oldest first; absent in lists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<DeskEvent>,
    /// What was booked for it; absent in lists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bookings: Vec<DeskBooking>,
}

/// Something that happened to an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskEvent {
    /// When.
    pub at: DateTime<Utc>,
    /// What, as the audit log calls it.
    pub action: String,
    /// Who: a name, or what did it.
    pub who: String,
}

/// An entry of the books.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskBooking {
    /// Its day.
    pub on: NaiveDate,
    /// What for.
    pub kind: BookingKind,
    /// ISO 4217 code.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub currency: Currency,
    /// Its lines.
    pub lines: Vec<DeskBookingLine>,
}

/// A line of an entry of the books.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskBookingLine {
    /// The account.
    pub account: Account,
    /// In minor units: debits above zero.
    pub amount: i64,
}

/// The trial balance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrialBalance {
    /// Up to and with this day.
    pub until: NaiveDate,
    /// Each account in each currency.
    pub lines: Vec<TrialBalanceLine>,
    /// Orders that owe something, or paid without owing it.
    pub open_items: Vec<OpenItem>,
}

/// A line of the trial balance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrialBalanceLine {
    /// The account.
    pub account: Account,
    /// ISO 4217 code.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub currency: Currency,
    /// All debits, in minor units.
    pub debit: i64,
    /// All credits, in minor units.
    pub credit: i64,
}

/// An order with an open item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenItem {
    /// Which.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub order: OrderId,
    /// Its number.
    pub order_number: String,
    /// What is owed; below zero what was paid without being owed.
    pub money: Money,
}
