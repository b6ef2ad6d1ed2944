//! The server's clock. In demo mode it can be set, so that a person or a test can stand on any day.

use chrono::{DateTime, Datelike, Utc};
use membership_domain::evidence::YEARS;
use serde::{Deserialize, Serialize};

use crate::check::{Check, Faults};
use crate::problem::FieldError;

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
            let (first, last) = (YEARS.start(), YEARS.end());
            let detail = format!("The year must be from {first} to {last}.");
            faults.add("/now", "impossible_day", detail);
        }
        faults.found()
    }
}
