//! What to do next, and by when: read off assessments, so that the overview, mails and calendars
//! say the same.

mod deadlines;
mod tasks;

pub use deadlines::{Deadline, DeadlineKind};
pub use tasks::{Task, TaskKind};

use std::ops::Deref;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::assess::{Assessment, Difference, Engine, Forecast, compare};
use crate::catalog::Catalog;
use crate::evidence::Evidence;
use crate::hypothesis::Hypothesis;

/// How far ahead deadlines are looked for, in days.
const AHEAD: u64 = 365;
/// How far back changes are looked for, in days.
const BACK: u64 = 30;
/// Everything dated that a partner should know today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agenda {
    /// What to do, the most pressing first.
    pub tasks: Vec<Task>,
    /// What happens by itself or must be done by then, the soonest first.
    pub deadlines: Vec<Deadline>,
    /// What differs from a month ago.
    pub changes: Vec<Difference>,
    /// The day that changes are counted from.
    pub changes_since: NaiveDate,
}

/// What a partner should know today.
#[must_use]
pub fn agenda<C, E>(engine: &Engine<C, E>, today: &Assessment) -> Agenda
where
    C: Deref<Target = Catalog>,
    E: Deref<Target = Evidence>,
{
    let day = today.day;
    let truth = Hypothesis::default();
    let changes_since = day.checked_sub_days(Days::new(BACK)).unwrap_or(day);
    let before = engine.assess(changes_since, &truth);
    let until = day.checked_add_days(Days::new(AHEAD)).unwrap_or(day);
    let forecasts: Vec<(&str, Vec<Forecast>)> = (today.scores.iter())
        .filter(|score| score.total.is_positive())
        .map(|score| {
            let id = score.score.as_str();
            (id, engine.forecast(day, &truth, id, until))
        })
        .collect();
    Agenda {
        tasks: tasks::tasks(
            engine.catalog(),
            &engine.profile(today.day),
            today,
            &forecasts,
        ),
        deadlines: deadlines::deadlines(engine.catalog(), today, &forecasts, until),
        changes: compare(&before, today),
        changes_since,
    }
}
