//! Certificates, and the workloads that customers use.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Cite;
use crate::number::Number;

/// How deep a certificate goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Fundamentals.
    Fundamentals,
    /// Associate: one role.
    Associate,
    /// Expert: builds on associates.
    Expert,
    /// Specialty: one technology.
    Specialty,
    /// An assessment rather than an exam.
    Assessment,
}

/// A certificate that people earn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// Short id, lower case: `az-305`.
    pub id: String,
    /// Its title.
    pub name: String,
    /// What else exports call it, without what all titles begin and end with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also_called: Vec<String>,
    /// How deep it goes.
    pub level: Level,
    /// The exams that lead to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exams: Vec<String>,
    /// The day it was withdrawn, where it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired_on: Option<NaiveDate>,
    /// The last day on which it counts anywhere, where one is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts_until: Option<NaiveDate>,
    /// Months from completion to expiry; absent where it does not expire.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_months: Option<u32>,
    /// Where the validity is from, unless from the same place as the rest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validity_cite: Option<Cite>,
    /// Where this is from.
    pub cite: Cite,
}

/// A product or service whose use is measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Workload {
    /// Short id: `business-central`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The groups it belongs to, by which rules select: `azure`, `azure-security`.
    pub groups: Vec<String>,
    /// What one user (or profile) of it is worth in a monthly contract value, in dollars;
    /// absent where no rate is published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<Number>,
    /// Where this is from.
    pub cite: Cite,
}
