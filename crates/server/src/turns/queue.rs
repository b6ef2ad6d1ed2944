//! A queue with a line for each organization, or for each user.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use membership_domain::Id;
use membership_domain::id::Organization;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::refused::{left, others, own, too_many};
use super::room::Held;
use crate::app::Settings;
use crate::http::problem::{Answer, ApiError};

/// So many requests of one organization are under way or wait for each kind of work.
pub(super) const LONGEST_LINE: usize = 64;

/// One kind of work, with a line for each `T`.
#[derive(Debug)]
pub struct Queue<T = Organization> {
    pub(super) lines: Mutex<HashMap<Id<T>, Weak<Line>>>,
    /// Of whom one line is, as refusals say it: "of this organization".
    whose: &'static str,
    /// So many of one line at a time.
    of_each: usize,
    /// So many of all at a time.
    pub(super) all: Arc<Semaphore>,
    /// For so long somebody waits.
    waiting: Duration,
    /// For so long work is done.
    working: Duration,
    /// What is said then.
    late: fn(Duration) -> ApiError,
}

/// Those of one organization.
#[derive(Debug)]
pub(super) struct Line {
    places: Arc<Semaphore>,
    here: AtomicUsize,
}

/// Somebody in a line, until it is dropped.
#[derive(Debug)]
pub struct Here(Arc<Line>);

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
    _held: Option<Held>,
    _here: Here,
}

impl Place {
    /// The same, which also holds what its body takes.
    pub(super) fn with(mut self, held: Option<Held>) -> Self {
        self._held = held;
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

    /// Ends what nobody waits for: between the steps of work.
    pub fn expect(&self) -> Answer<()> {
        self.goes_on().then_some(()).ok_or_else(left)
    }

    /// As it is when nobody waits any more.
    #[cfg(test)]
    pub fn ended() -> Self {
        Self(Arc::new(AtomicBool::new(true)))
    }
}

/// Says so when it is dropped: when the answer is there, the time is over, or the client is gone.
struct Waits(Watch);

impl Drop for Waits {
    fn drop(&mut self) {
        self.0.0.store(true, Ordering::Relaxed);
    }
}

impl<T> Queue<T> {
    /// Nobody is in it. There is a turn for so many of each organization, and of all; `late` says
    /// what is said of work that takes too long.
    pub(super) fn new(
        settings: &Settings,
        whose: &'static str,
        of_each: usize,
        all: usize,
        late: fn(Duration) -> ApiError,
    ) -> Self {
        Self {
            lines: Mutex::default(),
            whose,
            of_each,
            all: Arc::new(Semaphore::new(all)),
            waiting: settings.waiting,
            working: settings.reading,
            late,
        }
    }

    /// Counts somebody of a line who waits for work that another one asked for.
    pub fn here(&self, whose: Id<T>) -> Answer<Here> {
        let line = self.line(whose);
        let before = line.here.fetch_add(1, Ordering::Relaxed);
        let here = Here(line);
        if before >= LONGEST_LINE {
            return Err(too_many(self.whose, LONGEST_LINE));
        }
        Ok(here)
    }

    /// Waits until nobody of the same line is before it.
    pub async fn place(&self, whose: Id<T>) -> Answer<Place> {
        let here = self.here(whose)?;
        let first = Arc::clone(&here.0.places).acquire_owned();
        let first = timeout(self.waiting, first).await;
        let first = first.map_err(|_| own(self.whose, self.waiting))?;
        Ok(Place {
            _first: first.map_err(ApiError::internal)?,
            _held: None,
            _here: here,
        })
    }

    fn line(&self, whose: Id<T>) -> Arc<Line> {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(line) = lines.get(&whose).and_then(Weak::upgrade) {
            return line;
        }
        lines.retain(|_, line| line.strong_count() > 0);
        let line = Arc::new(Line {
            places: Arc::new(Semaphore::new(self.of_each)),
            here: AtomicUsize::new(0),
        });
        lines.insert(whose, Arc::downgrade(&line));
        line
    }

    /// Waits until no other organization is before it.
    pub async fn turn(&self, place: Place) -> Answer<Turn> {
        let turn = Arc::clone(&self.all).acquire_owned();
        let turn = timeout(self.waiting, turn).await.map_err(|_| others())?;
        Ok(Turn {
            _turn: turn.map_err(ApiError::internal)?,
            _place: place,
            working: self.working,
            late: self.late,
        })
    }

    /// Takes every turn that is free.
    #[cfg(test)]
    pub fn take_all(&self) -> Result<OwnedSemaphorePermit, tokio::sync::TryAcquireError> {
        let free = u32::try_from(self.all.available_permits()).unwrap_or(u32::MAX);
        Arc::clone(&self.all).try_acquire_many_owned(free)
    }

    /// Does work off the async threads when its turn comes.
    pub async fn run<R: Send + 'static>(
        &self,
        place: Place,
        work: impl FnOnce(&Watch) -> R + Send + 'static,
    ) -> Answer<R> {
        Ok(self.turn(place).await?.run(work).await?.1)
    }
}

/// A turn, until it is dropped. Who takes much memory does so in their turn only.
#[derive(Debug)]
pub struct Turn {
    _turn: OwnedSemaphorePermit,
    _place: Place,
    working: Duration,
    late: fn(Duration) -> ApiError,
}

impl Turn {
    /// Does work off the async threads, and gives the turn back for more.
    pub async fn run<T: Send + 'static>(
        self,
        work: impl FnOnce(&Watch) -> T + Send + 'static,
    ) -> Answer<(Self, T)> {
        let waits = Waits(Watch::default());
        let watch = waits.0.clone();
        let (working, late) = (self.working, self.late);
        let done = tokio::task::spawn_blocking(move || {
            let done = work(&watch);
            (self, done)
        });
        match timeout(working, done).await {
            Ok(done) => done.map_err(ApiError::internal),
            Err(_) => Err(late(working)),
        }
    }
}
