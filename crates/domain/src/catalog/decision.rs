//! Which rows of evidence a decision counts.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Cite, dated};
use crate::evidence::{Authority, RowKind};

/// What decisions count of one kind of rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Which rows.
    pub rows: RowKind,
    /// By version.
    pub rules: Vec<DecisionRule>,
}

/// What they count from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DecisionRule {
    /// The first day on which it holds.
    pub effective_from: NaiveDate,
    /// Rows that one of these says.
    pub counts: Vec<Authority>,
    /// For people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Where this is from.
    pub cite: Cite,
}

dated!(DecisionRule);
