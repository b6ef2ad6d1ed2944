//! What can go wrong in the store.

use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// Why the store did not do what was asked. Nothing was changed then.
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
    /// Anything else that the database says.
    #[error("database: {0}")]
    Database(#[source] DbErr),
    /// The address of the database is not one.
    #[error("database URL: {0}")]
    Url(String),
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        if let Some(SqlErr::UniqueConstraintViolation(what)) = error.sql_err() {
            return Self::Duplicate(what);
        }
        match error {
            DbErr::Conn(_) | DbErr::ConnectionAcquire(_) => Self::Unavailable(error),
            DbErr::Exec(RuntimeErr::SqlxError(ref inner))
            | DbErr::Query(RuntimeErr::SqlxError(ref inner))
                if is_connection_loss(inner) =>
            {
                Self::Unavailable(error)
            }
            other => Self::Database(other),
        }
    }
}

fn is_connection_loss(error: &sea_orm::sqlx::Error) -> bool {
    use sea_orm::sqlx::Error;
    match error {
        Error::Io(_) | Error::PoolTimedOut | Error::PoolClosed | Error::WorkerCrashed => true,
        // PostgreSQL class 57P: the server shuts down; SQLite 5: another writer holds the file.
        Error::Database(database) => database
            .code()
            .is_some_and(|code| code.starts_with("57P") || code == "5"),
        _ => false,
    }
}
