//! From all rows to one page, without putting all of them in order.

use std::borrow::Cow;
use std::cmp::Ordering;

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

/// The page that a query asks for: rows stand by `leading`, and where that is the same by `own`,
/// which no other row has. The time it takes is about the same for every page.
pub(crate) fn page<'r, S, T>(
    rows: impl Iterator<Item = S>,
    query: &Query,
    leading: impl Fn(&S) -> Cow<'r, str>,
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
    let mut rest: Vec<(Cow<'r, str>, S)> = Vec::new();
    for row in rows {
        total += 1;
        let key = leading(&row);
        let is_after = after.is_none_or(|(known, last)| {
            let order = known.cmp(key.as_ref());
            turn(order.then_with(|| last.cmp(&own(&row)))).is_lt()
        });
        if is_after {
            rest.push((key, row));
        }
    }
    let order = |(one, a): &(Cow<'r, str>, S), (other, b): &(Cow<'r, str>, S)| {
        turn(one.cmp(other).then_with(|| own(a).cmp(&own(b))))
    };
    let more = rest.len() > query.limit;
    if more {
        rest.select_nth_unstable_by(query.limit, order);
        rest.truncate(query.limit);
    }
    rest.sort_by(order);
    let next = rest.last().filter(|_| more);
    Page {
        next: next.map(|(leading, row)| format!("{leading}{SEPARATOR}{}", own(row))),
        items: rest.iter().map(|(_, row)| show(row)).collect(),
        total,
    }
}
