//! What a test found, of which a finding is made.

use chrono::NaiveDate;

use super::finding::{Finding, Item, Items, Kind, Next, Outcome};
use crate::number::Number;

/// What a test found; the rest of a finding is the same for all.
pub(crate) struct Found {
    pub kind: Kind,
    pub outcome: Outcome,
    pub amount: Option<(Number, Number)>,
    pub counted: Items,
    pub not_counted: Items,
    pub lapses_on: Option<NaiveDate>,
    pub next: Vec<Next>,
    pub children: Vec<Finding>,
}

impl Found {
    pub fn new(kind: Kind, outcome: Outcome) -> Self {
        Self {
            kind,
            outcome,
            amount: None,
            counted: Items::default(),
            not_counted: Items::default(),
            lapses_on: None,
            next: Vec::new(),
            children: Vec::new(),
        }
    }

    /// With what would help, unless it is met.
    pub fn or_next(mut self, next: impl IntoIterator<Item = Next>) -> Self {
        if self.outcome != Outcome::Met {
            self.next.extend(next);
        }
        self
    }

    /// With the evidence that counted.
    pub fn with_counted(mut self, counted: Vec<Item>) -> Self {
        self.counted = counted.into();
        self
    }
}
