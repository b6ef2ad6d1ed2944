//! Which rows of evidence a decision counts.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Catalog, Cite, dated, in_force};
use crate::evidence::{Accepted, Authority, RowKind};

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

impl Catalog {
    /// The rows that a decision of this day counts. Where nothing is said, those that the partner
    /// did not say.
    #[must_use]
    pub fn accepted(&self, day: NaiveDate) -> Accepted {
        Accepted::of(|kind, authority| {
            let decision = self.decisions.iter().find(|known| known.rows == kind);
            match decision.and_then(|known| in_force(&known.rules, day)) {
                Some(rule) => rule.counts.contains(&authority),
                None => !authority.is_claimed(),
            }
        })
    }
}
