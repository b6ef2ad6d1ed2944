//! From all rows to one page, without putting all of them in order.

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

/// Where a row stands: by the leading column, then by what no other row has.
pub(crate) type Key = (String, String);

/// Between the two halves of a cursor; nothing that is shown has it.
const SEPARATOR: char = '\u{1f}';

/// The page that a query asks for. The time it takes is the same for every page.
pub(crate) fn page<S, T>(
    rows: impl Iterator<Item = S>,
    query: &Query,
    key: impl Fn(&S) -> Key,
    show: impl Fn(&S) -> T,
) -> Page<T> {
    let after = query.cursor.as_deref().map(|cursor| {
        let (leading, own) = cursor.split_once(SEPARATOR).unwrap_or((cursor, ""));
        (leading.to_owned(), own.to_owned())
    });
    let descending = query.descending;
    let order = |one: &Key, other: &Key| {
        let order = one.cmp(other);
        if descending { order.reverse() } else { order }
    };
    let mut total = 0;
    let mut rest: Vec<(Key, S)> = Vec::new();
    for row in rows {
        total += 1;
        let key = key(&row);
        if after
            .as_ref()
            .is_none_or(|after| order(after, &key).is_lt())
        {
            rest.push((key, row));
        }
    }
    let more = rest.len() > query.limit;
    if more {
        rest.select_nth_unstable_by(query.limit, |(one, _), (other, _)| order(one, other));
        rest.truncate(query.limit);
    }
    rest.sort_by(|(one, _), (other, _)| order(one, other));
    let next = rest.last().filter(|_| more);
    Page {
        next: next.map(|((leading, own), _)| format!("{leading}{SEPARATOR}{own}")),
        items: rest.iter().map(|(_, row)| show(row)).collect(),
        total,
    }
}
