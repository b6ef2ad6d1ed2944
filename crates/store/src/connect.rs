//! Opening the database.

use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use tokio::sync::Notify;
use tokio::time::sleep;

use crate::{StoreError, permissions};

/// How long it is waited between tries to open a SQLite file.
const PAUSE: Duration = Duration::from_millis(20);

/// So many statements a connection keeps understood: all that there are.
const STATEMENTS: usize = 500;

/// SQLite: so much of the file the writer keeps at most, in KiB, as a negative number. What readers
/// keep is of no use after the next write.
const WRITERS_CACHE: &str = "-32768";

/// SQLite: after so many pages what was written is moved into the file. The same page is often
/// written again meanwhile, and moved once; those that are left after a crash are read in a moment.
const CHECKPOINT: &str = "4000";

/// How long a request may wait for a connection, and a SQLite writer for the other writer.
const PATIENCE: Duration = Duration::from_secs(5);

/// A handle on the database; cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    db: DatabaseConnection,
    pub(crate) work: Arc<Notify>,
    writes: Arc<AtomicU64>,
    /// SQLite has one writer, and lets those who wait look again after longer and longer pauses, in
    /// no order. Those of one process wait in line for this one connection, which knows from its
    /// last write what the database is like, and take none from readers. Nothing where readers'
    /// connections write.
    writer: Option<DatabaseConnection>,
    #[cfg(feature = "testing")]
    pub(crate) faults: Arc<crate::faults::Faults>,
}

/// How much one process uses a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Open connections.
    pub connections: u64,
    /// Those of them that nobody uses.
    pub idle: u64,
    /// Transactions for writing that were begun, since the start.
    pub writes: u64,
}

/// Opens it. Of several that make one new SQLite file at once SQLite refuses some: they do not wait
/// for each other where the journal's mode changes.
async fn patiently(options: ConnectOptions) -> Result<DatabaseConnection, StoreError> {
    let begun = Instant::now();
    loop {
        match Database::connect(options.clone())
            .await
            .map_err(StoreError::from)
        {
            Err(error) if error.is_retryable() && begun.elapsed() < PATIENCE => sleep(PAUSE).await,
            other => return other,
        }
    }
}

impl Store {
    /// Opens `sqlite:FILE`, `sqlite::memory:` or `postgres://...`. A SQLite file is created when
    /// missing, and is its owner's alone; tables are not created: see [`Store::migrate`].
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        let mut options = ConnectOptions::new(url);
        options
            .sqlx_logging(false)
            .connect_timeout(PATIENCE)
            .acquire_timeout(PATIENCE);
        let memory = is_memory(url);
        let file = url.starts_with("sqlite:") && !memory;
        if url.starts_with("sqlite:") {
            if file {
                protect(url)?;
            }
            // Every connection to :memory: is a database of its own, so there is one of them.
            options.max_connections(if memory { 1 } else { 8 });
            // There is no server that can go away, and asking takes as long as a statement.
            options.test_before_acquire(false);
            options.map_sqlx_sqlite_opts(tuned);
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            options.max_connections(16);
        } else {
            let known = "sqlite:FILE or postgres://USER@HOST/DATABASE";
            return Err(StoreError::Url(format!("expected {known}")));
        }
        let db = patiently(options.clone()).await?;
        let writer = match file {
            true => {
                let keeping = |sqlite| tuned(sqlite).pragma("cache_size", WRITERS_CACHE);
                let options = options.max_connections(1).map_sqlx_sqlite_opts(keeping);
                Some(patiently(options.to_owned()).await?)
            }
            false => None,
        };
        if file {
            // What a link led to was not there before.
            protect(url)?;
        }
        Ok(Self {
            db,
            work: Arc::default(),
            writes: Arc::default(),
            writer,
            #[cfg(feature = "testing")]
            faults: Arc::default(),
        })
    }

    /// The file of a SQLite database, by its address.
    pub fn file(url: &str) -> Option<PathBuf> {
        let file = url.starts_with("sqlite:") && !is_memory(url);
        let options = file.then(|| SqliteConnectOptions::from_str(url).ok())?;
        options.map(|options| options.get_filename().to_owned())
    }

    /// A transaction that is going to write. SQLite has one writer: it waits here, not later with
    /// half of its work done.
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction, StoreError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        self.writes.fetch_add(1, Ordering::Relaxed);
        let writer = self.writer.as_ref().unwrap_or(&self.db);
        Ok(writer.begin_with_options(options).await?)
    }

    /// Is notified when a write of this process has queued jobs. A hint: other processes queue, too.
    pub fn work(&self) -> &Notify {
        &self.work
    }

    /// How much this process uses the database.
    pub fn usage(&self) -> Usage {
        let used = |db: &DatabaseConnection| match db.get_database_backend() {
            DbBackend::Postgres => {
                let pool = db.get_postgres_connection_pool();
                (pool.size(), pool.num_idle())
            }
            _ => {
                let pool = db.get_sqlite_connection_pool();
                (pool.size(), pool.num_idle())
            }
        };
        let (connections, idle) = used(&self.db);
        let (writers, resting) = self.writer.as_ref().map_or((0, 0), used);
        Usage {
            connections: (connections + writers).into(),
            idle: (idle + resting) as u64,
            writes: self.writes.load(Ordering::Relaxed),
        }
    }

    /// For reading functions.
    pub fn db(&self) -> &DatabaseConnection {
        &self.db
    }
}

/// A connection to SQLite as this program wants it.
fn tuned(sqlite: SqliteConnectOptions) -> SqliteConnectOptions {
    sqlite
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .statement_cache_capacity(STATEMENTS)
        .pragma("temp_store", "memory")
        .pragma("wal_autocheckpoint", CHECKPOINT)
}

fn is_memory(url: &str) -> bool {
    url.contains(":memory:") || url.contains("mode=memory")
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

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use tokio::task::{JoinSet, yield_now};
    use tokio::time::timeout;

    use super::*;
    use crate::testing::TestStore;

    #[tokio::test]
    async fn writers_wait_in_line_and_take_no_connection_from_readers() -> Result<(), StoreError> {
        TestStore::each(async |store| {
            if store.writer.is_none() {
                // PostgreSQL has many.
                return Ok(());
            }
            let first = store.begin().await?;
            let written = Arc::new(Mutex::new(Vec::new()));
            let mut waiting = JoinSet::new();
            for number in 0..20 {
                let (store, written) = (store.clone(), Arc::clone(&written));
                waiting.spawn(async move {
                    let write = store.begin().await?;
                    written.lock().expect("a list").push(number);
                    write.commit().await.map_err(StoreError::from)
                });
                // So that it is in line before the next one.
                yield_now().await;
            }
            let used = || {
                let usage = store.usage();
                usage.connections - usage.idle
            };
            // Those that were used before are given back in a moment.
            let one = async {
                while used() > 1 {
                    sleep(PAUSE).await;
                }
            };
            assert!(timeout(PATIENCE, one).await.is_ok(), "{:?}", store.usage());
            assert_eq!(used(), 1);
            first.commit().await?;
            while let Some(done) = waiting.join_next().await {
                done.expect("no panic")?;
            }
            let order: Vec<u32> = (0..20).collect();
            assert_eq!(*written.lock().expect("a list"), order);
            // One who was given up leaves the line.
            let second = store.begin().await?;
            let early = timeout(PAUSE, store.begin()).await;
            assert!(early.is_err(), "it waits");
            drop(second);
            store.begin().await?.commit().await?;
            Ok(())
        })
        .await
    }
}
