//! Capability scores: points from skilling, performance and customer success.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::shared::Shared;

use super::{Cite, Measure, Value, dated};
use crate::number::Number;

/// A capability score of one solution area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Score {
    /// Short id, also its address: `data-ai`.
    pub id: String,
    /// The solution area's name.
    pub name: String,
    /// The total that qualifies, as long as every metric is above zero.
    pub pass_mark: Number,
    /// How many calendar months one qualifying day is good for, the current one included.
    pub window_months: u32,
    /// How one of several tracks is chosen.
    pub choice: Choice,
    /// The ways to earn the score; one, where an area has no tracks.
    pub tracks: Vec<ScoreTrack>,
    /// Where this is from.
    pub cite: Cite,
    /// The file this stands in, for explanations; set when the catalog is loaded.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub file: Shared,
}

/// How a track is chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = TrackChoice))]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// The one with the most points.
    Best,
    /// By what customers use.
    Classified(Classified),
}

/// Chooses `track` where one tenant uses enough workloads, and `otherwise` where none does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ClassifiedBy))]
#[serde(deny_unknown_fields)]
pub struct Classified {
    /// The track for tenants with many workloads, by id.
    pub track: String,
    /// The track for all others, by id.
    pub otherwise: String,
    /// Workloads of any of these groups.
    pub groups: Vec<String>,
    /// How many workloads a tenant must have.
    pub workloads: u32,
    /// The value of each workload that makes it one.
    pub value: Value,
    /// More than this.
    pub above: Number,
}

/// One way to earn a score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ScoreTrack {
    /// Short id: `smb`.
    pub id: String,
    /// Its name, where there are several.
    pub name: String,
    /// What earns points in it.
    pub metrics: Vec<Metric>,
}

/// What a metric is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = MetricCategory))]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Customers won.
    Performance,
    /// Certificates held.
    Skilling,
    /// What customers do with what they bought.
    CustomerSuccess,
}

/// Something that earns points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Metric {
    /// Short id: `net-adds`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub category: Category,
    /// How it earns, by date; in a file, this or `same_as`.
    #[serde(default)]
    pub rules: Vec<MetricRule>,
    /// The id of a shared metric whose rules it has; resolved when the catalog is loaded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<String>,
}

/// How a metric earns points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MetricRule {
    /// The first day on which it holds.
    pub effective_from: NaiveDate,
    /// The most points it can earn.
    pub max: Number,
    /// By people with certificates; this or `parts`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<Skilling>,
    /// By what customers use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// How several parts are put together.
    #[serde(default)]
    pub combine: Combine,
    /// What to know about it, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Where this is from.
    pub cite: Cite,
}

/// How several parts make a metric's points, before the cap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = GateCombine))]
#[serde(rename_all = "snake_case")]
pub enum Combine {
    /// Added.
    #[default]
    Sum,
    /// The best one alone.
    Best,
}

/// Points for people with certificates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Skilling {
    /// Steps that earn nothing, but without which nothing is earned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gates: Vec<Gate>,
    /// The certificates that count, by id: a person counts once, however many are held.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub certificates: Vec<Shared>,
    /// Points for each person.
    pub each: Number,
    /// How many people earn the most points exactly, where that is documented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_at: Option<Number>,
}

/// A step that must be taken before anything counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = SkillingGate))]
#[serde(deny_unknown_fields)]
pub struct Gate {
    /// Short id: `architects`.
    pub id: String,
    /// Its name: `Solutions architects`.
    pub name: String,
    /// How many people.
    pub people: u32,
    /// With any of these certificates, by id.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub certificates: Vec<Shared>,
}

/// Points for what customers use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = SkillingPart))]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Short id, unique within the metric: `cpor`.
    pub id: String,
    /// Its name: `Through CPOR`.
    pub name: String,
    /// What is measured.
    pub measure: Measure,
    /// Points for each unit of the measure.
    pub each: Number,
    /// How many units earn the most points exactly, where that is documented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_at: Option<Number>,
    /// What a preview may add of it, in steps of this many units.
    pub step: Number,
}

dated!(MetricRule);
