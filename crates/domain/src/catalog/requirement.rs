//! Requirements: the small tree that says what a program takes.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::shared::Shared;

use super::{Cite, Measure};
use crate::number::Number;

/// One requirement. In a catalog file:
///
/// ```toml
/// [[rules.requirement.test.all]]
/// id = "administrators"
/// title = "Administrators"
/// test.people = { at_least = 2, certificates = ["az-104"] }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// Short id, unique within its rule: it stands in links to previews.
    pub id: String,
    /// What it is called; where absent, the test's own words are used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What to know about it, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Where this is from; where absent, the rule's own source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cite: Option<Cite>,
    /// Whether it opens only once the requirements beside it are met, as an audit does.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub after_others: bool,
    /// What is tested.
    pub test: Criterion,
}

/// What a requirement tests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(no_recursion, as = RequirementTest))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Criterion {
    /// Every one of these.
    All(Vec<Requirement>),
    /// One of these.
    Any(Vec<Requirement>),
    /// Several of these.
    AtLeast {
        /// How many.
        n: u32,
        /// Of which.
        of: Vec<Requirement>,
    },
    /// The company has joined the partner program.
    Joined,
    /// The company's account is verified.
    Verified,
    /// Programs are held on the day.
    Holds {
        /// Which, by id.
        programs: Vec<String>,
        /// Only with this pack, by id.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pack: Option<String>,
        /// How many of them.
        at_least: u32,
    },
    /// One of these was held on a past day.
    HeldOn {
        /// Which, by id.
        programs: Vec<String>,
        /// On which day.
        day: NaiveDate,
    },
    /// None of these scores qualifies, and none of these programs is held: another way is open
    /// then.
    NoneQualified {
        /// Which scores, by id.
        scores: Vec<String>,
        /// Which programs, by id.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        programs: Vec<String>,
    },
    /// A capability score qualifies.
    Score {
        /// Which, by id.
        score: String,
    },
    /// People hold certificates.
    People(People),
    /// A measure over customers reaches a value.
    Measure {
        /// What is measured.
        measure: Measure,
        /// What it must reach.
        at_least: Number,
        /// From how many customers together, at least.
        #[serde(default)]
        customers: u32,
    },
    /// Customers have given references, and they were approved, not too long ago.
    References {
        /// How many.
        at_least: u32,
        /// For which program, by id.
        program: String,
        /// Approved not longer ago than this.
        within_months: u32,
    },
    /// An independent audit was passed.
    Audit {
        /// For which program, by id.
        program: String,
        /// Not longer ago than this.
        within_months: u32,
    },
    /// An offer is published on the marketplace.
    Offer {
        /// Whether it must be one that customers can buy there.
        transactable: bool,
    },
    /// The program owner has invited the company.
    Invitation {
        /// To which program, by id.
        program: String,
    },
    /// The company declares something.
    Declaration {
        /// Short id of what is declared: `reseller-agreement`.
        key: String,
    },
    /// A figure reported by another system reaches a value.
    Figure {
        /// Short id of the figure: `courseware-completions`.
        key: String,
        /// What it must reach.
        at_least: Number,
        /// What it counts, as a person reads it after a number: `surveys`.
        unit: String,
        /// The same after a 1, where it counts whole things: `survey`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        one: Option<String>,
    },
    /// Several reported figures together reach a value, each at its own rate.
    Sum {
        /// What is added up.
        of: Vec<Share>,
        /// What they must reach.
        at_least: Number,
        /// What is counted, as a person reads it after a number: `exam units`.
        unit: String,
        /// The same after a 1, where it is counted: `exam unit`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        one: Option<String>,
    },
    /// A figure of one location reaches the value of the location's region.
    Regional {
        /// Short id of the figure: `surface-revenue`.
        key: String,
        /// What it must reach, by region.
        at_least: Vec<Threshold>,
        /// What it counts, as a person reads it after a number: `seats`.
        unit: String,
        /// The same after a 1, where it counts whole things: `seat`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        one: Option<String>,
    },
}

/// A figure's part in a sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = FigureShare))]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// Short id of the figure: `fundamentals-completions`.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// What one of it counts.
    pub each: Number,
    /// What all of it counts at most, where there is a cap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<Number>,
}

/// What some regions have to reach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = RegionThreshold))]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// Country codes (ISO 3166-1 alpha-2), or the names of sales areas such as `MEA`.
    pub regions: Vec<String>,
    /// The value.
    pub at_least: Number,
}

/// People who must hold certificates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = PeopleTest))]
#[serde(deny_unknown_fields)]
pub struct People {
    /// How many people, each counted once.
    pub at_least: u32,
    /// Any of these certificates counts, by id.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub certificates: Vec<Shared>,
    /// Each of the certificates must be held by this many people.
    #[serde(default)]
    pub each: u32,
}

impl Requirement {
    /// Itself and everything below it, in the order of the file.
    pub fn walk(&self) -> Vec<&Self> {
        let mut all = vec![self];
        for child in self.children() {
            all.extend(child.walk());
        }
        all
    }

    /// The requirements directly below.
    #[must_use]
    pub fn children(&self) -> &[Self] {
        match &self.test {
            Criterion::All(of) | Criterion::Any(of) | Criterion::AtLeast { of, .. } => of,
            _ => &[],
        }
    }
}
