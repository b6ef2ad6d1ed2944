//! Which window of a score holds on each day, and which days in it are known to have qualified.

use chrono::{Days, NaiveDate};

use super::context::Context;
use super::timeline::Timeline;
use super::window::{Outside, Window};
use crate::catalog::Score;
use crate::month::Month;
use crate::sort;

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
        sort::sort(&mut qualifying);
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
            sort::sort(&mut windows.qualifying);
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
    pub fn turns(&self, day: NaiveDate) -> Vec<NaiveDate> {
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
        sort::sort(&mut turns);
        turns.dedup();
        turns
    }
}
