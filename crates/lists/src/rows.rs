//! The rows of the four lists.

mod customers;
mod people;
mod search;
mod usage;

pub use customers::CustomerRow;
pub use people::{CertificationRow, PersonRow};
pub use usage::UsageRow;

use chrono::NaiveDate;
use membership_domain::evidence::Authority;

use crate::Lists;
use crate::query::Query;
use crate::trace::{Traced, View};

impl Lists<'_> {
    fn view(&self, query: &Query) -> View {
        (self.trace).view(query.area.as_deref(), query.metric.as_deref())
    }

    /// Whether a row counts or not where it is asked to; and that a metric looks at it, where one
    /// is asked for.
    fn counts(&self, query: &Query, view: &View, row: &Traced<'_>) -> bool {
        if query.counts.is_none() && query.metric.is_none() {
            return true;
        }
        let counts = self.trace.counts_on(query.basis, row, view);
        let looked_at = query.metric.is_none() || counts.is_some();
        looked_at
            && query
                .counts
                .is_none_or(|wanted| counts.unwrap_or_default() == wanted)
    }
}

/// Whether somebody who is asked for says the row, or something of it.
fn said(query: &Query, mut by: impl Iterator<Item = Authority>) -> bool {
    query
        .authority
        .is_none_or(|asked| by.any(|one| one == asked))
}

fn day(day: Option<NaiveDate>) -> String {
    day.map_or_else(String::new, |day| day.to_string())
}
