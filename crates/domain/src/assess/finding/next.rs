//! What would help, as data.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::measured::MeasureUnit;
use crate::evidence::Verification;
use crate::number::Number;
use crate::shared::Shared;

/// Something that would help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = NextStep))]
#[serde(rename_all = "snake_case")]
pub enum Next {
    /// Join the partner program.
    Join,
    /// Start or correct the verification.
    Verify {
        /// How far it is.
        state: Verification,
    },
    /// Have people certified.
    Certify {
        /// How many more people.
        people: u32,
        /// In any of these, by id.
        #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
        certificates: Vec<Shared>,
        /// The points it earns, within a score.
        points: Option<Number>,
    },
    /// Have people link their learning profiles.
    Link {
        /// Their names.
        people: Vec<String>,
    },
    /// Raise a measure.
    Raise {
        /// By how much.
        by: Number,
        /// Of what.
        unit: MeasureUnit,
        /// The points it earns, within a score.
        points: Option<Number>,
        /// The metric of the score and its part, where this is said about the score as a whole.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<String>,
    },
    /// Have it from more customers.
    Widen {
        /// How many more.
        customers: u32,
    },
    /// Enroll in or buy a program.
    Enroll {
        /// Which, by id.
        program: String,
    },
    /// Earn a program.
    Earn {
        /// Which, by id.
        program: String,
    },
    /// Raise a score.
    RaiseScore {
        /// Which, by id.
        score: String,
        /// By how many points; zero where only a metric at zero is in the way.
        by: Number,
    },
    /// Keep a score that passes today, since only a later day counts.
    KeepScore {
        /// Which, by id.
        score: String,
        /// The first day that counts.
        until: NaiveDate,
    },
    /// Import a day of a window that is over and in which the score qualified, if there was one.
    ShowDay {
        /// Which score, by id.
        score: String,
        /// The first day of the window.
        from: NaiveDate,
        /// The last day of the window.
        to: NaiveDate,
    },
    /// Hand in references.
    Refer {
        /// How many more.
        count: u32,
    },
    /// Pass an audit.
    PassAudit,
    /// Meet everything else first: this opens only then.
    OthersFirst,
    /// Publish an offer.
    Publish {
        /// One that customers can buy there.
        transactable: bool,
    },
    /// Ask the program owner for an invitation.
    AskInvitation,
    /// State that something holds.
    Declare {
        /// What.
        key: String,
    },
    /// Have a figure reported that is high enough.
    Report {
        /// Which, by key: one of them, or several together.
        keys: Vec<String>,
        /// How much more.
        by: Number,
        /// What it must reach.
        reach: Number,
        /// What it counts.
        unit: String,
        /// One of it, where it counts whole things.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        one: Option<String>,
    },
}
