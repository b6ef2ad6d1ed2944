//! Counts what anybody can cause again and again, and says which times are worth an entry: each
//! of the first, then ever fewer. So a day has few entries of a kind, and still how many there were.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, NaiveDate, Utc};
use membership_domain::id::{OrganizationId, TokenId, UserId};
use membership_store::audit::Action;

/// So many times in a day are told one by one; after that the 16th, the 32nd, the 64th and so on.
const EACH: u64 = 10;

/// Beyond so many kinds in a day further ones are not counted, so that memory stays bounded. It
/// takes as many accounts to get there.
pub(super) const KINDS: usize = 10_000;

/// Whether one more is worth an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worth {
    /// It is, as the how manieth of the day.
    Entry(u64),
    /// It was told often enough.
    Enough,
    /// Nobody knows: there are too many kinds to count this one.
    Uncounted,
}

/// What happened. Nothing of it may be what somebody typed: each kind has a count of its own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct What {
    /// As in the audit log.
    pub action: Action,
    /// By whom, or to whose account; none where that is not known.
    pub user: Option<UserId>,
    /// By which token, where it is not the user themselves.
    pub token: Option<TokenId>,
    /// Whose thing it is about, if it is an organization's.
    pub organization: Option<OrganizationId>,
    /// An id or a name that the program knows.
    pub subject: String,
}

/// Counts of one day, by kind.
#[derive(Debug, Default)]
pub struct Tally(Mutex<(NaiveDate, HashMap<What, u64>)>);

impl Tally {
    /// Counts one more.
    pub fn count(&self, what: &What, now: DateTime<Utc>) -> Worth {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (day, kinds) = &mut *counts;
        if *day != now.date_naive() {
            *day = now.date_naive();
            kinds.clear();
        }
        if kinds.len() >= KINDS && !kinds.contains_key(what) {
            tracing::warn!(action = what.action.code(), "too many kinds to count today");
            return Worth::Uncounted;
        }
        let count = kinds.entry(what.clone()).or_default();
        *count += 1;
        match *count <= EACH || count.is_power_of_two() {
            true => Worth::Entry(*count),
            false => Worth::Enough,
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::*;

    fn what(number: usize) -> What {
        What {
            action: Action::ClockSet,
            user: None,
            token: None,
            organization: None,
            subject: number.to_string(),
        }
    }

    #[test]
    fn a_day_has_few_entries_of_a_kind_and_the_next_begins_again() {
        let (tally, now) = (Tally::default(), DateTime::UNIX_EPOCH);
        let told = |now| {
            (0..100_000)
                .filter_map(|_| match tally.count(&what(1), now) {
                    Worth::Entry(count) => Some(count),
                    Worth::Enough | Worth::Uncounted => None,
                })
                .collect::<Vec<_>>()
        };
        let first = told(now);
        assert_eq!(first[..12], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 16, 32]);
        assert_eq!((first.len(), first.last()), (23, Some(&65_536)));
        assert_eq!(tally.count(&what(2), now), Worth::Entry(1), "another kind");
        let next = tally.count(&what(1), now + Duration::days(1));
        assert_eq!(next, Worth::Entry(1));
    }

    #[test]
    fn kinds_are_bounded() {
        let (tally, now) = (Tally::default(), DateTime::UNIX_EPOCH);
        let told = (0..KINDS + 5).map(|number| tally.count(&what(number), now));
        let uncounted = told.filter(|worth| *worth == Worth::Uncounted);
        assert_eq!(uncounted.count(), 5);
        assert_eq!(
            tally.count(&what(0), now),
            Worth::Entry(2),
            "known ones are counted on"
        );
    }
}
