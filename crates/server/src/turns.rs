//! Whose turn it is: work that takes long or much memory, in a queue that is fair between
//! organizations.
//!
//! An organization has a line of its own, and only who is first in a line waits with those of the
//! other lines, so that many files of one delay another's by one at most. Work is done off the
//! async threads and keeps its place until it has really ended, also where nobody waits for it any
//! more: it is told so, and stops where it looks.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{StatusCode, header};
use chrono::{DateTime, Utc};
use membership_contract::problem::{FieldError, code};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;
use uuid::Uuid;

use crate::app::Settings;
use crate::http::body::Unread;
use crate::http::problem::{Answer, Refused};
use crate::limiter::Limiter;
use crate::tries::seconds;

/// Bodies of files and evidence that are in memory at a time, in KiB: eight of the largest files.
const ROOM: usize = 256 * 1024;

/// Bodies up to so many bytes are received at once: what a form can fill.
const SMALL: usize = 64 * 1024;

/// Answers with evidence that are sent to one organization at a time.
const ANSWERS: usize = 4;

/// So many requests of one organization are under way or wait for each kind of work.
const LONGEST_LINE: usize = 64;

/// The kinds of work, the memory that they share, and how often evidence may be written.
#[derive(Debug)]
pub struct Turns {
    /// Reading files and writing evidence: one at a time for each organization.
    pub files: Queue,
    /// Assessing and listing what is there: moments, but many of them.
    pub looks: Queue,
    /// Evidence as JSON on its way to clients: reading takes nothing, but memory until it is sent.
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
        let queue = |of_each, all, late: fn(Duration) -> Refused| Queue {
            lines: Mutex::default(),
            of_each,
            all: Arc::new(Semaphore::new(all)),
            waiting: settings.waiting,
            working: settings.reading,
            late,
        };
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
        let mut place = self.files.place(organization).await?;
        place.room = room;
        Ok((place, bytes))
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
        Ok(Some(Room {
            _place: Box::new(place),
            _taken: taken.map_err(Refused::internal)?,
        }))
    }
}

/// One kind of work.
#[derive(Debug)]
pub struct Queue {
    lines: Mutex<HashMap<Uuid, Weak<Line>>>,
    /// So many of one organization at a time.
    of_each: usize,
    /// So many of all at a time.
    all: Arc<Semaphore>,
    /// For so long somebody waits.
    waiting: Duration,
    /// For so long work is done.
    working: Duration,
    /// What is said then.
    late: fn(Duration) -> Refused,
}

/// Those of one organization.
#[derive(Debug)]
struct Line {
    places: Arc<Semaphore>,
    here: AtomicUsize,
}

/// Somebody in a line.
#[derive(Debug)]
struct Here(Arc<Line>);

impl Drop for Here {
    fn drop(&mut self) {
        self.0.here.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A place among those whose turn it is, until it is dropped.
#[derive(Debug)]
pub struct Place {
    _first: OwnedSemaphorePermit,
    /// What its body takes.
    room: Option<Room>,
    _here: Here,
}

/// Memory for a large body, until it is dropped.
#[derive(Debug)]
struct Room {
    _place: Box<Place>,
    _taken: OwnedSemaphorePermit,
}

/// Says to work whether somebody still waits for it.
#[derive(Clone, Debug, Default)]
pub struct Watch(Arc<AtomicBool>);

impl Watch {
    /// Whether to go on.
    pub fn goes_on(&self) -> bool {
        !self.0.load(Ordering::Relaxed)
    }
}

/// Says so when it is dropped: when the answer is there, the time is over, or the client is gone.
struct Waits(Watch);

impl Drop for Waits {
    fn drop(&mut self) {
        self.0.0.store(true, Ordering::Relaxed);
    }
}

impl Queue {
    /// Waits until nobody of the same organization is before it.
    pub async fn place(&self, organization: Uuid) -> Answer<Place> {
        let line = self.line(organization);
        let before = line.here.fetch_add(1, Ordering::Relaxed);
        let here = Here(Arc::clone(&line));
        if before >= LONGEST_LINE {
            let detail = format!(
                "{LONGEST_LINE} requests of this organization wait already. Nothing was changed. \
                 Try again when they are answered."
            );
            let status = StatusCode::TOO_MANY_REQUESTS;
            let refused = Refused::new(status, code::TOO_MANY, detail);
            return Err(refused.with_header(header::RETRY_AFTER, "10"));
        }
        let first = Arc::clone(&line.places).acquire_owned();
        let first = timeout(self.waiting, first).await.map_err(|_| busy())?;
        Ok(Place {
            _first: first.map_err(Refused::internal)?,
            room: None,
            _here: here,
        })
    }

    fn line(&self, organization: Uuid) -> Arc<Line> {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(line) = lines.get(&organization).and_then(Weak::upgrade) {
            return line;
        }
        lines.retain(|_, line| line.strong_count() > 0);
        let line = Arc::new(Line {
            places: Arc::new(Semaphore::new(self.of_each)),
            here: AtomicUsize::new(0),
        });
        lines.insert(organization, Arc::downgrade(&line));
        line
    }

    /// Does work off the async threads when its turn comes, and gives the place back for more.
    pub async fn run<T: Send + 'static>(
        &self,
        place: Place,
        work: impl FnOnce(&Watch) -> T + Send + 'static,
    ) -> Answer<(Place, T)> {
        let turn = Arc::clone(&self.all).acquire_owned();
        let turn = timeout(self.waiting, turn).await.map_err(|_| busy())?;
        let turn = turn.map_err(Refused::internal)?;
        let waits = Waits(Watch::default());
        let watch = waits.0.clone();
        let done = tokio::task::spawn_blocking(move || {
            let done = work(&watch);
            drop(turn);
            (place, done)
        });
        match timeout(self.working, done).await {
            Ok(done) => done.map_err(Refused::internal),
            Err(_) => Err((self.late)(self.working)),
        }
    }
}

/// 503: others are first for too long.
fn busy() -> Refused {
    let detail = "The server is busy with files of others, so nothing was changed. Try again in a \
                  minute.";
    Refused::new(StatusCode::SERVICE_UNAVAILABLE, code::BUSY, detail)
        .with_header(header::RETRY_AFTER, "60")
}

/// 422, because it is what was sent that takes too long.
fn too_slow(limit: Duration) -> Refused {
    let detail = format!(
        "This took longer than {} seconds and was stopped, because others wait too. Send fewer \
         rows at a time.",
        limit.as_secs_f32()
    );
    Refused::invalid(vec![FieldError::new("", "too_slow", detail)])
}

#[cfg(test)]
mod tests;
