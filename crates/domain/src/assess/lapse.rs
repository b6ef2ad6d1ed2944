//! When a score that qualifies no longer does.

use std::cell::OnceCell;

use chrono::NaiveDate;

use super::assessment::ScoreAssessment;
use super::context::Context;
use super::qualifying::Windows;
use super::score;
use crate::catalog::Score;

/// The first day on which a score that qualifies no longer does, if nothing changes: it no longer
/// passes, or what it passes on is no longer in the window.
pub(crate) fn lapses(
    context: &Context<'_>,
    score: &Score,
    assessed: &ScoreAssessment,
) -> Option<NaiveDate> {
    assessed.qualified_on?;
    let windows = Windows::of(context, score);
    let future = OnceCell::new();
    // The first day from `day` on on which it does not pass.
    let fails = |day: NaiveDate| {
        if assessed.qualifies_today() && assessed.lapses_on.is_none_or(|lapses| day < lapses) {
            return assessed.lapses_on;
        }
        let future = future.get_or_init(|| score::future(context, score, assessed));
        if future.on(day).1 {
            future.lapses(day)
        } else {
            Some(day)
        }
    };
    let turns = windows.turns(context.day);
    let ends = turns.iter().copied().map(Some).chain([None]);
    let mut from = context.day;
    for end in ends {
        // Up to the next turn, either a known day keeps it or each day itself must.
        if windows.qualified_on(from, false).is_none() {
            let window = windows.on(from);
            if window.contains(from) {
                let fails = fails(from).filter(|day| end.is_none_or(|end| *day < end));
                if fails.is_some() {
                    return fails;
                }
            } else {
                // One that is over by then is kept by its last day, if the score passes on it.
                let to_come = (context.day..from).contains(&window.to);
                if !to_come || fails(window.to) == Some(window.to) {
                    return Some(from);
                }
            }
        }
        from = end?;
    }
    None
}
