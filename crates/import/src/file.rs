//! Evidence as JSON in parts and rows, each with its line and place.

use std::borrow::Cow;
use std::collections::BTreeMap;

use membership_domain::text::shown;

use crate::fault::{FileFault, Problem, Reason};
use crate::json;
use crate::lines;
use crate::parts::Row;
use crate::shape::list_for_object;

/// What belongs to the organization, and is no evidence that a file could bring.
pub(crate) const PROFILE: &str = "profile";

/// By part and place in it: none where all of the part is refused.
pub(crate) type Refused = BTreeMap<At, Problem>;

/// A part, and a place in it.
pub(crate) type At = (Cow<'static, str>, Option<usize>);

/// The parts of a document, by name, as they stand in its text.
pub(crate) struct File<'t> {
    pub parts: BTreeMap<String, &'t str>,
    /// Where lines end, in bytes.
    ends: Vec<usize>,
    start: usize,
}

impl<'t> File<'t> {
    pub fn read(text: &'t str) -> Result<Self, FileFault> {
        let mut file = File {
            parts: BTreeMap::new(),
            ends: lines::ends(text),
            start: text.as_ptr().addr(),
        };
        let fields = json::fields(text).map_err(|error| FileFault::NotJson {
            line: file.line_at(json::place(text, &error)),
            detail: said(&error),
        })?;
        for (name, part) in fields.unwrap_or_default() {
            if file.parts.contains_key(&name) {
                return Err(FileFault::NotJson {
                    line: file.line(part),
                    detail: format!("\u{201c}{name}\u{201d} stands there twice"),
                });
            }
            file.parts.insert(name, part);
        }
        Ok(file)
    }

    /// The line on which a piece of the text begins, from 1.
    pub fn line(&self, piece: &str) -> u64 {
        self.line_at(piece.as_ptr().addr() - self.start)
    }

    fn line_at(&self, at: usize) -> u64 {
        1 + self.ends.partition_point(|end| *end < at) as u64
    }

    /// The rows of a part as they stand there; none of a part that is left out.
    pub fn rows(&self, part: &str) -> Result<Vec<&'t str>, Problem> {
        let Some(raw) = self.parts.get(part) else {
            return Ok(Vec::new());
        };
        let none = || problem(part, None, self.line(raw), String::new(), Reason::NoList);
        json::rows(raw).ok_or_else(none)
    }

    /// How many rows all parts have together.
    pub fn rows_in_all(&self) -> usize {
        self.parts.values().map(|raw| json::count(raw)).sum()
    }

    /// A row as it is read; `index` is its place in its part.
    pub fn row<R: Row>(&self, index: usize, raw: &str) -> Result<R, Problem> {
        let refused = |line, value, detail| {
            let reason = Reason::NotReadable { detail };
            problem(R::PART, Some(index), line, value, reason)
        };
        match serde_json::from_str::<R>(raw) {
            Ok(row) if is_named(raw, &row) => Ok(row),
            Ok(_) => {
                let detail = "invalid type: sequence, expected an object with names";
                Err(refused(self.line(raw), String::new(), detail.to_owned()))
            }
            Err(error) => {
                let at = raw.as_ptr().addr() - self.start + json::place(raw, &error);
                let line = self.line_at(at);
                let (place, inside) = json::stopped(raw, &error);
                let mut problem = refused(line, plain(inside), said(&error));
                problem.column = problem.column.map(|column| column + &place);
                Err(problem)
            }
        }
    }
}

/// A value as a person would write it; of lists and objects nothing.
fn plain(value: &str) -> String {
    if value.starts_with(['{', '[']) {
        return String::new();
    }
    let text = serde_json::from_str::<String>(value);
    shown(text.as_deref().unwrap_or(value))
}

fn is_named<R: Row>(raw: &str, row: &R) -> bool {
    if !raw.contains('[') {
        return true;
    }
    let given = serde_json::from_str(raw);
    given.is_ok_and(|given| list_for_object(&given, row).is_none())
}

/// Why a row is refused, or a whole part where it has no place in it.
pub(crate) fn problem(
    part: &str,
    index: Option<usize>,
    line: u64,
    value: String,
    reason: Reason,
) -> Problem {
    let column = match index {
        Some(index) => format!("/{part}/{index}"),
        None => format!("/{part}"),
    };
    Problem {
        line,
        column: Some(column),
        value,
        reason,
    }
}

/// What is wrong, without the place: that is given apart, and for the whole file.
fn said(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let short = text.split(" at line ").next().unwrap_or_default();
    short.to_owned()
}
