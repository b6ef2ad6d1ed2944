//! What was imported, so that it can be taken back.

use membership_contract::import::Import;
use membership_import::Changes;
use serde::{Deserialize, Serialize};

/// Everything beside the evidence itself that is kept.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct History {
    /// Counts the states of the evidence.
    pub revision: u64,
    /// Oldest first.
    pub imports: Vec<Imported>,
}

/// One import and what it changed.
#[derive(Serialize, Deserialize)]
pub(crate) struct Imported {
    pub import: Import,
    pub changes: Changes,
}
