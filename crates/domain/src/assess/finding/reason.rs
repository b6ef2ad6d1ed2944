//! Why a piece of evidence does not count, as data.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::catalog::{AssociationKind, Value};
use crate::number::Number;

/// Why a piece of evidence does not count.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ExclusionReason))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The person has not linked the learning profile.
    NotLinked,
    /// The person had left.
    Left {
        /// On which day.
        on: NaiveDate,
    },
    /// The certificate's last day was before.
    Expired {
        /// Its last day.
        on: NaiveDate,
    },
    /// It begins to count later.
    NotYet {
        /// From which day.
        on: NaiveDate,
    },
    /// The certificate was withdrawn, and its time of grace is over.
    Retired {
        /// The last day it counted.
        until: NaiveDate,
    },
    /// Other steps must be taken first.
    Gate {
        /// Which, by id.
        gates: Vec<String>,
    },
    /// The most points are earned already.
    OverCap,
    /// Less than is needed.
    Below {
        /// What there is.
        have: Number,
        /// What is needed.
        need: Number,
        /// Of which value.
        value: Value,
    },
    /// More than is allowed here.
    Above {
        /// What there is.
        have: Number,
        /// What is allowed.
        limit: Number,
        /// Of which value.
        value: Value,
    },
    /// It passed a year ago as well, so it is not new.
    NotNew,
    /// It passed a year ago and no longer does: takes one off.
    Lost,
    /// Connected in ways that do not count here.
    Association {
        /// Which there are.
        have: Vec<AssociationKind>,
    },
    /// It was already in use when the connection was made.
    ActiveAtClaim {
        /// How much, in percent.
        percent: Number,
        /// The most that counts.
        limit: Number,
    },
    /// Qualified for, but not bought or enrolled in.
    NotEnrolled,
    /// Held without the pack that is asked for.
    OtherPack {
        /// The program, by id.
        program: String,
        /// The pack, by id.
        pack: String,
    },
    /// Ended before.
    Ended {
        /// On which day.
        on: NaiveDate,
    },
    /// Not approved yet.
    NotApproved,
    /// The audit was not passed.
    NotPassed,
    /// Longer ago than counts.
    TooOld {
        /// The first day that would count.
        since: NaiveDate,
    },
    /// Customers cannot buy it on the marketplace.
    NotTransactable,
    /// More than counts of it at most.
    Surplus,
    /// Less than its region asks for.
    BelowRegion {
        /// What is needed there.
        need: Number,
    },
    /// The rule has no value for its region.
    NoRegion,
}
