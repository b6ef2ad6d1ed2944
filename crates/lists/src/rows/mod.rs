//! The rows of the four lists.

mod certifications;
mod customers;
mod people;
mod usage;

pub use certifications::CertificationRow;
pub use customers::CustomerRow;
pub use people::PersonRow;
pub use usage::UsageRow;

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};
use membership_domain::evidence::Authority;

use crate::Lists;
use crate::filter::Filter;
use crate::kept::texts::Column;
use crate::page::Key;
use crate::query::{List, Query};
use crate::trace::View;

/// The rows of a list, by their places in the evidence.
pub(crate) trait Rows {
    /// Which list.
    fn list(&self) -> List;
    /// How many there are.
    fn count(&self) -> usize;
    /// What is kept of them.
    fn columns(&self) -> &Columns;
    /// What a row has in a column by which rows are sorted.
    fn key(&self, row: usize, sort: &str) -> Key<'_>;
    /// The same of all of them as numbers that sort in the same way.
    fn numbers(&self, sort: &str) -> Vec<u64>;
    /// What only this row has, part by part.
    fn own(&self, row: usize) -> Vec<Cow<'_, str>>;
    /// Whether rows fulfill something other than to say a word. Quickest where rows are asked for
    /// as they stand in [`Columns::base`].
    fn test<'s>(&'s self, filter: &'s Filter) -> Box<dyn FnMut(usize) -> bool + 's>;
}

/// What is kept of the rows of a list.
pub(crate) struct Columns {
    /// All rows in the order of what only each has.
    pub base: Vec<u32>,
    /// What they say in which words are looked for.
    pub texts: Vec<Column>,
    /// Numbers of the list's own.
    pub more: More,
}

/// What some lists need to know besides.
pub(crate) enum More {
    Nothing,
    /// The person of each certificate, and which of the person's it is.
    Held(Vec<(u32, u32)>),
    /// What each customer used, in short.
    Used(Vec<customers::Used>),
    /// By the place of a customer of usage in its column: the customer in the evidence.
    Customers(Vec<Option<u32>>),
}

impl Columns {
    /// How many bytes they take.
    pub fn bytes(&self) -> usize {
        let more = match &self.more {
            More::Nothing => 0,
            More::Held(all) => size_of_val(&**all),
            More::Used(all) => all.iter().map(customers::Used::bytes).sum(),
            More::Customers(all) => size_of_val(&**all),
        };
        size_of_val(&*self.base) + more + self.texts.iter().map(Column::bytes).sum::<usize>()
    }
}

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
