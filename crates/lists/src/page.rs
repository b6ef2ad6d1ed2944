//! From all rows to one page, without putting all of them in order.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::cmp::Ordering;
use std::fmt;

use membership_domain::order;
use serde::{Deserialize, Serialize};

use crate::query::Query;

/// Some rows, how many there are of them, and where the next ones are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// The rows, at most as many as asked for.
    pub items: Vec<T>,
    /// How many there are in all.
    pub total: u64,
    /// Pass it as `cursor` to go on; absent at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Between the two halves of a cursor; nothing that is shown has it.
const SEPARATOR: char = '\u{1f}';

/// Digits of the largest number.
const LONGEST_NUMBER: usize = 20;

/// What rows stand by, all of a list by the same kind.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key<'r> {
    Text(Cow<'r, str>),
    Number(u64),
}

impl Key<'_> {
    /// How a key in a cursor stands to this one. What is no number comes before all numbers.
    fn after(&self, known: &str) -> Ordering {
        match self {
            Self::Text(text) => known.cmp(text.as_ref()),
            Self::Number(number) => {
                // A cursor that we gave is short; reading another, row by row, takes long.
                let known = Some(known).filter(|known| known.len() <= LONGEST_NUMBER);
                known
                    .and_then(|known| known.parse().ok())
                    .cmp(&Some(*number))
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

/// A row on its way to its place.
struct Placed<'r, S> {
    leading: Key<'r>,
    /// Made when it is asked for the first time: most rows differ by the leading key.
    own: OnceCell<String>,
    row: S,
}

impl<S> Placed<'_, S> {
    fn own(&self, make: &impl Fn(&S) -> String) -> &str {
        self.own.get_or_init(|| make(&self.row))
    }
}

/// The page that a query asks for: rows stand by `leading`, and where that is the same by `own`,
/// which no other row has. The time it takes is about the same for every page.
pub(crate) fn page<'r, S, T>(
    rows: impl Iterator<Item = S>,
    query: &Query,
    leading: impl Fn(&S) -> Key<'r>,
    own: impl Fn(&S) -> String,
    show: impl Fn(&S) -> T,
) -> Page<T> {
    let after = query.cursor.as_deref();
    let after = after.map(|cursor| cursor.split_once(SEPARATOR).unwrap_or((cursor, "")));
    let turn = |order: Ordering| {
        if query.descending {
            order.reverse()
        } else {
            order
        }
    };
    let mut total = 0;
    let mut rest: Vec<Placed<'r, S>> = Vec::new();
    for row in rows {
        total += 1;
        let placed = Placed {
            leading: leading(&row),
            own: OnceCell::new(),
            row,
        };
        let is_after = after.is_none_or(|(known, last)| {
            let order = placed.leading.after(known);
            turn(order.then_with(|| last.cmp(placed.own(&own)))).is_lt()
        });
        if is_after {
            rest.push(placed);
        }
    }
    let order = |one: &Placed<'r, S>, other: &Placed<'r, S>| {
        let order = one.leading.cmp(&other.leading);
        turn(order.then_with(|| one.own(&own).cmp(other.own(&own))))
    };
    let more = rest.len() > query.limit;
    if more {
        rest.select_nth_unstable_by(query.limit, order);
        rest.truncate(query.limit);
    }
    let rest = order::sorted_by(rest, &|one, other| order(one, other).is_le());
    let next = rest.last().filter(|_| more);
    Page {
        next: next.map(|last| format!("{}{SEPARATOR}{}", last.leading, last.own(&own))),
        items: rest.iter().map(|placed| show(&placed.row)).collect(),
        total,
    }
}
