//! Which rows count with what was entered, and in no decision yet.

use std::ops::RangeInclusive;

use membership_domain::Month;
use membership_domain::evidence::{Accepted, Authority, RowKind, Usage};

use super::{Counting, Trace, Traced, View};

/// Where everything counts in decisions.
#[derive(Debug)]
pub(super) struct Decided {
    accepted: Accepted,
    trace: Trace,
}

impl Trace {
    /// The same trace, which then tells what counts in no decision: `accepted` is what decisions
    /// count, `decision` is of an assessment of the same evidence and day that counts just that.
    #[must_use]
    pub fn decided_by(self, accepted: Accepted, decision: Trace) -> Self {
        let decided = Decided {
            accepted,
            trace: decision,
        };
        Self {
            decided: Some(Box::new(decided)),
            ..self
        }
    }

    /// The same as [`Trace::counts`] on a basis: of decisions, where they count anything else than
    /// what was entered. A row that they do not accept is looked at by no rule.
    pub(crate) fn counts_on(&self, decision: bool, row: &Traced<'_>, view: &View) -> Option<bool> {
        let (trace, view) = self.deciding(decision, row, view)?;
        trace.counts(row, view)
    }

    /// Where rows count, on a basis, that differ from this one by their month alone: the months;
    /// nothing where no rule that is asked looks at them.
    pub(crate) fn months_on(
        &self,
        decision: bool,
        usage: &Usage,
        view: &View,
    ) -> Option<Vec<RangeInclusive<Month>>> {
        let (trace, view) = self.deciding(decision, &Traced::Usage(usage), view)?;
        trace.months(usage, view)
    }

    /// What tells whether a row counts on a basis.
    fn deciding<'t>(
        &'t self,
        decision: bool,
        row: &Traced<'_>,
        view: &'t View,
    ) -> Option<(&'t Self, &'t View)> {
        let decided = self.decided.as_ref().zip(view.decided.as_deref());
        match decided.filter(|_| decision) {
            Some((decided, view)) => decided.accepts(row).then_some((&decided.trace, view)),
            None => Some((self, view)),
        }
    }

    /// Marks where a row counts only because of what the partner alone says.
    pub(super) fn mark(&self, row: &Traced<'_>, view: &View, areas: &mut [Counting]) {
        let Some((decided, view)) = self.decided.as_ref().zip(view.decided.as_ref()) else {
            return;
        };
        let sure = if decided.accepts(row) {
            decided.trace.found(row, view)
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
    pub fn view(&self, area: Option<&str>, metric: Option<&str>) -> Box<View> {
        Box::new(self.trace.view(area, metric))
    }

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
