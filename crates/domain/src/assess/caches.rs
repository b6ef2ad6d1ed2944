//! What assessments of evidence in one order found, and the next ones need again. The engine has
//! one of these beside each order; each rule looks here before it searches.

use chrono::NaiveDate;

use super::finding::Items;
use super::kept::{Keep, Kept};
use super::reading::Reading;
use super::roster::Roster;
use crate::month::Month;

/// Results that no hypothesis changes.
#[derive(Default)]
pub(crate) struct Caches {
    /// Measures, by the last measured month.
    pub readings: Kept<Option<Month>, Reading>,
    /// Who counts for a list of certificates, by day and by the length of the list.
    pub rosters: Kept<(NaiveDate, usize), Roster>,
    /// Who earns points, and who does not, by day, by how many do, and by closed gates.
    pub splits: Kept<(NaiveDate, usize, Vec<String>), (Items, Items)>,
    /// The last measured month of all usage, by the last month that is over.
    pub months: Kept<Month, Option<Month>>,
}

impl Caches {
    /// How many pieces of evidence everything names that assessments found so far.
    pub fn pieces(&self) -> usize {
        self.readings.pieces() + self.rosters.pieces() + self.splits.pieces()
    }
}

impl Keep for Reading {
    fn pieces(&self) -> usize {
        self.counted.len() + self.not_counted.len()
    }
}

impl Keep for Roster {
    fn pieces(&self) -> usize {
        self.counted.len() + self.not_counted.len()
    }
}

impl Keep for (Items, Items) {
    fn pieces(&self) -> usize {
        self.0.len() + self.1.len()
    }
}

impl Keep for Option<Month> {
    fn pieces(&self) -> usize {
        0
    }
}
