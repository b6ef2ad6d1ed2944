//! The rows of the four lists.

mod certifications;
mod customers;
mod people;
mod usage;

pub use certifications::CertificationRow;
pub use customers::CustomerRow;
pub use people::PersonRow;
pub use usage::UsageRow;

use chrono::{Datelike, NaiveDate};
use membership_domain::evidence::Authority;

use crate::Lists;
use crate::columns::Columns;
use crate::query::{List, Query};
use crate::trace::View;

impl Lists<'_> {
    fn view(&self, query: &Query) -> View {
        (self.trace).view(query.area.as_deref(), query.metric.as_deref())
    }

    /// What is kept of a list, which is made where it is asked for the first time.
    fn columns(&self, list: List, make: impl FnOnce() -> Columns) -> &Columns {
        self.kept.columns[list as usize].get_or_init(make)
    }
}

/// Whether somebody who is asked for says the row, or something of it.
fn said(asked: Authority, mut by: impl Iterator<Item = Authority>) -> bool {
    by.any(|one| one == asked)
}

fn day(day: Option<NaiveDate>) -> String {
    day.map_or_else(String::new, |day| day.to_string())
}

/// Days as numbers that sort as their texts do.
fn number(day: Option<NaiveDate>) -> u64 {
    day.map_or(0, |day| day.num_days_from_ce().max(0) as u64)
}
