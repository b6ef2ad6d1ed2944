//! A large list of evidence in pieces, so that one row that changes rewrites one piece.
//!
//! A row is in the piece that its month and a hash of its id name: `2023-10.01` has the rows of
//! October 2023 of which the hash begins with the bits 01, `.` everybody of a list without months.
//! A piece that grows too large is cut in two by the next bit, and only that one is written then:
//! the number of pieces follows the size, and nothing else moves. Pieces of a month that has few
//! rows left become one again.
//!
//! Each row stands with a number that tells its place in the list, so that a list is read in the
//! order in which it was written, whatever that is. A row that stays keeps its number; one that
//! comes between two others gets a number between theirs, and where none is left all are numbered
//! again.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::hash::Hasher;

use fnv::FnvHasher;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::json::{Row, placed, raw_rows};
use crate::StoreError;

/// A part of fewer bytes stays one text: writing it takes no longer than finding a piece.
const SMALL: usize = 128 * 1024;

/// A piece has at most so many bytes: an edit that moves a row from one piece to another, and cuts
/// it, writes less than 1.5 MB. Smaller ones would be more rows to read at each start.
pub(super) const PIECE: usize = 512 * 1024;

/// Pieces of one month, or of a list without months, become one when together they have so many
/// bytes: half of a piece, so that a few rows more do not cut it again.
const TOGETHER: usize = PIECE / 2;

/// In place of the text of a part that is in pieces: no JSON is that short.
pub(crate) const IN_PIECES: &str = "";

/// Between the numbers of rows that are written together there is room for so many others.
const STEP: i64 = 1 << 16;

/// Ids whose hashes begin with the same so many bits stay in one piece: somebody chose them so.
const MOST_BITS: usize = 24;

/// Bytes of a month, `2023-10`, and a few more.
const LONGEST_MONTH: usize = 16;

/// What of a row names its piece.
#[derive(Deserialize)]
struct Keys<'r> {
    #[serde(borrow, default)]
    id: Option<Cow<'r, str>>,
    #[serde(borrow, default)]
    customer: Option<Cow<'r, str>>,
    #[serde(borrow, default)]
    month: Option<Cow<'r, str>>,
}

/// Rows of one piece: the number, the text and the hash of each.
type Rows<'r> = Vec<(i64, &'r str, u64)>;

/// The pieces of a list, those that were there kept as far as they are right; `None` for a part
/// that is small, or not a list.
pub(crate) fn cut(
    json: &str,
    before: Option<&BTreeMap<String, String>>,
) -> Result<Option<BTreeMap<String, String>>, StoreError> {
    if json.len() < SMALL || !json.trim_start().starts_with('[') {
        return Ok(None);
    }
    let rows: Vec<&str> = raw_rows(json)?.into_iter().map(RawValue::get).collect();
    let places = numbered(&rows, before)?;
    let mut months: BTreeMap<Cow<'_, str>, Rows<'_>> = BTreeMap::new();
    for (place, row) in places.into_iter().zip(rows) {
        let (month, hash) = named(row);
        months.entry(month).or_default().push((place, row, hash));
    }
    let none = BTreeMap::new();
    let known: BTreeSet<&str> = before.unwrap_or(&none).keys().map(String::as_str).collect();
    let mut pieces = BTreeMap::new();
    for (month, rows) in months {
        let name = format!("{month}.");
        let apart = size(&rows) > TOGETHER;
        put(&mut pieces, name, rows, &known, apart);
    }
    Ok(Some(pieces))
}

/// Puts rows into the piece of this name, or into those that it was cut into or has to be.
fn put(
    pieces: &mut BTreeMap<String, String>,
    name: String,
    rows: Rows<'_>,
    known: &BTreeSet<&str>,
    apart: bool,
) {
    let bits = name.len() - name.find('.').map_or(0, |dot| dot + 1);
    let below = |known: &&str| known.len() > name.len() && known.starts_with(&name);
    let was_cut = apart && (known.range(name.as_str()..).take(2)).any(below);
    if bits < MOST_BITS && (was_cut || size(&rows) > PIECE) {
        let bit = |hash: u64| hash >> (u64::BITS as usize - 1 - bits) & 1 == 1;
        let (ones, zeros): (Rows<'_>, Rows<'_>) =
            rows.into_iter().partition(|(_, _, hash)| bit(*hash));
        put(pieces, format!("{name}0"), zeros, known, apart);
        put(pieces, format!("{name}1"), ones, known, apart);
        return;
    }
    if !rows.is_empty() {
        let rows = rows
            .iter()
            .map(|(place, row, _)| format!("[{place},{row}]"));
        let rows: Vec<String> = rows.collect();
        pieces.insert(name, format!("[{}]", rows.join(",")));
    }
}

