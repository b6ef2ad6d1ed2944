//! The server's clock. In demo mode it can be set, so that a person or a test can stand on any day.

use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike, Utc};
use serde::{Deserialize, Serialize};

use crate::check::{Check, Faults};
use crate::problem::FieldError;

/// As the evidence's days: far enough either way, and no arithmetic of days can overflow.
const YEARS: RangeInclusive<i32> = 1990..=2100;

/// What time it is for the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Clock {
    /// Windows, terms and sessions are measured by this instant.
    pub now: DateTime<Utc>,
    /// True in demo mode: `now` stands still until it is set.
    pub settable: bool,
}

/// Sets the clock of a demo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetClock {
    /// The new instant.
    pub now: DateTime<Utc>,
}

impl Check for SetClock {
    fn check(&self) -> Vec<FieldError> {
        let mut faults = Faults::default();
        if !YEARS.contains(&self.now.year()) {
            let detail = "The year must be from 1990 to 2100.";
            faults.add("/now", "impossible_day", detail);
        }
        faults.found()
    }
}
