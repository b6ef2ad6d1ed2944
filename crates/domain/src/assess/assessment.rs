//! An assessment, as data: what the rules say about one partner on one day.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::basis::Basis;
use super::finding::{Finding, Kind, Next, Outcome};
use super::holding::Holding;
use super::locations::LocationTier;
use super::window::{Outside, Window};
use crate::month::Month;
use crate::number::Number;

/// Everything that the rules say about one partner on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Assessment {
    /// The day it is for.
    pub day: NaiveDate,
    /// Which rows of the evidence it counts.
    pub basis: Basis,
    /// Capability scores, in the order of the catalog.
    pub scores: Vec<ScoreAssessment>,
    /// Programs, in the order of the catalog.
    pub programs: Vec<ProgramAssessment>,
}

/// Where a capability score stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScoreAssessment {
    /// The score's id.
    pub score: String,
    /// Whether it qualifies: today, or on another day of the window.
    pub outcome: Outcome,
    /// The total of the track that counts, today.
    pub total: Number,
    /// What is needed.
    pub pass_mark: Number,
    /// Metrics of that track that are at zero, by id: none may be.
    pub at_zero: Vec<String>,
    /// The days on which one qualifying day is enough.
    pub window: Window,
    /// The latest day in the window that qualified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qualified_on: Option<NaiveDate>,
    /// Where no day qualified and today is not in the window: today's score does not decide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outside: Option<Outside>,
    /// The first day on which the score no longer passes, where it passes today and nothing
    /// changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lapses_on: Option<NaiveDate>,
    /// The last month that performance was measured in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<Month>,
    /// The track that counts, by id.
    pub track: String,
    /// Every track, with its metrics.
    pub tracks: Vec<Finding>,
    /// What would close the gap, each by itself, the fewest steps first.
    pub next: Vec<Next>,
}

/// Where a partner stands with a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ProgramStanding))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nothing that it takes is there yet.
    NotStarted,
    /// Some of what it takes is there.
    InProgress,
    /// All of it is there: it can be bought or enrolled in.
    Qualified,
    /// Held.
    Held,
    /// Held, or ended a short while ago, and open for renewal.
    RenewalDue,
}

/// What the rules say about one program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProgramAssessment {
    /// The program's id.
    pub program: String,
    /// Which rows of the evidence are counted.
    pub basis: Basis,
    /// Where the partner stands.
    pub standing: Standing,
    /// The membership that matters on the day, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holding: Option<Holding>,
    /// The last day of the last membership, where it ended and cannot be renewed any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<NaiveDate>,
    /// The tree of requirements; absent where no rule is in force yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<Finding>,
    /// The highest tier that is reached, by the id of its stage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<String>,
    /// The tiers of single locations, where a tier asks for something of a location.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locations: Vec<LocationTier>,
    /// What each tier takes, the lowest first; none where the program has no tiers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tiers: Vec<Finding>,
}

impl Assessment {
    /// The program with this id.
    #[must_use]
    pub fn program(&self, id: &str) -> Option<&ProgramAssessment> {
        self.programs.iter().find(|program| program.program == id)
    }

    /// The score with this id.
    #[must_use]
    pub fn score(&self, id: &str) -> Option<&ScoreAssessment> {
        self.scores.iter().find(|score| score.score == id)
    }
}

impl ScoreAssessment {
    /// Whether today's score passes, whatever the window says.
    #[must_use]
    pub fn qualifies_today(&self) -> bool {
        self.total >= self.pass_mark && self.at_zero.is_empty()
    }

    /// The track that counts.
    #[must_use]
    pub fn chosen(&self) -> Option<&Finding> {
        self.tracks.iter().find(|track| track.id == self.track)
    }
}

impl ProgramAssessment {
    /// Whether everything that it takes is there.
    #[must_use]
    pub fn is_met(&self) -> bool {
        (self.root.as_ref()).is_some_and(|root| root.outcome == Outcome::Met)
    }

    /// What is not met, in the order of the rule: of alternatives, all together are one.
    #[must_use]
    pub fn open(&self) -> Vec<&Finding> {
        let mut open = Vec::new();
        if let Some(root) = &self.root {
            collect_open(root, &mut open);
        }
        open
    }
}

fn collect_open<'f>(finding: &'f Finding, open: &mut Vec<&'f Finding>) {
    if finding.outcome == Outcome::Met {
        return;
    }
    if matches!(finding.kind, Kind::All) {
        for child in &finding.children {
            collect_open(child, open);
        }
    } else {
        open.push(finding);
    }
}
