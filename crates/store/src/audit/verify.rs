//! Whether an export is what was sealed, by the export alone.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::canonical::{FIRST, Hash, canonical, commitment, from_hex, hex, of_entry, of_link};

/// Why a line is not what was sealed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Break {
    /// It is not such a line.
    #[error("not a line of an export: {0}")]
    Unreadable(String),
    /// A line before it is missing or in another place.
    #[error("position {found} where {expected} was expected: a line is missing, added or moved")]
    Position {
        /// What would follow.
        expected: i64,
        /// What it says.
        found: i64,
    },
    /// The entry is not the one that was sealed.
    #[error("the entry was changed since it was sealed")]
    Entry,
    /// The link does not follow the one before it.
    #[error("the hash doesn't follow from the line before it")]
    Link,
    /// A personal value is not the one that was sealed.
    #[error("the personal value at {0} isn't the one that was sealed")]
    Personal(String),
}

#[derive(Deserialize)]
struct Line {
    position: i64,
    entry: Value,
    entry_hash: String,
    hash: String,
    personal: Map<String, Value>,
}

/// Reads a chain line by line.
#[derive(Clone, Debug)]
pub struct Verifier {
    position: i64,
    last: Hash,
}

impl Default for Verifier {
    fn default() -> Self {
        Self {
            position: 0,
            last: FIRST,
        }
    }
}

impl Verifier {
    /// How many lines it has read.
    #[must_use]
    pub fn position(&self) -> i64 {
        self.position
    }

    /// The hash of the last one, in hexadecimal signs.
    #[must_use]
    pub fn head(&self) -> String {
        hex(&self.last)
    }

    /// Reads the next line. After a [`Break`] there is nothing to go on with.
    pub fn take(&mut self, line: &str) -> Result<(), Break> {
        let line = serde_json::from_str::<Line>(line);
        let line = line.map_err(|error| Break::Unreadable(error.to_string()))?;
        let expected = self.position + 1;
        if line.position != expected {
            let found = line.position;
            return Err(Break::Position { expected, found });
        }
        let entry = of_entry(&canonical(&line.entry));
        if !line.entry.is_object() || from_hex(&line.entry_hash) != Some(entry) {
            return Err(Break::Entry);
        }
        let link = of_link(&self.last, &entry);
        if from_hex(&line.hash) != Some(link) {
            return Err(Break::Link);
        }
        for (place, beside) in &line.personal {
            let stands = line.entry.pointer(place);
            if stands.is_none() || expected_at(beside).as_ref() != stands {
                return Err(Break::Personal(place.clone()));
            }
        }
        (self.position, self.last) = (expected, link);
        Ok(())
    }
}

/// What the entry has in place of a value, if it is one with its salt.
fn expected_at(beside: &Value) -> Option<Value> {
    let text = |name| beside.get(name).and_then(Value::as_str);
    Some(commitment(&from_hex(text("salt")?)?, text("value")?))
}
