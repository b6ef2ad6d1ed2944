//! Lists of evidence as JSON, and their rows in pieces of it.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::StoreError;

/// A row with its place in the list.
#[derive(Deserialize)]
pub(super) struct Row<T>(pub i64, pub T);

/// The rows of a list, each as it was written.
pub(super) fn raw_rows(json: &str) -> Result<Vec<&RawValue>, StoreError> {
    serde_json::from_str(json).map_err(|error| unreadable(&error))
}

/// The rows of a piece, each with its place.
pub(super) fn placed<'p, T: Deserialize<'p>>(piece: &'p str) -> Result<Vec<Row<T>>, StoreError> {
    serde_json::from_str(piece).map_err(|error| unreadable(&error))
}

pub(super) fn unreadable(error: &serde_json::Error) -> StoreError {
    StoreError::Unreadable {
        what: "evidence",
        value: error.to_string(),
    }
}
