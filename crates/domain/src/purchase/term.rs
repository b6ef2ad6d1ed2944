//! Terms: from which day to which day something that was bought is held.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::assess::Holding;
use crate::catalog::{Catalog, Terms};
use crate::dates::plus_days;
use crate::evidence::{Authority, Membership};
use crate::purchase::offers::OrderKind;

/// How long a term is, as it is frozen with a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TermLength {
    /// So many days after it begins.
    Days(u32),
    /// Until the anniversary of what is held already.
    Until(NaiveDate),
    /// Without an end.
    Open,
}

impl TermLength {
    /// Of a program's terms; `ends_with` is the anniversary of what an addition joins.
    #[must_use]
    pub fn of(terms: &Terms, ends_with: Option<NaiveDate>) -> Self {
        match (ends_with, terms.days) {
            (Some(day), _) => Self::Until(day),
            (None, Some(days)) => Self::Days(days),
            (None, None) => Self::Open,
        }
    }

    /// The anniversary, which is the last day: whole UTC days after the one on which it begins.
    #[must_use]
    pub fn anniversary(self, starts_on: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Days(days) => Some(plus_days(
                starts_on,
                i32::try_from(days).unwrap_or(i32::MAX),
            )),
            Self::Until(day) => Some(day.max(starts_on)),
            Self::Open => None,
        }
    }
}

/// The first day of what an order gives: the day on which its money was complete, by the value dates
/// of its pieces. Not one that is to come, for it is held from now on; and not one before the order
/// was placed, whose days nobody could use.
#[must_use]
pub fn first_day(
    value_dates: impl IntoIterator<Item = NaiveDate>,
    placed_on: NaiveDate,
    today: NaiveDate,
) -> NaiveDate {
    let complete = value_dates.into_iter().max().unwrap_or(today);
    complete.max(placed_on).min(today)
}

/// The rows of evidence that a fulfilled order makes: one for each of its programs.
#[must_use]
pub fn memberships(
    programs: &[String],
    length: TermLength,
    starts_on: NaiveDate,
) -> Vec<Membership> {
    let row = |program: &String| Membership {
        program: program.clone(),
        pack: None,
        started_on: starts_on,
        ends_on: length.anniversary(starts_on),
        authority: Authority::MadeHere,
    };
    programs.iter().map(row).collect()
}

/// What a term that begins on a day would be, with its window and the end of its benefits.
#[must_use]
pub fn dates(terms: &Terms, length: TermLength, starts_on: NaiveDate) -> Holding {
    let membership = Membership {
        program: String::new(),
        pack: None,
        started_on: starts_on,
        ends_on: length.anniversary(starts_on),
        authority: Authority::MadeHere,
    };
    Holding::of(&membership, Some(terms))
}

/// The first day after `day` on which somebody is reminded of a term that ends on an anniversary,
/// and the last one up to it, in days from the anniversary.
#[must_use]
pub fn reminders(
    terms: &Terms,
    anniversary: NaiveDate,
    day: NaiveDate,
) -> (Option<NaiveDate>, Option<i32>) {
    let on = |offset: i32| plus_days(anniversary, offset);
    let next = (terms.reminders.iter())
        .map(|offset| on(*offset))
        .find(|next| *next > day);
    let due = terms
        .reminders
        .iter()
        .copied()
        .filter(|offset| on(*offset) <= day)
        .max();
    (next, due)
}

/// How long an order's term is: of the first of its programs, whose terms all of them share.
#[must_use]
pub fn length(
    catalog: &Catalog,
    programs: &[String],
    kind: OrderKind,
    holding: Option<Holding>,
    day: NaiveDate,
) -> Option<(TermLength, Terms)> {
    let program = catalog.program(programs.first()?)?;
    let terms = crate::catalog::in_force(&program.terms, day)?;
    let joins = holding.and_then(|held| held.until);
    let ends_with = joins.filter(|_| kind == OrderKind::Addition);
    Some((TermLength::of(terms, ends_with), terms.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn a_term_lasts_its_days_from_any_day_on() {
        for (starts, ends) in [
            ("2023-01-31", "2024-01-31"),
            ("2023-12-31", "2024-12-30"),
            ("2024-02-29", "2025-02-28"),
            ("2023-02-28", "2024-02-28"),
        ] {
            let ends_on = TermLength::Days(365).anniversary(day(starts));
            assert_eq!(ends_on, Some(day(ends)), "{starts}");
        }
    }

    #[test]
    fn the_last_reminder_that_is_due_is_the_one_that_is_sent() {
        let terms = Terms {
            effective_from: day("2022-10-03"),
            days: Some(365),
            renewal_opens: Some(1),
            renewal_closes: Some(30),
            benefits_end: Some(30),
            enroll_within: None,
            reminders: vec![-30, 0, 15],
            shared_anniversary: false,
            by_itself: false,
            validation: None,
            note: None,
            cite: crate::catalog::Cite {
                certainty: crate::catalog::Certainty::Sample,
                source: "x".into(),
            },
        };
        let anniversary = day("2024-02-29");
        for (today, next, due) in [
            ("2023-03-01", Some("2024-01-30"), None),
            ("2024-01-30", Some("2024-02-29"), Some(-30)),
            ("2024-03-01", Some("2024-03-15"), Some(0)),
            ("2028-01-01", None, Some(15)),
        ] {
            let found = reminders(&terms, anniversary, day(today));
            assert_eq!(found, (next.map(day), due), "{today}");
        }
    }

    #[test]
    fn an_addition_ends_with_what_it_joins() {
        let length = TermLength::Until(day("2024-08-15"));
        assert_eq!(
            length.anniversary(day("2024-03-01")),
            Some(day("2024-08-15"))
        );
        let rows = memberships(&["a".to_owned(), "b".to_owned()], length, day("2024-03-01"));
        assert!(
            rows.iter()
                .all(|row| row.ends_on == Some(day("2024-08-15")))
        );
        assert!(rows.iter().all(|row| row.authority == Authority::MadeHere));
    }
}
