//! PartnerIDs: the numbers that people quote, one for each organization and each location.

use membership_store::{Store, StoreError, partner_ids};

use crate::http::problem::ApiError;
use crate::random::{self, NoRandomness};

/// Free PartnerIDs are so many that a second draw is rare, and a tenth means that none is left.
const DRAWS: usize = 10;

/// Why there is no PartnerID to give.
#[derive(Debug, thiserror::Error)]
pub enum NoPartnerId {
    /// See [`StoreError`].
    #[error(transparent)]
    Store(#[from] StoreError),
    /// See [`NoRandomness`].
    #[error(transparent)]
    Random(#[from] NoRandomness),
    /// All that were drawn are taken.
    #[error("no free PartnerID found")]
    AllTaken,
}

impl From<NoPartnerId> for ApiError {
    fn from(error: NoPartnerId) -> Self {
        match error {
            NoPartnerId::Store(error) => error.into(),
            other => Self::internal(other),
        }
    }
}

/// A PartnerID that nobody has. It is only taken with the organization or location that gets it: of
/// two that draw the same one at the same moment, the second is refused then.
pub async fn free(store: &Store) -> Result<String, NoPartnerId> {
    for _ in 0..DRAWS {
        let drawn = random::partner_id()?;
        if partner_ids::owner(store.db(), &drawn).await?.is_none() {
            return Ok(drawn);
        }
    }
    Err(NoPartnerId::AllTaken)
}
