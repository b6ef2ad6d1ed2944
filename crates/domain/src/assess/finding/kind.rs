//! What a finding is about, with the facts that a sentence about it needs.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::measured::Measured;
use crate::assess::window::Outside;
use crate::catalog::{Category, Threshold};
use crate::evidence::Verification;
use crate::shared::Shared;

/// What a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = FindingKind))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// All children.
    All,
    /// Any child.
    Any,
    /// Several children.
    AtLeast,
    /// Joined the partner program.
    Joined {
        /// Since when.
        since: Option<NaiveDate>,
    },
    /// Account verified.
    Verified {
        /// How far it is.
        state: Verification,
    },
    /// Holds programs.
    Holds {
        /// Which, by id.
        programs: Vec<String>,
    },
    /// Held a program on a past day.
    HeldOn {
        /// Which, by id.
        programs: Vec<String>,
        /// On which day.
        day: NaiveDate,
    },
    /// No score qualifies, and no program is held.
    NoneQualified {
        /// Which scores, by id.
        scores: Vec<String>,
        /// Which programs, by id.
        programs: Vec<String>,
    },
    /// A score qualifies.
    Score {
        /// Which, by id.
        score: String,
        /// The day in the window on which it did, where it did.
        qualified_on: Option<NaiveDate>,
        /// Where it did not, and today is not in the window.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        outside: Option<Outside>,
    },
    /// People hold certificates.
    People {
        /// Any of these, by id.
        #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
        certificates: Vec<Shared>,
        /// Each of them by this many people.
        each: u32,
    },
    /// A measure over customers.
    Measure {
        /// What was measured.
        measured: Measured,
        /// From how many customers it must come.
        customers: u32,
        /// From how many it does.
        from: u32,
    },
    /// References.
    References {
        /// For which program, by id.
        program: String,
        /// Approved not longer ago than this.
        within_months: u32,
        /// What the next anniversary requires of a holder of the program.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        recheck: Option<Recheck>,
    },
    /// An audit.
    Audit {
        /// For which program, by id.
        program: String,
        /// Not longer ago than this.
        within_months: u32,
        /// What the next anniversary requires of a holder of the program.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        recheck: Option<Recheck>,
    },
    /// A marketplace offer.
    Offer {
        /// Whether customers must be able to buy it there.
        transactable: bool,
    },
    /// An invitation.
    Invitation {
        /// To which program, by id.
        program: String,
    },
    /// A declaration.
    Declaration {
        /// What is declared.
        key: String,
    },
    /// A reported figure.
    Figure {
        /// Which.
        key: String,
        /// What it counts.
        unit: String,
        /// One of it, where it counts whole things.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        one: Option<String>,
    },
    /// Figures of other systems together, each at its own rate.
    Sum {
        /// What is counted.
        unit: String,
        /// One of it, where whole things are counted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        one: Option<String>,
    },
    /// A figure of one location, against what its region asks for.
    Regional {
        /// Which.
        key: String,
        /// What it counts.
        unit: String,
        /// One of it, where it counts whole things.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        one: Option<String>,
        /// What it must reach, by region.
        at_least: Vec<Threshold>,
    },
    /// A track of a score.
    Track,
    /// A metric of a score.
    Metric {
        /// What it is about.
        category: Category,
    },
    /// A gate of a skilling metric.
    Gate {
        /// Any of these certificates, by id.
        #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
        certificates: Vec<Shared>,
    },
    /// The people who count in a skilling metric.
    Counting {
        /// Any of these certificates, by id.
        #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
        certificates: Vec<Shared>,
    },
    /// A part of a performance metric.
    Part {
        /// What was measured.
        measured: Measured,
        /// Whether a better part was taken instead.
        outdone: bool,
    },
}

/// What an anniversary requires of a holder's audit or references.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Recheck {
    /// Nothing yet: those that it was given for still hold.
    Kept,
    /// New ones.
    Anew {
        /// From after this day.
        since: NaiveDate,
    },
}
