//! Findings: what the engine says, as data. The sentences are made elsewhere, in one place.

mod item;
mod kind;
mod measured;
mod next;
mod reason;

pub use item::{Item, Items, Subject};
pub use kind::{Kind, Recheck};
pub use measured::{MeasureUnit, Measured};
pub use next::Next;
pub use reason::Reason;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::catalog::Certainty;
use crate::number::Number;
use crate::shared::Shared;

/// Whether something required is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = FindingOutcome))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is there.
    Met,
    /// It is not.
    Unmet,
    /// The evidence does not say.
    Unknown,
}

impl Outcome {
    /// [`Outcome::Met`] where `met`, else [`Outcome::Unmet`].
    #[must_use]
    pub fn when(met: bool) -> Self {
        if met { Self::Met } else { Self::Unmet }
    }
}

/// The rule that a finding follows from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleRef {
    /// The catalog's file.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub file: Shared,
    /// The version: the day from which it holds.
    pub effective_from: NaiveDate,
    /// How sure the rule is.
    pub certainty: Certainty,
    /// The id of its source.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub source: Shared,
}

/// One node of an assessment; the tree mirrors the tree of requirements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(no_recursion))]
pub struct Finding {
    /// The id of the requirement, metric, gate or part.
    pub id: String,
    /// Its name in the catalog, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What to know about the rule, in the catalog's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What is required, with the facts that a sentence about it needs.
    pub kind: Kind,
    /// Whether it is there.
    pub outcome: Outcome,
    /// Whether the outcome was only taken as met, in a preview.
    #[serde(default, skip_serializing_if = "is_false")]
    pub assumed: bool,
    /// How much there is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub have: Option<Number>,
    /// How much is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub need: Option<Number>,
    /// The points it earns, within a score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Points>,
    /// The evidence that counted.
    #[serde(default, skip_serializing_if = "Items::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Item>))]
    pub counted: Items,
    /// The evidence that did not, each with its reason.
    #[serde(default, skip_serializing_if = "Items::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Item>))]
    pub not_counted: Items,
    /// The rule it follows from.
    pub rule: RuleRef,
    /// The first day on which it is no longer met, if nothing changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lapses_on: Option<NaiveDate>,
    /// What would help: any of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next: Vec<Next>,
    /// What it is made of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<Finding>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that serde calls"
)]
fn is_false(value: &bool) -> bool {
    !value
}

/// Points of a metric, or of a part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = FindingPoints))]
pub struct Points {
    /// Earned, after the cap.
    pub earned: Number,
    /// What the evidence would earn without the cap.
    pub uncapped: Number,
    /// The cap.
    pub max: Number,
    /// For each unit, where there is one rate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub each: Option<Number>,
}
