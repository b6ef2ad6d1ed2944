//! Faults that a test has the next writes of a store meet.

use std::borrow::Cow;
use std::error::Error;
use std::sync::atomic::{AtomicU32, Ordering};

use sea_orm::sqlx::error::{DatabaseError, ErrorKind};
use sea_orm::{DbErr, RuntimeErr};

use crate::StoreError;

/// Faults that the next writes of a store meet, as a database under load or a line that breaks
/// makes them.
#[derive(Debug, Default)]
pub struct Faults {
    overtaken: AtomicU32,
    unanswered: AtomicU32,
    broken: AtomicU32,
}

impl Faults {
    /// So many commits are undone, as after a serialization failure.
    pub fn overtake(&self, many: u32) {
        self.overtaken.store(many, Ordering::SeqCst);
    }

    /// The answers to so many commits are lost; what they wrote is kept.
    pub fn lose_answers(&self, many: u32) {
        self.unanswered.store(many, Ordering::SeqCst);
    }

    /// So many commits never reach the database, as where the server dies just before: what they
    /// wrote is undone, and nobody begins them again.
    pub fn lose_writes(&self, many: u32) {
        self.broken.store(many, Ordering::SeqCst);
    }

    pub(crate) fn before_commit(&self) -> Result<(), StoreError> {
        let lost = || DbErr::Conn(RuntimeErr::Internal("a test".to_owned()));
        if take(&self.broken) {
            return Err(StoreError::Unavailable(lost()));
        }
        match take(&self.overtaken) {
            true => Err(overtaken().into()),
            false => Ok(()),
        }
    }

    pub(crate) fn after_commit(&self) -> Result<(), StoreError> {
        let lost = || DbErr::Conn(RuntimeErr::Internal("a test".to_owned()));
        match take(&self.unanswered) {
            true => Err(StoreError::Unavailable(lost())),
            false => Ok(()),
        }
    }
}

/// A serialization failure, as PostgreSQL says it.
#[derive(Debug)]
struct Overtaken;

impl std::fmt::Display for Overtaken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.message())
    }
}

impl Error for Overtaken {}

impl DatabaseError for Overtaken {
    fn message(&self) -> &'static str {
        "could not serialize access"
    }

    fn code(&self) -> Option<Cow<'_, str>> {
        Some("40001".into())
    }

    fn as_error(&self) -> &(dyn Error + Send + Sync + 'static) {
        self
    }

    fn as_error_mut(&mut self) -> &mut (dyn Error + Send + Sync + 'static) {
        self
    }

    fn into_error(self: Box<Self>) -> Box<dyn Error + Send + Sync + 'static> {
        self
    }

    fn kind(&self) -> ErrorKind {
        ErrorKind::Other
    }
}

fn overtaken() -> DbErr {
    let said = sea_orm::sqlx::Error::Database(Box::new(Overtaken));
    DbErr::Query(RuntimeErr::SqlxError(said.into()))
}

fn take(left: &AtomicU32) -> bool {
    let one_less = |many: u32| many.checked_sub(1);
    let taken = left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less);
    taken.is_ok()
}
