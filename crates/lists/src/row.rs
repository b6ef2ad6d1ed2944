//! The rows of a list as pages need them, whatever they are about.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

use crate::columns::Columns;
use crate::filter::Filter;
use crate::query::List;

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

/// Digits of the largest number.
const LONGEST_NUMBER: usize = 20;

/// What rows stand by, all of a list by the same kind.
#[derive(Debug)]
pub(crate) enum Key<'r> {
    Text(Cow<'r, str>),
    Number(u64),
}

impl Key<'_> {
    /// How it stands to a key in a cursor. What is no number comes before all numbers.
    pub fn cmp(&self, known: &str) -> Ordering {
        match self {
            Self::Text(text) => text.as_ref().cmp(known),
            Self::Number(number) => {
                // A cursor that we gave is short; reading another takes long.
                let known = Some(known).filter(|known| known.len() <= LONGEST_NUMBER);
                Some(*number).cmp(&known.and_then(|known| known.parse().ok()))
            }
        }
    }
}

impl fmt::Display for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
        }
    }
}
