//! Who counts for a list of certificates, and who does not.

use chrono::{Days, NaiveDate};

use super::finding::Items;

/// Who counts for a list of certificates: every person at most once.
#[derive(Clone)]
pub(crate) struct Roster {
    /// Those who count, the most lasting first.
    pub counted: Items,
    /// Those who hold or held one and do not count, in the order of their names.
    pub not_counted: Items,
}

impl Roster {
    /// The first day on which fewer than `needed` of those who count today still do.
    pub fn falls_below(&self, needed: usize) -> Option<NaiveDate> {
        let last = self.counted.get(needed.checked_sub(1)?)?.until?;
        last.checked_add_days(Days::new(1))
    }
}
