//! Memory that everybody shares: for bodies on their way in, and for answers on their way out.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, TryAcquireError};
use tokio::time::timeout;

use super::queue::Place;
use super::refused::others;
use crate::http::problem::{Answer, ApiError};

/// Up to so many bytes are not counted: what a form can fill.
pub(super) const SMALL: usize = 64 * 1024;

/// A body takes so many bytes at a time as it arrives. A slow line has 46 seconds for them, so who
/// stalls lets go before those who wait give up.
pub(super) const STEP: usize = 1024 * 1024;

/// Memory, counted in KiB.
#[derive(Debug)]
pub(super) struct Room {
    left: Arc<Semaphore>,
    waiting: Duration,
}

/// What a large body takes, with its places among the others, until it is dropped.
#[derive(Debug)]
pub(super) struct Held {
    _places: Vec<Place>,
    taken: Option<OwnedSemaphorePermit>,
}

impl Held {
    /// Nothing yet.
    pub fn new(places: [Place; 2]) -> Self {
        Self {
            _places: places.into(),
            taken: None,
        }
    }
}

impl Room {
    /// So many KiB, for which somebody waits so long.
    pub fn new(size: usize, waiting: Duration) -> Self {
        let left = Arc::new(Semaphore::new(size));
        Self { left, waiting }
    }

    /// Takes so many bytes in all, when they are there.
    pub async fn wait_for(&self, held: &mut Held, bytes: usize) -> Answer<()> {
        let known = held.taken.as_ref().map_or(0, |taken| taken.num_permits());
        let more = (kib(bytes) as usize).saturating_sub(known);
        let more = u32::try_from(more).map_err(ApiError::internal)?;
        let more = Arc::clone(&self.left).acquire_many_owned(more);
        let more = timeout(self.waiting, more).await.map_err(|_| others())?;
        let more = more.map_err(ApiError::internal)?;
        match &mut held.taken {
            Some(taken) => taken.merge(more),
            none => *none = Some(more),
        }
        Ok(())
    }

    /// Takes so many bytes if they are there. Nothing is taken for a small answer.
    pub fn left_for(&self, bytes: usize) -> Result<Option<OwnedSemaphorePermit>, TryAcquireError> {
        if bytes <= SMALL {
            return Ok(None);
        }
        let left = Arc::clone(&self.left);
        left.try_acquire_many_owned(kib(bytes)).map(Some)
    }

    /// KiB that are left.
    #[cfg(test)]
    pub fn left(&self) -> usize {
        self.left.available_permits()
    }
}

fn kib(bytes: usize) -> u32 {
    u32::try_from(bytes.div_ceil(1024)).unwrap_or(u32::MAX)
}
