//! The window of a score: one qualifying day in it is enough.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::context::Context;
use super::score::ScoreAssessment;
use super::standing::holding_on;
use crate::catalog::Score;
use crate::month::Month;
use crate::order;

/// The days on which one qualifying day is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Window {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// Whether an anniversary fixes it, rather than today.
    pub fixed: bool,
}

impl Window {
    /// Fixed by the anniversary of whoever is enrolled or can still renew, and rolling for
    /// everybody else.
    pub(crate) fn on(context: &Context<'_>, score: &Score, day: NaiveDate) -> Self {
        let anniversary = (context.catalog.programs.iter())
            .filter(|program| program.score.as_ref() == Some(&score.id))
            .find_map(|program| holding_on(context, program, day)?.until);
        match anniversary {
            Some(ends_on) => Self {
                from: Month::of(ends_on).plus(1 - months(score)).first_day(),
                to: Month::of(ends_on).last_day(),
                fixed: true,
            },
            None => Self {
                from: Month::of(day).plus(1 - months(score)).first_day(),
                to: day,
                fixed: false,
            },
        }
    }
}

fn months(score: &Score) -> i32 {
    i32::try_from(score.window_months).unwrap_or(1).max(1)
}

/// The latest known day in the window, not after `day`, that qualified.
pub(crate) fn qualified_on(
    context: &Context<'_>,
    score: &Score,
    day: NaiveDate,
) -> Option<NaiveDate> {
    let window = Window::on(context, score, day);
    qualifying_days(context, score)
        .filter(|past| *past <= day && (window.from..=window.to).contains(past))
        .max()
}

fn qualifying_days(context: &Context<'_>, score: &Score) -> impl Iterator<Item = NaiveDate> {
    (context.evidence.past_scores.iter())
        .filter(|past| past.score == score.id)
        .filter(|past| past.total >= score.pass_mark && past.every_metric_above_zero)
        .map(|past| past.day)
}

/// The first day on which a score that qualifies, today or by its window, no longer does.
pub(crate) fn lapses(
    context: &Context<'_>,
    score: &Score,
    assessed: &ScoreAssessment,
) -> Option<NaiveDate> {
    // From this day on, only earlier days in the window can keep it.
    let from = if assessed.qualifies_today() {
        assessed.lapses_on?
    } else {
        context.day
    };
    let leaves = |day: NaiveDate| Month::of(day).plus(months(score)).first_day();
    let holdings = context.evidence.memberships.iter().filter_map(|held| {
        let program = context.catalog.program(&held.program)?;
        (program.score.as_ref() == Some(&score.id)).then_some((program, held))
    });
    let mut turns: Vec<NaiveDate> = qualifying_days(context, score).map(leaves).collect();
    for (program, held) in holdings {
        let known = super::standing::Holding::under(context, program, held);
        let ends = [known.until, known.renewal_closes].into_iter().flatten();
        turns.extend(ends.filter_map(|last| last.checked_add_days(Days::new(1))));
    }
    turns.push(from);
    order::sort(&mut turns);
    (turns.into_iter())
        .filter(|turn| *turn >= from)
        .find(|turn| qualified_on(context, score, *turn).is_none())
}
