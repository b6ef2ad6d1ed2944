//! The server's clock. In demo mode it can be set, so that a person or a test can stand on any day.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

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
