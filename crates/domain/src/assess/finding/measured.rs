//! What a measure found, as data.

use serde::{Deserialize, Serialize};

use crate::catalog::Value;
use crate::month::Month;
use crate::number::Number;

/// What a measure found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Measured {
    /// The last measured month; absent where no month was measured yet.
    pub month: Option<Month>,
    /// In which unit the value is.
    pub unit: MeasureUnit,
    /// The value now, before what a year ago takes off.
    pub now: Number,
    /// The same a year before, where it is compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Number>,
    /// The year before must have been this much, and was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline_missed: Option<Number>,
    /// What a preview added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub added: Option<Number>,
}

/// The unit of a measure's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MeasureUnit {
    /// Customers (their tenants).
    Customers,
    /// Workloads at customers.
    CustomerWorkloads,
    /// Different workloads.
    Workloads,
    /// Percent of the year before.
    Percent(Value),
    /// More of a value than the year before.
    More(Value),
    /// A value.
    Amount(Value),
}
