//! Buying: billing profiles, orders with their payments, and bills.

use chrono::{DateTime, NaiveDate, Utc};
use membership_domain::catalog::{Billing, PurchaseLimits};
use membership_domain::dates::plus_days;
use membership_domain::id::{AttemptId, BillId, OrderId};
use membership_domain::money::Money;
use membership_domain::purchase::attempt::{AttemptState, DeclineReason};
use membership_domain::purchase::bill::{BillKind, PaymentMethod};
use membership_domain::purchase::offers::OpenOrder;
use membership_domain::purchase::order::{OrderState, OrderStatus};
use membership_domain::purchase::profile::{BillTo, BillingProfile, tax_id};
use membership_domain::purchase::proof::ProofKind;
use membership_domain::purchase::quote::{OrderAnswers, Quote};
use membership_domain::text::trimmed;
use serde::{Deserialize, Serialize};

use crate::check::{Check, Faults};
use crate::organization::{LONGEST_NAME, check_address};
use crate::problem::FieldError;

/// So many characters the account and the reference of a transfer have.
pub const LONGEST_TRANSFER: usize = 64;

/// So many characters a buyer's own number of an order has.
pub const LONGEST_PURCHASE_ORDER: usize = 50;

/// What the pages of offers need beside catalog and evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Purchasing {
    /// The billing profile; absent until a Global admin linked one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub billing: Option<BillingProfile>,
    /// Whether documents showed the program owner that the company pays no tax.
    pub is_exempt: bool,
    /// The company's legal name.
    pub name: String,
    /// The company's country: its prices and taxes hold.
    pub country: String,
    /// Orders that wait for their payment.
    pub open_orders: Vec<OpenOrder>,
    /// Drafts: the newest first.
    pub drafts: Vec<Order>,
    /// Whether payments by card are taken.
    pub takes_cards: bool,
    /// Who can link the billing profile, by name.
    pub global_admins: Vec<String>,
}

impl Check for BillingProfile {
    fn check(&self) -> Vec<FieldError> {
        let mut faults = Faults::default();
        check_address(&mut faults, "/sold_to", &self.sold_to);
        if let Some(to) = &self.bill_to {
            faults.text("/bill_to/name", &to.name, LONGEST_NAME);
            check_address(&mut faults, "/bill_to/address", &to.address);
            faults.country("/bill_to/country", &to.country);
        }
        faults.email("/email", &self.email);
        faults.found()
    }
}

/// What [`Check`] cannot know: whether the tax id is one of the company's country.
#[must_use]
pub fn check_tax_id(profile: &BillingProfile, billing: &Billing, country: &str) -> Vec<FieldError> {
    let mut faults = Faults::default();
    let Some(typed) = &profile.tax_id else {
        return faults.found();
    };
    let id = tax_id(typed);
    match billing.tax_id_format(country) {
        Some(format) if !format.takes(&id) => {
            let detail = format!("Write the {} as {}.", format.name, format.example);
            faults.add("/tax_id", "tax_id", detail);
        }
        None if !(4..=20).contains(&id.len()) || !id.chars().all(|c| c.is_ascii_alphanumeric()) => {
            let detail = "Write 4 to 20 letters and digits.";
            faults.add("/tax_id", "tax_id", detail);
        }
        _ => {}
    }
    faults.found()
}

/// A billing profile without the spaces that nobody sees, and with its tax id as it is kept.
#[must_use]
pub fn tidy(profile: &BillingProfile) -> BillingProfile {
    let text = |text: &String| trimmed(text).to_owned();
    let address =
        |address: &membership_domain::company::Address| membership_domain::company::Address {
            street: text(&address.street),
            city: text(&address.city),
            postal_code: address.postal_code.as_ref().map(text),
            region: address.region.as_ref().map(text),
        };
    BillingProfile {
        sold_to: address(&profile.sold_to),
        bill_to: profile.bill_to.as_ref().map(|to| BillTo {
            name: text(&to.name),
            address: address(&to.address),
            country: to.country.clone(),
        }),
        tax_id: (profile.tax_id.as_deref())
            .map(tax_id)
            .filter(|id| !id.is_empty()),
        email: text(&profile.email),
    }
}

impl Check for OrderAnswers {
    fn check(&self) -> Vec<FieldError> {
        let mut faults = Faults::default();
        if let Some(number) = &self.purchase_order {
            faults.text("/purchase_order", number, LONGEST_PURCHASE_ORDER);
        }
        faults.found()
    }
}

/// What a buyer confirms: exactly what the page showed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Placement {
    /// What is to be paid.
    pub total: Money,
    /// The version of the agreement that the buyer accepts.
    pub agreement: String,
}

impl Check for Placement {}

/// Another way to pay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MethodChange {
    /// How the order will be paid.
    pub method: PaymentMethod,
}

impl Check for MethodChange {}

