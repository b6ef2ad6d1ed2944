//! A membership with the dates around it, as data.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::catalog::{Program, Terms, in_force};
use crate::dates::plus_days;
use crate::evidence::Membership;

/// A membership with the dates that follow from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = MembershipHolding))]
pub struct Holding {
    /// The first day.
    pub since: NaiveDate,
    /// The anniversary: the last day, unless renewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// The first day on which it can be renewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renewal_opens: Option<NaiveDate>,
    /// The last day on which it can be renewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renewal_closes: Option<NaiveDate>,
    /// The last day of its benefits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub benefits_end: Option<NaiveDate>,
}

impl Holding {
    /// The dates that follow from a membership under some terms.
    #[must_use]
    pub fn of(membership: &Membership, terms: Option<&Terms>) -> Self {
        let until = membership.ends_on;
        let after = |days: Option<i32>| Some(plus_days(until?, days?));
        Self {
            since: membership.started_on,
            until,
            renewal_opens: after(terms.and_then(|terms| terms.renewal_opens)),
            renewal_closes: after(terms.and_then(|terms| terms.renewal_closes)),
            benefits_end: after(terms.and_then(|terms| terms.benefits_end)),
        }
    }

    /// The same, under the terms that are in force on a day.
    pub(crate) fn under(day: NaiveDate, program: &Program, held: &Membership) -> Self {
        Self::of(held, in_force(&program.terms, day))
    }

    /// The last day: of the renewal window, where that closes later than the anniversary.
    #[must_use]
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.until.map(|until| {
            self.renewal_closes
                .map_or(until, |closes| closes.max(until))
        })
    }

    pub(crate) fn renewal_is_open(&self, day: NaiveDate) -> bool {
        self.renewal_opens.is_some_and(|opens| opens <= day)
            && self.renewal_closes.is_some_and(|closes| day <= closes)
    }

    pub(crate) fn is_current(&self, day: NaiveDate) -> bool {
        self.since <= day && self.until.is_none_or(|last| day <= last)
    }

    /// The days on which it matters, without a last one where it has no end: while it is in force,
    /// and while it can be renewed.
    pub(crate) fn spans(&self) -> impl Iterator<Item = (NaiveDate, Option<NaiveDate>)> + use<> {
        let (since, until) = (self.since, self.until);
        let renewal = self.renewal_opens.zip(self.renewal_closes);
        // Days that are in both are counted once.
        let first = until.map_or(since, |until| since.max(plus_days(until, 1)));
        let renewal = renewal.into_iter().flat_map(move |(opens, closes)| {
            let before = (opens, closes.min(plus_days(since, -1)));
            let after = until.map(|_| (opens.max(first), closes));
            [Some(before), after]
        });
        std::iter::once((since, until))
            .chain(renewal.flatten().map(|(from, to)| (from, Some(to))))
            .filter(|(from, to)| to.is_none_or(|to| *from <= to))
    }
}
