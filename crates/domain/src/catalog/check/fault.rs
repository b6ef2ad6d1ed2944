//! A fault of a catalog, as data.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Something in the catalog that cannot be: where, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Fault {
    /// The file, below the catalog's folder: `scores/security.toml`.
    pub file: String,
    /// The place in it: a key such as `tracks[0].metrics[2].rules[1].max`, counted from zero; in
    /// `metrics.toml` with the metric's id, `metrics.azure-net-adds.rules[0].max`; or a line and a
    /// column, where the file could not be read at all.
    pub key: String,
    /// What is wrong there, and what would be right.
    pub reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.file, self.key, self.reason)
    }
}
