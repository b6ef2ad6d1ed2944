//! Whether the server is alive and ready.

use serde::{Deserialize, Serialize};

/// The answer of `/healthz` and `/readyz`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Health {
    /// `ok`; anything else comes as a problem with status 503.
    pub status: String,
    /// The server's version.
    pub version: String,
}
