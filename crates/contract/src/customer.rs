//! One customer, for changing it by hand.

use membership_domain::Evidence;
use membership_domain::evidence::{Customer, Usage};
use serde::{Deserialize, Serialize};

/// A customer and everything it used, as evidence has them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerDetail {
    /// The customer.
    pub customer: Customer,
    /// What it used, by month.
    pub usage: Vec<Usage>,
}

impl CustomerDetail {
    /// The customer of this id, if the evidence has it.
    #[must_use]
    pub fn of(evidence: &Evidence, id: &str) -> Option<Self> {
        let customer = evidence.customers.iter().find(|one| one.id == id)?;
        let usage = evidence.usage.iter().filter(|row| row.customer == id);
        Some(Self {
            customer: customer.clone(),
            usage: usage.cloned().collect(),
        })
    }
}
