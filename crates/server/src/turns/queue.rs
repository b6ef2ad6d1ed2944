//! A queue with a line for each organization.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use axum::http::{StatusCode, header};
use membership_contract::problem::{FieldError, code};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;
use uuid::Uuid;

use crate::app::Settings;
use crate::http::problem::{Answer, Refused};

/// So many requests of one organization are under way or wait for each kind of work.
pub(super) const LONGEST_LINE: usize = 64;

/// One kind of work.
#[derive(Debug)]
pub struct Queue {
    pub(super) lines: Mutex<HashMap<Uuid, Weak<Line>>>,
    /// So many of one organization at a time.
    of_each: usize,
    /// So many of all at a time.
    pub(super) all: Arc<Semaphore>,
    /// For so long somebody waits.
    waiting: Duration,
    /// For so long work is done.
    working: Duration,
    /// What is said then.
    late: fn(Duration) -> Refused,
}

/// Those of one organization.
#[derive(Debug)]
pub(super) struct Line {
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
pub struct Room {
    _place: Box<Place>,
    _taken: OwnedSemaphorePermit,
}

impl Room {
    /// What was taken, with its place among those who take much.
    pub(super) fn new(place: Place, taken: OwnedSemaphorePermit) -> Self {
        Self {
            _place: Box::new(place),
            _taken: taken,
        }
    }
}

impl Place {
    /// The same, which also holds what its body takes.
    pub(super) fn with(mut self, room: Option<Room>) -> Self {
        self.room = room;
        self
    }
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
    /// Nobody is in it. There is a turn for so many of each organization, and of all; `late` says
    /// what is said of work that takes too long.
    pub(super) fn new(
        settings: &Settings,
        of_each: usize,
        all: usize,
        late: fn(Duration) -> Refused,
    ) -> Self {
        Self {
            lines: Mutex::default(),
            of_each,
            all: Arc::new(Semaphore::new(all)),
            waiting: settings.waiting,
            working: settings.reading,
            late,
        }
    }

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
pub(super) fn busy() -> Refused {
    let detail = "The server is busy with files of others, so nothing was changed. Try again in a \
                  minute.";
    Refused::new(StatusCode::SERVICE_UNAVAILABLE, code::BUSY, detail)
        .with_header(header::RETRY_AFTER, "60")
}

/// 422, because it is what was sent that takes too long.
pub(super) fn too_slow(limit: Duration) -> Refused {
    let detail = format!(
        "This took longer than {} seconds and was stopped, because others wait too. Send fewer \
         rows at a time.",
        limit.as_secs_f32()
    );
    Refused::invalid(vec![FieldError::new("", "too_slow", detail)])
}
