//! Customers and what they use, month by month.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Authority;
use crate::catalog::AssociationKind;
use crate::month::Month;
use crate::number::Number;
use crate::text::{read_optional, read_trimmed};

/// A customer of the partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Customer {
    /// Id, unique within the evidence.
    #[serde(deserialize_with = "read_trimmed")]
    pub id: String,
    /// The company's name.
    #[serde(deserialize_with = "read_trimmed")]
    pub name: String,
    /// How the partner is connected to it.
    #[serde(default)]
    pub associations: Vec<Association>,
}

/// A connection between the partner and a customer's usage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Association {
    /// What kind of connection.
    pub kind: AssociationKind,
    /// The workload it is for, by id; absent where it is for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workload: Option<String>,
    /// The day since which it holds.
    pub since: NaiveDate,
    /// How active the workload's seats were on that day, in percent, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active_percent: Option<Number>,
    /// Where this is known from: a file's name, `api`, `entered`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Authority::is_claimed")]
    pub authority: Authority,
}

/// What one tenant of a customer used of one workload in one month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Usage {
    /// The customer's id.
    #[serde(deserialize_with = "read_trimmed")]
    pub customer: String,
    /// The customer's tenant; absent where the customer has only one.
    #[serde(
        default,
        deserialize_with = "read_optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub tenant: Option<String>,
    /// The subscription, where known.
    #[serde(
        default,
        deserialize_with = "read_optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub subscription: Option<String>,
    /// The workload's id in the catalog.
    pub workload: String,
    /// The connection through which it counts.
    pub association: AssociationKind,
    /// The calendar month.
    pub month: Month,
    /// Revenue of the month in US cents.
    #[serde(default)]
    pub revenue_cents: i64,
    /// Active users, protected users or profiles in the month.
    #[serde(default)]
    pub users: u64,
    /// Paid seats.
    #[serde(default)]
    pub seats: u64,
    /// Active ones among the paid seats.
    #[serde(default)]
    pub active: u64,
    /// Where this is known from: a file's name, `api`, `entered`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Authority::is_claimed")]
    pub authority: Authority,
}

impl Usage {
    /// The tenant, or the customer itself where it has only one.
    #[must_use]
    pub fn tenant_id(&self) -> &str {
        self.tenant.as_deref().unwrap_or(&self.customer)
    }
}
