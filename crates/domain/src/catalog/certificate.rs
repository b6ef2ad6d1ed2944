//! Certificates, and the workloads that customers use.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Cite;
use crate::number::Number;
use crate::text::letters;

/// How deep a certificate goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = CertificateLevel))]
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
    /// What else exports call it: other official titles, and earlier ones, without `Microsoft
    /// Certified: ` and the level where what is left still names it alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also_called: Vec<String>,
    /// Where these are from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub titles_cite: Option<Cite>,
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

impl Certificate {
    /// Everything that it is called, as [`letters`] has it: by its name and others, each also with
    /// the level with which official titles end.
    pub fn titles(&self) -> impl Iterator<Item = String> {
        let level = self.level.word();
        let called = std::iter::once(&self.name).chain(&self.also_called);
        called.flat_map(move |name| {
            let title = letters(name);
            let whole = level.filter(|level| !title.ends_with(level));
            let whole = whole.map(|level| title.clone() + level);
            std::iter::once(title).chain(whole)
        })
    }
}

impl Level {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Fundamentals,
        Self::Associate,
        Self::Expert,
        Self::Specialty,
        Self::Assessment,
    ];

    /// The word with which titles of this level end, as [`letters`] has it.
    #[must_use]
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::Fundamentals => Some("fundamentals"),
            Self::Associate => Some("associate"),
            Self::Expert => Some("expert"),
            Self::Specialty => Some("specialty"),
            Self::Assessment => None,
        }
    }

    /// The level with which a title ends, where it says one.
    #[must_use]
    pub fn of_title(title: &str) -> Option<Self> {
        let title = letters(title);
        let mut levels = Self::ALL.into_iter();
        levels.find(|level| level.word().is_some_and(|word| title.ends_with(word)))
    }
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
