//! Where each piece of evidence counts, turned around from the engine's findings: they go from a
//! rule to its evidence, and a list goes from a row to its rules.

mod counting;
mod rule;
mod turn;
mod verdicts;

pub use counting::{Counting, Why};
pub use verdicts::Traced;

use std::ops::RangeInclusive;

use membership_domain::Catalog;
use membership_domain::Month;
use membership_domain::assess::Assessment;
use membership_domain::evidence::{Accepted, Authority, RowKind, Usage};

use self::verdicts::{Asked, Verdicts};

/// Where everything counts on one day.
#[derive(Debug)]
pub struct Trace {
    /// Where it counts with all that was entered.
    entered: Verdicts,
    /// Where everything counts in decisions, if that differs.
    decided: Option<Box<Decided>>,
}

/// Where everything counts in decisions.
#[derive(Debug)]
struct Decided {
    accepted: Accepted,
    verdicts: Verdicts,
}

/// Which rules are asked and which are told of.
#[derive(Debug)]
pub struct View {
    entered: Asked,
    /// The same of what decisions count.
    decided: Option<Asked>,
}

impl Trace {
    /// Turns an assessment around. In areas with several tracks the one that counts is meant,
    /// unless a metric of another one is asked for.
    #[must_use]
    pub fn of(catalog: &Catalog, assessment: &Assessment) -> Self {
        Self {
            entered: Verdicts::of(catalog, assessment),
            decided: None,
        }
    }

    /// The same trace, which then tells what counts in no decision: `accepted` is what decisions
    /// count, `decision` is of an assessment of the same evidence and day that counts just that.
    #[must_use]
    pub fn decided_by(self, accepted: Accepted, decision: Trace) -> Self {
        let decided = Decided {
            accepted,
            verdicts: decision.entered,
        };
        Self {
            decided: Some(Box::new(decided)),
            ..self
        }
    }

    /// What a list is about: an area, or one metric in it by its address, or everything.
    #[must_use]
    pub fn view(&self, area: Option<&str>, metric: Option<&str>) -> View {
        View {
            entered: self.entered.asked(area, metric),
            decided: (self.decided.as_ref()).map(|decided| decided.verdicts.asked(area, metric)),
        }
    }

    /// How a row stands in each area and program with a rule that looks at it; where one metric is
    /// asked for, in that one alone of its area.
    #[must_use]
    pub fn areas(&self, row: &Traced<'_>, view: &View) -> Vec<Counting> {
        let mut areas = self.entered.areas(row, &view.entered);
        self.mark(row, view, &mut areas);
        areas
    }

    /// Whether a row counts in what is asked; nothing where no rule of it looks at the row.
    #[must_use]
    pub fn counts(&self, row: &Traced<'_>, view: &View) -> Option<bool> {
        self.entered.counts(row, &view.entered)
    }

    /// The same on a basis: of decisions, where they count anything else than what was entered. A
    /// row that they do not accept is looked at by no rule.
    pub(crate) fn counts_on(&self, decision: bool, row: &Traced<'_>, view: &View) -> Option<bool> {
        let (verdicts, asked) = self.deciding(decision, row, view)?;
        verdicts.counts(row, asked)
    }

    /// Where rows count, on a basis, that differ from this one by their month alone: the months;
    /// nothing where no rule that is asked looks at them.
    pub(crate) fn months_on(
        &self,
        decision: bool,
        usage: &Usage,
        view: &View,
    ) -> Option<Vec<RangeInclusive<Month>>> {
        let (verdicts, asked) = self.deciding(decision, &Traced::Usage(usage), view)?;
        verdicts.months(usage, asked)
    }

    /// What tells whether a row counts on a basis.
    fn deciding<'t>(
        &'t self,
        decision: bool,
        row: &Traced<'_>,
        view: &'t View,
    ) -> Option<(&'t Verdicts, &'t Asked)> {
        let decided = self.decided.as_ref().zip(view.decided.as_ref());
        match decided.filter(|_| decision) {
            Some((decided, asked)) => decided.accepts(row).then_some((&decided.verdicts, asked)),
            None => Some((&self.entered, &view.entered)),
        }
    }

    /// Marks where a row counts only because of what the partner alone says.
    fn mark(&self, row: &Traced<'_>, view: &View, areas: &mut [Counting]) {
        let Some((decided, asked)) = self.decided.as_ref().zip(view.decided.as_ref()) else {
            return;
        };
        let sure = if decided.accepts(row) {
            decided.verdicts.areas(row, asked)
        } else {
            Vec::new()
        };
        for counting in areas.iter_mut().filter(|area| !area.metrics.is_empty()) {
            let mut known = sure.iter().filter(|area| area.area == counting.area);
            counting.only_entered = !known.any(|area| !area.metrics.is_empty());
        }
    }
}

impl Decided {
    /// Whether decisions count a row that is said by somebody. People and customers count by what
    /// is known of them.
    fn accepts(&self, row: &Traced<'_>) -> bool {
        let takes = |kind, authority: Authority| self.accepted.takes(kind, authority);
        match row {
            Traced::Certification(_, _, authority) => takes(RowKind::Certificates, *authority),
            Traced::Usage(usage) => takes(RowKind::Usage, usage.authority),
            Traced::Person(_) | Traced::Customer(..) => true,
        }
    }
}
