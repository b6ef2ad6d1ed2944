//! Which rows an assessment counts.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::catalog::Catalog;
use crate::evidence::Accepted;

/// Which rows an assessment counts. Whoever assesses says which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Those on which something is decided: what the catalog accepts on the day.
    Decision,
    /// All that are known, also those that the partner alone says: for trying out.
    Entered,
}

impl Basis {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Decision, Self::Entered];

    /// As it stands in addresses.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Entered => "entered",
        }
    }

    /// The inverse of [`Self::code`].
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    pub(super) fn accepted(self, catalog: &Catalog, day: NaiveDate) -> Accepted {
        match self {
            Self::Decision => catalog.accepted(day),
            Self::Entered => Accepted::EVERYTHING,
        }
    }
}
