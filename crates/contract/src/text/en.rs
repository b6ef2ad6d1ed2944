//! English.

mod agenda;
mod amounts;
mod audit;
mod company;
mod counting;
mod evidence;
mod finding;
mod hypothesis;
mod import;
mod next;
mod people;
mod purchase;
mod reason;
mod refusal;
mod roles;
mod standing;
mod tokens;

pub use audit::{
    ANOTHER_PERSON, ERASED, REMOVED_PERSON, audit_actions, audit_label, audit_names, audit_said,
    audit_value,
};
pub use company::{company_effects, verified};
pub use counting::ONLY_ENTERED;
pub use evidence::{authority, evidence_fault};
pub use hypothesis::misread;
pub use import::{
    UNDO_OF_OTHERS, depended_on, file_fault, line_changes, line_outcome, line_refused, not_undone,
    question, too_slow, unread,
};
pub use people::{
    at_locations, grant_refused, invitation_decided, invitation_outcome, invitation_state,
    last_holder, nobody_gives, request_state, user_state,
};
pub use purchase::{
    bank_entry_state, bill_kind, declined, order_refused, order_state, payment_method,
    quote_refused,
};
pub use roles::{permission, role};
pub use standing::{availability, basis, standing};
pub use tokens::{token_refused, token_state};

use membership_domain::assess::Outcome;
use membership_domain::catalog::{AssociationKind, Category, Certainty, Level, Value};

use super::{Plain, Words};

/// `1 person`, `2 people`: a count with the noun that fits it.
#[must_use]
pub fn counted(count: usize, one: &str, many: &str) -> String {
    amounts::unit_after(Plain.decimal(&count.to_string()), one, many)
}

/// An outcome in one word.
#[must_use]
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Met => "Met",
        Outcome::Unmet => "Not met",
        Outcome::Unknown => "Not known",
    }
}

/// How deep a certificate goes.
#[must_use]
pub fn level(level: Level) -> &'static str {
    match level {
        Level::Fundamentals => "Fundamentals",
        Level::Associate => "Associate",
        Level::Expert => "Expert",
        Level::Specialty => "Specialty",
        Level::Assessment => "Assessment",
    }
}

/// What a certainty means, for a mark beside a value.
#[must_use]
pub fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Documented => "Documented",
        Certainty::Secondary => "Secondary source",
        Certainty::Inferred => "Inferred",
        Certainty::Sample => "Sample value",
    }
}

/// What a certainty means, in a sentence.
#[must_use]
pub fn certainty_explained(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Documented => "Stated in the program's own documentation.",
        Certainty::Secondary => {
            "From a later or unofficial source; it may be outdated or only part of the rule."
        }
        Certainty::Inferred => "Follows from documented rules but isn't stated anywhere.",
        Certainty::Sample => {
            "The real value isn't published. This one is made up to show how the rule works; don't \
             plan with it."
        }
    }
}

/// What a metric is about.
#[must_use]
pub fn category(category: Category) -> &'static str {
    match category {
        Category::Performance => "Performance",
        Category::Skilling => "Skilling",
        Category::CustomerSuccess => "Customer success",
    }
}

/// How a partner is connected to a customer.
#[must_use]
pub fn association(kind: AssociationKind) -> &'static str {
    match kind {
        AssociationKind::CspTier1 => "CSP direct bill",
        AssociationKind::CspTier2 => "CSP indirect reseller",
        AssociationKind::Dpor => "DPOR",
        AssociationKind::Pal => "PAL",
        AssociationKind::CporUsage => "CPOR usage",
        AssociationKind::CporAdvisor => "CPOR advisor",
        AssociationKind::CporRevenue => "CPOR revenue",
    }
}

/// What a value is called in a heading.
#[must_use]
pub fn value(value: Value) -> &'static str {
    match value {
        Value::Revenue => "revenue",
        Value::Users => "users",
        Value::Seats => "paid seats",
        Value::ActivePercent => "active seats",
        Value::ContractValue => "contract value",
    }
}