/// The bytes of a piece with these rows.
fn size(rows: &Rows<'_>) -> usize {
    // A number has a dozen digits at most, and three signs stand around it.
    rows.iter().map(|(_, row, _)| row.len() + 16).sum::<usize>()
}

/// The month of a row, if it has one, and the hash of whose it is.
fn named(row: &str) -> (Cow<'_, str>, u64) {
    let keys: Option<Keys<'_>> = serde_json::from_str(row).ok();
    let (mut month, mut id) = (Cow::Borrowed(""), Cow::Borrowed(""));
    if let Some(keys) = keys {
        month = keys.month.unwrap_or_default();
        id = keys.id.or(keys.customer).unwrap_or_default();
    }
    // It names a piece: whatever somebody writes for a month, it is short and has no second dot.
    if month.contains('.') || month.len() > LONGEST_MONTH {
        month = Cow::Borrowed("");
    }
    let mut hasher = FnvHasher::default();
    hasher.write(id.as_bytes());
    // FNV's first bits differ little between short texts; multiplied, they depend on all of it.
    (month, hasher.finish().wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// The number of each row: its own where it stays, one between its neighbors' where it is new.
fn numbered(
    rows: &[&str],
    before: Option<&BTreeMap<String, String>>,
) -> Result<Vec<i64>, StoreError> {
    let mut known: HashMap<&str, VecDeque<i64>> = HashMap::new();
    for piece in before.into_iter().flat_map(BTreeMap::values) {
        for Row(place, row) in placed::<&RawValue>(piece)? {
            known.entry(row.get()).or_default().push_back(place);
        }
    }
    let mut last = i64::MIN;
    let kept = rows.iter().map(|row| {
        let places = known.get_mut(row)?;
        let place = places.pop_front().filter(|place| *place > last)?;
        last = place;
        Some(place)
    });
    let kept: Vec<Option<i64>> = kept.collect();
    let again = || (1..).take(rows.len()).map(|place: i64| place * STEP);
    Ok(between(&kept).unwrap_or_else(|| again().collect()))
}

/// Numbers for what has none, each between its neighbors'; `None` where there is no room.
fn between(kept: &[Option<i64>]) -> Option<Vec<i64>> {
    let mut places = Vec::with_capacity(kept.len());
    let (mut last, mut open) = (None, 0_i64);
    for next in kept {
        let Some(next) = *next else {
            open += 1;
            continue;
        };
        // Before the first one there is always room.
        let begin = last.unwrap_or(next - (open + 1) * STEP);
        let step = (next - begin) / (open + 1);
        if step == 0 {
            return None;
        }
        places.extend((1..=open).map(|number| begin + number * step));
        places.push(next);
        (last, open) = (Some(next), 0);
    }
    let end = last.unwrap_or(0);
    places.extend((1..=open).map(|number| end + number * STEP));
    Some(places)
}

/// All rows as one list, as it was written.
pub(super) fn joined(pieces: &BTreeMap<String, String>) -> Result<String, StoreError> {
    let rows = in_order::<&RawValue>(pieces)?;
    let mut json = String::with_capacity(pieces.values().map(String::len).sum());
    for Row(_, row) in rows {
        json.push(if json.is_empty() { '[' } else { ',' });
        json.push_str(row.get());
    }
    if json.is_empty() {
        json.push('[');
    }
    json.push(']');
    Ok(json)
}

/// All rows, read.
pub(super) fn rows<T: DeserializeOwned>(
    pieces: &BTreeMap<String, String>,
) -> Result<Vec<T>, StoreError> {
    let rows = in_order::<T>(pieces)?;
    Ok(rows.into_iter().map(|Row(_, row)| row).collect())
}

fn in_order<'p, T: Deserialize<'p>>(
    pieces: &'p BTreeMap<String, String>,
) -> Result<Vec<Row<T>>, StoreError> {
    let mut all = Vec::new();
    for piece in pieces.values() {
        all.append(&mut placed(piece)?);
    }
    all.sort_by_key(|Row(place, _)| *place);
    Ok(all)
}

#[cfg(test)]
mod tests;
