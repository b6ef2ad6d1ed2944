//! Days on which something happens by itself, or until which something must be done.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::assess::{Assessment, Forecast};
use crate::catalog::{Catalog, in_force};
use crate::number::Number;
use crate::sort;

/// A day on which something happens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// The day.
    pub day: NaiveDate,
    /// What happens.
    pub what: DeadlineKind,
}

/// What happens on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineKind {
    /// A program's anniversary.
    Anniversary {
        /// Which, by id.
        program: String,
    },
    /// The first day to renew a program.
    RenewalOpens {
        /// Which, by id.
        program: String,
    },
    /// The last day to renew a program.
    RenewalCloses {
        /// Which, by id.
        program: String,
    },
    /// A score changes, because certificates end.
    Score {
        /// Which, by id.
        score: String,
        /// The new total.
        total: Number,
        /// The total on the day before.
        before: Number,
        /// Whether it begins or ends to pass.
        turns: Option<bool>,
    },
    /// The rules of a score change.
    Rules {
        /// Which, by id.
        score: String,
        /// The total from then on.
        total: Number,
        /// The total on the day before.
        before: Number,
        /// Whether it begins or ends to pass.
        turns: Option<bool>,
    },
}

/// What happens from today on, the soonest first.
pub(super) fn deadlines(
    catalog: &Catalog,
    today: &Assessment,
    forecasts: &[(&str, Vec<Forecast>)],
    until: NaiveDate,
) -> Vec<Deadline> {
    let mut deadlines = Vec::new();
    for assessed in &today.programs {
        let Some(held) = assessed.holding else {
            continue;
        };
        let program = || assessed.program.clone();
        // What is renewed by itself closes for nobody.
        let by_itself = (catalog.program(&assessed.program))
            .and_then(|program| in_force(&program.terms, today.day))
            .is_some_and(|terms| terms.by_itself && assessed.is_met());
        let days = [
            (
                // On the day after the anniversary it goes without saying.
                held.renewal_opens.filter(|opens| Some(*opens) < held.until),
                DeadlineKind::RenewalOpens { program: program() },
            ),
            (held.until, DeadlineKind::Anniversary { program: program() }),
            (
                held.renewal_closes.filter(|_| !by_itself),
                DeadlineKind::RenewalCloses { program: program() },
            ),
        ];
        for (day, what) in days {
            if let Some(day) = day.filter(|day| (today.day..=until).contains(day)) {
                deadlines.push(Deadline { day, what });
            }
        }
    }
    for (id, forecast) in forecasts {
        let Some(mut known) = today
            .score(id)
            .map(|score| (score.total, score.qualifies_today()))
        else {
            continue;
        };
        for step in forecast {
            let (before, qualified) = known;
            known = (step.total, step.qualifies);
            let (score, total) = ((*id).to_owned(), step.total);
            let turns = (qualified != step.qualifies).then_some(step.qualifies);
            let what = if step.new_rules {
                DeadlineKind::Rules {
                    score,
                    total,
                    before,
                    turns,
                }
            } else {
                DeadlineKind::Score {
                    score,
                    total,
                    before,
                    turns,
                }
            };
            deadlines.push(Deadline {
                day: step.day,
                what,
            });
        }
    }
    sort::sort_by_key(&mut deadlines, |deadline| deadline.day);
    deadlines
}
