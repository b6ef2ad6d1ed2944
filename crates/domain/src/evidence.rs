//! Evidence: what is known about one partner.

mod accepted;
mod authored;
mod authority;
mod breach;
mod check;
mod customers;
mod fault;
mod keys;
mod people;
mod records;
mod row;
mod rows;
mod written;

pub use accepted::{Accepted, RowKind};
pub use authority::{Authority, Writer};
pub use breach::Breach;
pub use check::{Faults, check, check_against};
pub use customers::{Association, Customer, Usage};
pub use fault::{Fault, FaultCode, LONGEST_TEXT, YEARS};
pub use people::{Held, Person};
pub use records::{
    Audit, Declaration, Figure, Invitation, Membership, Offer, PastScore, Profile, Reference,
    Verification,
};
pub use row::{Authored, Past, Row};
pub use written::authority_of_change;

use serde::{Deserialize, Serialize};

/// Everything the engine may know about one partner. Every list may be left out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The company itself.
    #[serde(default)]
    pub profile: Profile,
    /// People and their certificates.
    #[serde(default)]
    pub people: Vec<Person>,
    /// Customers and the connections to them.
    #[serde(default)]
    pub customers: Vec<Customer>,
    /// What customers used, by month.
    #[serde(default)]
    pub usage: Vec<Usage>,
    /// Programs held.
    #[serde(default)]
    pub memberships: Vec<Membership>,
    /// Marketplace offers.
    #[serde(default)]
    pub offers: Vec<Offer>,
    /// References of customers.
    #[serde(default)]
    pub references: Vec<Reference>,
    /// Audits.
    #[serde(default)]
    pub audits: Vec<Audit>,
    /// Invitations by the program owner.
    #[serde(default)]
    pub invitations: Vec<Invitation>,
    /// What the company states about itself.
    #[serde(default)]
    pub declarations: Vec<Declaration>,
    /// Numbers that other systems report.
    #[serde(default)]
    pub figures: Vec<Figure>,
    /// Scores of past days.
    #[serde(default)]
    pub past_scores: Vec<PastScore>,
}
