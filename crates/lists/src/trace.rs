//! Where each piece of evidence counts, turned around from the engine's findings: they go from a
//! rule to its evidence, and a list goes from a row to its rules.

mod counting;
mod rule;
mod turn;
mod verdicts;

pub use counting::{Counting, Why};
pub use verdicts::Traced;

use membership_domain::Catalog;
use membership_domain::assess::{Assessment, Basis};
use membership_domain::evidence::{Accepted, Authority, RowKind};

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
    pub(crate) fn counts_on(
        &self,
        basis: Option<Basis>,
        row: &Traced<'_>,
        view: &View,
    ) -> Option<bool> {
        let decided = self.decided.as_ref().zip(view.decided.as_ref());
        match decided.filter(|_| basis == Some(Basis::Decision)) {
            Some((decided, asked)) if decided.accepts(row) => decided.verdicts.counts(row, asked),
            Some(_) => None,
            None => self.counts(row, view),
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
