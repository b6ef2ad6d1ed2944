//! Opening the database, and bringing its tables up to date.

use std::str::FromStr;
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;

use crate::migrations::Migrator;
use crate::{StoreError, permissions};

/// How long a request may wait for a connection, and a SQLite writer for the other writer.
const PATIENCE: Duration = Duration::from_secs(5);

/// A handle on the database; cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    db: DatabaseConnection,
    #[cfg(feature = "testing")]
    pub(crate) faults: std::sync::Arc<crate::testing::Faults>,
}

impl Store {
    /// Opens `sqlite:FILE`, `sqlite::memory:` or `postgres://...`. A SQLite file is created when
    /// missing, and is its owner's alone; tables are not created: see [`Store::migrate`].
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        Self::connect_to_schema(url, None).await
    }

    /// As [`Store::connect`], within one schema of PostgreSQL.
    pub(crate) async fn connect_to_schema(
        url: &str,
        schema: Option<&str>,
    ) -> Result<Self, StoreError> {
        let mut options = ConnectOptions::new(url);
        options
            .sqlx_logging(false)
            .connect_timeout(PATIENCE)
            .acquire_timeout(PATIENCE);
        let memory = url.contains(":memory:") || url.contains("mode=memory");
        let file = url.starts_with("sqlite:") && !memory;
        if url.starts_with("sqlite:") {
            if file {
                protect(url)?;
            }
            // Every connection to :memory: is a database of its own, so there is one of them.
            options.max_connections(if memory { 1 } else { 8 });
            options.map_sqlx_sqlite_opts(|sqlite| {
                sqlite
                    .create_if_missing(true)
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(SqliteSynchronous::Full)
                    .foreign_keys(true)
                    .busy_timeout(PATIENCE)
            });
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            options.max_connections(16);
            if let Some(schema) = schema {
                options.set_schema_search_path(schema);
            }
        } else {
            let known = "sqlite:FILE or postgres://USER@HOST/DATABASE";
            return Err(StoreError::Url(format!("expected {known}")));
        }
        let db = Database::connect(options).await?;
        if file {
            // What a link led to was not there before.
            protect(url)?;
        }
        Ok(Self {
            db,
            #[cfg(feature = "testing")]
            faults: std::sync::Arc::default(),
        })
    }

    /// Creates or updates the tables. Servers that start at the same time wait for each other.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        if self.db.get_database_backend() == DbBackend::Postgres {
            let transaction = self.db.begin().await?;
            transaction
                .execute_unprepared("SELECT pg_advisory_xact_lock(7236912)")
                .await?;
            Migrator::up(&transaction, None).await?;
            transaction.commit().await?;
        } else {
            Migrator::up(&self.db, None).await?;
        }
        Ok(())
    }

    /// Whether the database answers and its tables are those of this version. Creates nothing, so
    /// that a role without a table of its own may ask.
    pub async fn is_ready(&self) -> Result<bool, StoreError> {
        let pending = Migrator::get_pending_migrations_read_only(&self.db).await?;
        Ok(pending.is_empty())
    }

    /// For reading functions.
    pub fn db(&self) -> &DatabaseConnection {
        &self.db
    }
}

/// Takes a SQLite file from everybody but its owner before anything is read from it. What is wrong
/// with the path itself is said by SQLite, in its own words.
fn protect(url: &str) -> Result<(), StoreError> {
    let options = SqliteConnectOptions::from_str(url);
    let file = options.map_err(|error| StoreError::Url(error.to_string()))?;
    let file = file.get_filename();
    // SQLite follows links, and keeps its other files beside what they lead to.
    let real = file.canonicalize();
    let file = real.as_deref().unwrap_or(file);
    match permissions::owner_alone(file) {
        Err(error) if file.is_file() => Err(StoreError::Url(format!(
            "{} cannot be kept from other users of this machine: {error}",
            file.display()
        ))),
        _ => Ok(()),
    }
}
