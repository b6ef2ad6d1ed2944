//! A part of evidence as it is stored: one text, or the pieces of a large list.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use super::json::unreadable;
use super::pieces;
use crate::StoreError;

/// A part as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// 1 at first; one more with every write. A part that was never written has 0.
    pub revision: i64,
    pub(super) content: Content,
}

/// What a part has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// JSON as it was written.
    Whole(String),
    /// A list in pieces, by name: see [`pieces`].
    Pieces(BTreeMap<String, String>),
}

/// What a write makes of a part.
#[derive(Clone, Debug)]
pub struct Change {
    /// The revision that it was made from.
    pub(super) from: i64,
    /// All of the part, as it is then.
    pub(super) document: Document,
    /// The names of the pieces that are written, where there are any.
    pub(super) written: Vec<String>,
    /// The names of the pieces that go.
    pub(super) gone: Vec<String>,
}

impl Document {
    /// The part as it was written: every row with its bytes, in the order that it had.
    ///
    /// # Errors
    /// Pieces that something else than this program wrote.
    pub fn json(&self) -> Result<Cow<'_, str>, StoreError> {
        match &self.content {
            Content::Whole(json) => Ok(Cow::Borrowed(json)),
            Content::Pieces(pieces) => pieces::joined(pieces).map(Cow::Owned),
        }
    }

    /// The rows of a part that is a list, in their order, without joining them as text before.
    ///
    /// # Errors
    /// Rows of another form.
    pub fn rows<T: DeserializeOwned>(&self) -> Result<Vec<T>, StoreError> {
        match &self.content {
            Content::Whole(json) => serde_json::from_str(json).map_err(|error| unreadable(&error)),
            Content::Pieces(pieces) => pieces::rows(pieces),
        }
    }

    /// The bytes that it takes.
    #[must_use]
    pub fn size(&self) -> usize {
        match &self.content {
            Content::Whole(json) => json.len(),
            Content::Pieces(pieces) => pieces.values().map(String::len).sum(),
        }
    }
}

impl Change {
    /// What is to be written so that a part has this JSON; `known` is what it has. Takes long where
    /// there is much, and nobody has to wait for it: the write itself finds out whether the part is
    /// still as it is known here.
    ///
    /// # Errors
    /// JSON, or pieces, that cannot be read.
    pub fn between(known: Option<&Document>, json: String) -> Result<Self, StoreError> {
        let before = match known.map(|known| &known.content) {
            Some(Content::Pieces(before)) => Some(before),
            Some(Content::Whole(_)) | None => None,
        };
        let (mut written, mut gone) = (Vec::new(), Vec::new());
        let content = match pieces::cut(&json, before)? {
            None => Content::Whole(json),
            Some(after) => {
                let none = BTreeMap::new();
                let before = before.unwrap_or(&none);
                let other = |(name, piece): &(&String, &String)| before.get(*name) != Some(*piece);
                written.extend(after.iter().filter(other).map(|(name, _)| name.clone()));
                let left = before.keys().filter(|name| !after.contains_key(*name));
                gone.extend(left.cloned());
                Content::Pieces(after)
            }
        };
        let from = known.map_or(0, |known| known.revision);
        Ok(Self {
            from,
            document: Document {
                revision: from + 1,
                content,
            },
            written,
            gone,
        })
    }

    /// The part's revision once this is written.
    #[must_use]
    pub fn revision(&self) -> i64 {
        self.document.revision
    }

    /// The part as it is once this is written.
    #[must_use]
    pub fn into_document(self) -> Document {
        self.document
    }

    /// The bytes of evidence that are written.
    #[must_use]
    pub fn bytes(&self) -> usize {
        match &self.document.content {
            Content::Whole(json) => json.len(),
            Content::Pieces(pieces) => {
                let written = self.written.iter();
                let sizes = written.filter_map(|name| pieces.get(name));
                sizes.map(String::len).sum()
            }
        }
    }
}