/// An order, or the draft of one. Its `ETag` changes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = MembershipOrder))]
pub struct Order {
    /// UUIDv7.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: OrderId,
    /// As people quote it; absent of a draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub number: Option<String>,
    /// How far it is.
    pub state: OrderState,
    /// What the buyer answered; `method` is how it is paid now.
    pub answers: OrderAnswers,
    /// What it is and costs, as it was when it was quoted.
    pub quote: Quote,
    /// What is to be paid.
    pub total: Money,
    /// What was received, in minor units.
    pub received: i64,
    /// The last day on which it can be paid.
    pub expires_on: NaiveDate,
    /// So long the price of a draft is held.
    pub held_until: DateTime<Utc>,
    /// When it was placed; absent of a draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub placed_at: Option<DateTime<Utc>>,
    /// When it was fulfilled, canceled or expired.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub ended_at: Option<DateTime<Utc>>,
    /// The creditor reference for a transfer; absent of a draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub reference: Option<String>,
    /// The last attempt to pay by card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub attempt: Option<Attempt>,
    /// What the buyer showed of a transfer that was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub proof: Option<TransferProof>,
    /// What was received, in the order in which it came.
    pub payments: Vec<Payment>,
    /// Its bills.
    pub bills: Vec<Bill>,
    /// The first day of its term, once it is fulfilled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub starts_on: Option<NaiveDate>,
    /// The anniversary of its term, once it is fulfilled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub ends_on: Option<NaiveDate>,
}

impl Order {
    /// As its machine sees it: what a page asks whether a control can be used.
    #[must_use]
    pub fn status(&self) -> OrderStatus {
        OrderStatus {
            state: self.state,
            method: self.answers.method,
            total: self.total.amount,
            received: self.received,
            expires_on: self.expires_on,
        }
    }
}

/// An attempt to pay by card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = PaymentAttempt))]
pub struct Attempt {
    /// UUIDv7.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: AttemptId,
    /// How far it is.
    pub state: AttemptState,
    /// Where the buyer pays, while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub redirect: Option<String>,
    /// Why it was declined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub reason: Option<DeclineReason>,
}

/// What a buyer says of a transfer that was sent, and the size of the file that shows it: all is
/// needed (R10). The pointers name the parameters of the request, `file` its body.
#[must_use]
pub fn check_transfer(
    paid_on: Option<NaiveDate>,
    account: &str,
    transaction: &str,
    file: (Option<ProofKind>, usize),
    limits: &TransferLimits,
) -> Vec<FieldError> {
    let mut faults = Faults::default();
    match paid_on {
        None => faults.add("/paid_on", "empty", "Enter the day of the transfer."),
        Some(day) if day > limits.latest => {
            faults.add(
                "/paid_on",
                "too_late",
                "Enter a day that isn't in the future.",
            );
        }
        Some(day) if day < limits.earliest => {
            let detail = "Enter a day that isn't before the order was placed.";
            faults.add("/paid_on", "too_early", detail);
        }
        Some(_) => {}
    }
    for (pointer, text, empty) in [
        ("/account", account, "Enter the account that you paid to."),
        (
            "/transaction",
            transaction,
            "Enter the bank's reference of the transfer.",
        ),
    ] {
        match trimmed(text).is_empty() {
            true => faults.add(pointer, "empty", empty),
            false => faults.text(pointer, text, LONGEST_TRANSFER),
        }
    }
    let most = limits.megabytes;
    match file {
        (_, 0) => faults.add("/file", "empty", "Choose a file."),
        (_, size) if size > most * 1024 * 1024 => {
            let detail = format!("The file has more than {most} MB. Choose a smaller one.");
            faults.add("/file", "too_large", detail);
        }
        (None, _) => faults.add("/file", "kind", "Choose a PDF, JPEG, or PNG file."),
        _ => {}
    }
    faults.found()
}

/// What a proof of a transfer is held against.
#[derive(Clone, Copy, Debug)]
pub struct TransferLimits {
    /// The first day on which it can have been sent.
    pub earliest: NaiveDate,
    /// The last one.
    pub latest: NaiveDate,
    /// The catalog's limit for the file.
    pub megabytes: usize,
}

impl TransferLimits {
    /// Those of an order: a day more at both ends, for it is another day elsewhere.
    #[must_use]
    pub fn of(placed_on: NaiveDate, today: NaiveDate, limits: &PurchaseLimits) -> Self {
        Self {
            earliest: plus_days(placed_on, -1),
            latest: plus_days(today, 1),
            megabytes: limits.proof_megabytes as usize,
        }
    }
}

/// What a buyer shows of a transfer that was sent: who matches payments finds it faster so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TransferProof {
    /// The day on which it was sent.
    pub paid_on: NaiveDate,
    /// The account that it was sent to.
    pub account: String,
    /// The bank's reference of it.
    pub transaction: String,
    /// What the file is.
    pub kind: ProofKind,
    /// How large the file is, in bytes.
    pub size: u64,
    /// When it was uploaded.
    pub uploaded_at: DateTime<Utc>,
}

/// Money that was received for an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Payment {
    /// The day on which it was there.
    pub on: NaiveDate,
    /// How it came.
    pub method: PaymentMethod,
    /// How much.
    pub money: Money,
    /// What of it the order did not take, in minor units.
    pub parked: i64,
    /// The reference of a transfer, or the last digits of a card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub detail: Option<String>,
}

/// A bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = BillSummary))]
pub struct Bill {
    /// UUIDv7.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: BillId,
    /// Of which order.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub order: OrderId,
    /// The order's number.
    pub order_number: String,
    /// What it is.
    pub kind: BillKind,
    /// Its number; absent for the second until it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub number: Option<String>,
    /// Its day.
    pub issued_on: NaiveDate,
    /// What was sold.
    pub description: String,
    /// With tax; below zero for a credit note.
    pub total: Money,
    /// What is still to be paid, in minor units.
    pub due: i64,
    /// Whether it can be downloaded already.
    pub has_files: bool,
    /// Whether an e-invoice is there too.
    pub has_xml: bool,
}
