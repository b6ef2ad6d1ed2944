//! Whose turn it is: work that takes long or much memory, in a queue that is fair between
//! organizations.
//!
//! An organization has a line of its own, and only who is first in a line waits with those of the
//! other lines, so that many files of one delay another's by one at most. Work is done off the
//! async threads and keeps its place until it has really ended, also where nobody waits for it any
//! more: it is told so, and stops where it looks.

mod queue;

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{StatusCode, header};
use chrono::{DateTime, Utc};
use membership_contract::problem::code;
use tokio::sync::Semaphore;
use tokio::time::timeout;
use uuid::Uuid;

use crate::app::Settings;
use crate::http::body::Unread;
use crate::http::problem::{Answer, Refused};
use crate::limiter::Limiter;
use crate::tries::seconds;
pub use queue::{Place, Queue, Watch};
use queue::{Room, busy, too_slow};

/// Bodies of files and evidence that are in memory at a time, in KiB: eight of the largest files.
const ROOM: usize = 256 * 1024;

/// Bodies up to so many bytes are received at once: what a form can fill.
const SMALL: usize = 64 * 1024;

/// Large answers that are sent to one organization at a time.
const ANSWERS: usize = 4;

/// The kinds of work, the memory that they share, and how often evidence may be written.
#[derive(Debug)]
pub struct Turns {
    /// Reading files and writing evidence: one at a time for each organization.
    pub files: Queue,
    /// Assessing and listing what is there: moments, but many of them.
    pub looks: Queue,
    /// Evidence, assessments and tables on their way to clients: they take memory until they are
    /// sent.
    pub answers: Queue,
    /// Large bodies in memory, from when they are received until they are read.
    large: Queue,
    room: Arc<Semaphore>,
    imports: Limiter<Uuid>,
    waiting: Duration,
}

impl Turns {
    /// Nothing is under way.
    pub fn new(settings: &Settings) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let queue = |of_each, all, late| Queue::new(settings, of_each, all, late);
        Self {
            // Half of the processors are left for others; each file takes many times its size.
            files: queue(1, (processors / 2).clamp(1, 4), too_slow),
            looks: queue(2, processors.max(2), |_| busy()),
            answers: queue(ANSWERS, 1, |_| busy()),
            // Two, so that one on a slow line does not keep a colleague waiting.
            large: queue(2, 1, |_| busy()),
            room: Arc::new(Semaphore::new(ROOM)),
            imports: Limiter::new(settings.imports),
            waiting: settings.waiting,
        }
    }

    /// A place for evidence to write.
    pub async fn place(&self, organization: Uuid, now: DateTime<Utc>) -> Answer<Place> {
        self.count(organization, now)?;
        self.files.place(organization).await
    }

    /// The same with a body. A large one is received when there is room for it, and not before.
    pub async fn receive(
        &self,
        organization: Uuid,
        now: DateTime<Utc>,
        sent: Unread,
    ) -> Answer<(Place, Bytes)> {
        let most = sent.most();
        let room = async {
            self.count(organization, now)?;
            self.room(organization, most).await
        };
        let room = match room.await {
            Ok(room) => room,
            Err(refused) => {
                // Who is still sending would not hear the answer.
                sent.discard().await;
                return Err(refused);
            }
        };
        let bytes = sent.bytes().await?;
        let place = self.files.place(organization).await?;
        Ok((place.with(room), bytes))
    }

    fn count(&self, organization: Uuid, now: DateTime<Utc>) -> Answer<()> {
        let counted = self.imports.take(&organization, now);
        counted.map(|_| ()).map_err(|exhausted| {
            let (most, wait) = (self.imports.quota().burst, seconds(exhausted.retry_in));
            let detail = format!(
                "This organization had {most} files read or changes of its evidence made within \
                 an hour, and cannot have more. Nothing was changed. Wait {wait} seconds and try \
                 again."
            );
            Refused::new(StatusCode::TOO_MANY_REQUESTS, code::TOO_MANY, detail)
                .with_header(header::RETRY_AFTER, &wait.to_string())
        })
    }

    /// Memory for a body of so many bytes; small ones are received like forms.
    async fn room(&self, organization: Uuid, bytes: usize) -> Answer<Option<Room>> {
        if bytes <= SMALL {
            return Ok(None);
        }
        let place = self.large.place(organization).await?;
        let size = u32::try_from(bytes.div_ceil(1024)).unwrap_or(u32::MAX);
        let taken = Arc::clone(&self.room).acquire_many_owned(size);
        let taken = timeout(self.waiting, taken).await.map_err(|_| busy())?;
        let taken = taken.map_err(Refused::internal)?;
        Ok(Some(Room::new(place, taken)))
    }
}

#[cfg(test)]
mod tests;
