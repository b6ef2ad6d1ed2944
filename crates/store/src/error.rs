//! What can go wrong in the store.

use sea_orm::sqlx::Error as SqlxError;
use sea_orm::sqlx::error::DatabaseError;
use sea_orm::sqlx::sqlite::SqliteError;
use sea_orm::{DbErr, RuntimeErr, SqlErr};

use crate::Tables;

/// Why the store did not do what was asked. Nothing was changed then, but for
/// [`StoreError::Uncertain`].
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such thing.
    #[error("not found: {0}")]
    NotFound(&'static str),
    /// It was changed since the revision that the caller knows.
    #[error("stale revision: expected {expected}, found {found}")]
    Stale {
        /// What the caller knew.
        expected: i64,
        /// What it is.
        found: i64,
    },
    /// Another row has this value, which must be unique.
    #[error("duplicate: {0}")]
    Duplicate(String),
    /// Another organization or location has this PartnerID.
    #[error("the PartnerID {0} is taken")]
    PartnerIdTaken(String),
    /// An account of the program owner's people, which is nobody's member.
    #[error("an operator's account can't be a member of an organization")]
    Operator,
    /// A stored value that this version cannot read.
    #[error("unreadable {what}: {value}")]
    Unreadable {
        /// Which kind of value.
        what: &'static str,
        /// The value as stored.
        value: String,
    },
    /// The database does not answer, or not in time.
    #[error("database unavailable: {0}")]
    Unavailable(#[source] DbErr),
    /// The database went away while it was asked to keep a write: nobody knows whether it did.
    #[error("database unavailable while committing: {0}")]
    Uncertain(#[source] DbErr),
    /// A transaction that something else still holds, which is a fault of the program.
    #[error("the transaction is still in use")]
    Kept,
    /// An audit entry with a personal value and nothing to hide it, which is a fault of the program.
    #[error("an audit entry with a personal value has no salt")]
    Unsalted,
    /// Anything else that the database says.
    #[error("database: {0}")]
    Database(#[source] DbErr),
    /// The tables are not those of this program, and it cannot make them so.
    #[error("{0}")]
    Tables(Tables),
    /// The address of the database is not one.
    #[error("database URL: {0}")]
    Url(String),
}

impl StoreError {
    /// Whether the same write can succeed when it is done again from its beginning: another one was
    /// in its way. The database undid all of it, so nothing is done twice. A lost connection is not
    /// of these, because a commit whose answer was lost may have been kept.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        let (Self::Unavailable(error) | Self::Database(error)) = self else {
            return false;
        };
        let Some(said) = said(error).and_then(SqlxError::as_database_error) else {
            return false;
        };
        // PostgreSQL: a serialization failure, a deadlock.
        is_busy(said) || matches!(said.code().as_deref(), Some("40001" | "40P01"))
    }
}

impl StoreError {
    /// The same, of a commit.
    pub(crate) fn uncertain(self) -> Self {
        match self {
            Self::Unavailable(reason) => Self::Uncertain(reason),
            other => other,
        }
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        if let Some(SqlErr::UniqueConstraintViolation(what)) = error.sql_err() {
            return Self::Duplicate(what);
        }
        match error {
            DbErr::Conn(_) | DbErr::ConnectionAcquire(_) => Self::Unavailable(error),
            other if said(&other).is_some_and(is_connection_loss) => Self::Unavailable(other),
            other => Self::Database(other),
        }
    }
}

/// What the database itself said, or the driver about it.
fn said(error: &DbErr) -> Option<&SqlxError> {
    match error {
        DbErr::Exec(RuntimeErr::SqlxError(inner))
        | DbErr::Query(RuntimeErr::SqlxError(inner))
        | DbErr::Conn(RuntimeErr::SqlxError(inner)) => Some(inner),
        _ => None,
    }
}

fn is_connection_loss(error: &SqlxError) -> bool {
    match error {
        SqlxError::Io(_)
        | SqlxError::PoolTimedOut
        | SqlxError::PoolClosed
        | SqlxError::WorkerCrashed => true,
        // PostgreSQL class 57P: the server shuts down.
        SqlxError::Database(said) => {
            is_busy(&**said) || said.code().is_some_and(|code| code.starts_with("57P"))
        }
        _ => false,
    }
}

/// Whether another writer holds SQLite's file: code 5 in each of its forms, of which the upper bits
/// tell why.
fn is_busy(said: &dyn DatabaseError) -> bool {
    let sqlite = said.try_downcast_ref::<SqliteError>();
    let code = sqlite.and_then(|error| error.code()?.parse::<u32>().ok());
    code.is_some_and(|code| code & 0xff == 5)
}
