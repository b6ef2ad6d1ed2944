//! What of a list is asked for.

use membership_domain::assess::Basis;
use membership_domain::evidence::Authority;
use serde::{Deserialize, Serialize};

/// A list of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum List {
    /// People.
    People,
    /// Certificates in people's hands.
    Certifications,
    /// Customers.
    Customers,
    /// What customers used, by month.
    Usage,
}

/// How people and certifications stand by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = RowState))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The learning profile is linked, and the person is there.
    Linked,
    /// It is not linked.
    NotLinked,
    /// The person left.
    Left,
    /// The certificate is valid on the day.
    Valid,
    /// It is valid, and ends within [`EXPIRING_DAYS`].
    Expiring,
    /// It has ended.
    Expired,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Linked,
        Self::NotLinked,
        Self::Left,
        Self::Valid,
        Self::Expiring,
        Self::Expired,
    ];

    /// As it stands in addresses.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Linked => "linked",
            Self::NotLinked => "not_linked",
            Self::Left => "left",
            Self::Valid => "valid",
            Self::Expiring => "expiring",
            Self::Expired => "expired",
        }
    }

    /// The inverse of [`Self::code`].
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// What ends in so many days is told in time to renew it.
pub const EXPIRING_DAYS: u64 = 180;

/// What of a list is asked for. The default is the beginning of all of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Words that a row must have, all of them, in any case.
    pub search: String,
    /// The area by its score's id, or the program, in which it must count, or not: with `counts`.
    pub area: Option<String>,
    /// A metric or requirement there, by its address: only rows that it looks at.
    pub metric: Option<String>,
    /// Whether it counts there; without an area, in any. `None`: either.
    pub counts: Option<bool>,
    /// On which basis it counts or does not; nothing for what was entered.
    pub basis: Option<Basis>,
    /// How it must stand.
    pub state: Option<State>,
    /// Who must say it, or say something of it.
    pub authority: Option<Authority>,
    /// The column that leads, by its name in a row; the list's first for names that it has not.
    pub sort: String,
    /// Whether the largest comes first.
    pub descending: bool,
    /// The `next` of the page before.
    pub cursor: Option<String>,
    /// The most rows.
    pub limit: usize,
}
