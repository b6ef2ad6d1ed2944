//! Which rows count with what was entered, and in no decision yet.

use membership_domain::assess::Basis;
use membership_domain::evidence::{Accepted, Authority, RowKind};

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
    pub(crate) fn counts_on(
        &self,
        basis: Option<Basis>,
        row: &Traced<'_>,
        view: &View,
    ) -> Option<bool> {
        let decided = self.decided.as_ref().zip(view.decided.as_ref());
        match decided.filter(|_| basis == Some(Basis::Decision)) {
            Some((decided, view)) if decided.accepts(row) => decided.trace.counts(row, view),
            Some(_) => None,
            None => self.counts(row, view),
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
