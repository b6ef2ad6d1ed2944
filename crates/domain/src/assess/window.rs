//! The window of a score: one qualifying day in it is enough.

use std::cell::OnceCell;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::context::Context;
use super::score::{self, ScoreAssessment};
use super::timeline::Timeline;
use crate::catalog::Score;
use crate::month::Month;
use crate::order;

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
    fn before(anniversary: NaiveDate, months: i32) -> Self {
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

/// All windows of a score, and the days that are known to have qualified.
pub(crate) struct Windows {
    months: i32,
    /// For each program that takes the score, which of its memberships matters when.
    held: Vec<Timeline>,
    /// In their order.
    qualifying: Vec<NaiveDate>,
}

impl Windows {
    pub fn of(context: &Context<'_>, score: &Score) -> Self {
        let programs = context.catalog.programs.iter();
        let held = programs
            .filter(|program| program.score.as_ref() == Some(&score.id))
            .map(|program| Timeline::of(context, program))
            .collect();
        let mut qualifying: Vec<NaiveDate> = (context.evidence.past_scores.iter())
            .filter(|past| past.score == score.id)
            .filter(|past| past.total >= score.pass_mark && past.every_metric_above_zero)
            .map(|past| past.day)
            .collect();
        order::sort(&mut qualifying);
        let mut windows = Self {
            months: i32::try_from(score.window_months).unwrap_or(1).max(1),
            held,
            qualifying,
        };
        let window = windows.on(context.day);
        // Whoever passed to the end of a window need not have written that down.
        if window.to < context.day
            && windows.qualified_on(context.day, false).is_none()
            && (context.passed)(score, window.to)
        {
            windows.qualifying.push(window.to);
            order::sort(&mut windows.qualifying);
        }
        windows
    }

    /// The window on a day: fixed by the anniversary of a partner that is enrolled or can still
    /// renew, and rolling for all others.
    pub fn on(&self, day: NaiveDate) -> Window {
        let anniversary = self.held.iter().find_map(|held| held.on(day)?.until);
        match anniversary {
            Some(ends_on) => Window::before(ends_on, self.months),
            None => Window {
                from: Month::of(day).plus(1 - self.months).first_day(),
                to: day,
                fixed: false,
            },
        }
    }

    /// The latest day in the window of `day` that qualified and is not after it: of those that
    /// are known, and `day` itself where the score passes on it.
    pub fn qualified_on(&self, day: NaiveDate, passes: bool) -> Option<NaiveDate> {
        let window = self.on(day);
        if passes && window.contains(day) {
            return Some(day);
        }
        let known = (self.qualifying).partition_point(|known| *known <= day.min(window.to));
        let last = self.qualifying.get(known.checked_sub(1)?)?;
        window.contains(*last).then_some(*last)
    }

    /// What keeps a score from qualifying on a day that no qualifying day was found for.
    pub fn outside(&self, day: NaiveDate, passes: bool) -> Option<Outside> {
        let window = self.on(day);
        (!window.contains(day)).then(|| Outside {
            window,
            ahead: day < window.from,
            passes,
            counts_from: (self.turns(day).into_iter()).find(|turn| self.on(*turn).contains(*turn)),
        })
    }

    /// The days after `day` on which the window or the known days in it may change, in their
    /// order. A window that rolls changes daily, and only by the days that it leaves behind.
    fn turns(&self, day: NaiveDate) -> Vec<NaiveDate> {
        let mut turns = Vec::new();
        for (turn, held) in self.held.iter().flat_map(Timeline::turns) {
            turns.push(turn);
            if let Some(until) = held.and_then(|held| held.until) {
                let window = Window::before(until, self.months);
                turns.push(window.from);
                turns.extend(window.to.checked_add_days(Days::new(1)));
            }
        }
        for known in &self.qualifying {
            turns.extend([*known, Month::of(*known).plus(self.months).first_day()]);
        }
        turns.retain(|turn| *turn > day);
        order::sort(&mut turns);
        turns.dedup();
        turns
    }
}

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
