//! The window of a score, as data: one qualifying day in it is enough.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::month::Month;

/// The days on which one qualifying day is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = QualifyingWindow))]
pub struct Window {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// Whether an anniversary fixes it, rather than today.
    pub fixed: bool,
}

impl Window {
    /// Whether a day is in it.
    #[must_use]
    pub fn contains(&self, day: NaiveDate) -> bool {
        (self.from..=self.to).contains(&day)
    }

    /// The months up to the one of an anniversary, whole.
    pub(crate) fn before(anniversary: NaiveDate, months: i32) -> Self {
        Self {
            from: Month::of(anniversary).plus(1 - months).first_day(),
            to: Month::of(anniversary).last_day(),
            fixed: true,
        }
    }
}

/// Why a score does not qualify, whatever its total is: today is not in the window, and no
/// qualifying day in it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = WindowOutside))]
pub struct Outside {
    /// The window.
    pub window: Window,
    /// Whether it has yet to begin; where not, it is over.
    pub ahead: bool,
    /// Whether the score passes today.
    pub passes: bool,
    /// The first day that is in a window again, if memberships stay as they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts_from: Option<NaiveDate>,
}
