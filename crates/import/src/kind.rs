//! What sort of export a file is.

use serde::{Deserialize, Serialize};

/// What sort of export a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ImportKind))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Training completions: who holds which certificate.
    Certificates,
    /// Customers and what they use, by month.
    Usage,
    /// Evidence as JSON: docs/EVIDENCE.md.
    Evidence,
}
