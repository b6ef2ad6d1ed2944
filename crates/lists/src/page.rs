//! From what is kept of all rows to one page.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::filter::Filter;

use crate::kept::{Kept, Numbers, What};
use crate::order::by_number;
use crate::query::Query;
use crate::row::Rows;

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

/// Between the parts of a cursor; nothing that is shown has it.
const SEPARATOR: char = '\u{1f}';

/// The rows of a page by their places in the list.
pub(crate) struct Picked {
    rows: Vec<u32>,
    total: u64,
    next: Option<String>,
}

impl Picked {
    /// The page with each row as it is shown.
    pub fn shown<T>(self, show: impl Fn(usize) -> T) -> Page<T> {
        Page {
            items: self.rows.iter().map(|row| show(*row as usize)).collect(),
            total: self.total,
            next: self.next,
        }
    }
}

/// The page that a query asks for: rows stand by a column, and where that is the same by what no
/// other row has. The time it takes is about the same for every page.
pub(crate) fn pick(rows: &dyn Rows, kept: &Kept, query: &Query) -> Picked {
    let count = rows.count();
    let taken = taken(rows, kept, query);
    let total = match &taken {
        Some(bits) => bits.iter().map(|bits| bits.count_ones() as usize).sum(),
        None => count,
    };
    let order = order(rows, kept, &query.sort);
    let order = order.get().map(Vec::as_slice).unwrap_or_default();
    let at = |place: usize| match query.descending {
        true => order[count - 1 - place],
        false => order[place],
    };
    let begin = query.cursor.as_deref().map_or(0, |cursor| {
        let place = Place::of(cursor);
        first(count, |number| {
            let order = place.cmp(rows, at(number) as usize, &query.sort);
            match query.descending {
                true => order.is_gt(),
                false => order.is_lt(),
            }
        })
    });
    let most = query.limit.min(total);
    let mut rest = (begin..count)
        .map(at)
        .filter(|row| taken.as_ref().is_none_or(|bits| has(bits, *row)));
    let picked: Vec<u32> = rest.by_ref().take(most).collect();
    // Where all were picked there are no more to look for.
    let more = picked.len() < total && rest.next().is_some();
    let next = picked.last().filter(|_| more);
    Picked {
        next: next.map(|row| cursor(rows, *row as usize, &query.sort)),
        rows: picked,
        total: total as u64,
    }
}

/// Where a page begins: after this.
struct Place<'c> {
    leading: &'c str,
    own: Vec<&'c str>,
}

impl<'c> Place<'c> {
    fn of(cursor: &'c str) -> Self {
        let mut parts = cursor.split(SEPARATOR);
        Self {
            leading: parts.next().unwrap_or_default(),
            own: parts.collect(),
        }
    }

    /// How this stands to a row: less before it, greater after it; equal to its own.
    fn cmp(&self, rows: &dyn Rows, row: usize, sort: &str) -> Ordering {
        let leading = rows.key(row, sort).cmp(self.leading);
        leading.reverse().then_with(|| {
            let own = rows.own(row);
            self.own.iter().copied().cmp(own.iter().map(AsRef::as_ref))
        })
    }
}

fn cursor(rows: &dyn Rows, row: usize, sort: &str) -> String {
    let mut cursor = rows.key(row, sort).to_string();
    for part in rows.own(row) {
        cursor.push(SEPARATOR);
        cursor.push_str(&part);
    }
    cursor
}

/// The first of so many numbers that fits, where all after it fit too.
fn first(count: usize, fits: impl Fn(usize) -> bool) -> usize {
    let (mut begin, mut end) = (0, count);
    while begin < end {
        let middle = begin.midpoint(end);
        if fits(middle) {
            end = middle;
        } else {
            begin = middle + 1;
        }
    }
    begin
}

/// All rows in the order of a column.
fn order(rows: &dyn Rows, kept: &Kept, sort: &str) -> Numbers {
    let sorts = rows.list().sorts();
    let sort = if sorts.contains(&sort) {
        sort
    } else {
        sorts[0]
    };
    let order = kept.numbers((rows.list(), What::Order(sort.to_owned())), rows.count());
    order.get_or_init(|| by_number(rows.columns().base.clone(), &rows.numbers(sort)));
    order
}

/// Which rows fulfill everything; nothing where all do, because nothing is asked.
fn taken(rows: &dyn Rows, kept: &Kept, query: &Query) -> Option<Vec<u32>> {
    let mut all: Option<Vec<u32>> = None;
    for filter in Filter::of(query) {
        let key = (rows.list(), What::Filter(filter.clone()));
        let bits = kept.numbers(key, rows.count().div_ceil(32));
        let bits = bits.get_or_init(|| found(rows, &filter));
        match &mut all {
            Some(all) => all
                .iter_mut()
                .zip(bits)
                .for_each(|(one, other)| *one &= other),
            None => all = Some(bits.clone()),
        }
    }
    all
}

/// Which rows fulfill one thing.
fn found(rows: &dyn Rows, filter: &Filter) -> Vec<u32> {
    let columns = rows.columns();
    let mut bits = vec![0; rows.count().div_ceil(32)];
    let mut put = |row: usize| bits[row / 32] |= 1 << (row % 32);
    if let Filter::Word(word) = filter {
        for column in &columns.texts {
            let having = column.having(word);
            let of_row = column.of_row.iter().enumerate();
            of_row
                .filter(|(_, place)| having[**place as usize])
                .for_each(|(row, _)| put(row));
        }
        return bits;
    }
    let mut takes = rows.test(filter);
    // In their own order, in which rows about the same follow each other.
    let rows = columns.base.iter().map(|row| *row as usize);
    rows.filter(|row| takes(*row)).for_each(put);
    bits
}

fn has(bits: &[u32], row: u32) -> bool {
    bits[row as usize / 32] >> (row % 32) & 1 == 1
}
