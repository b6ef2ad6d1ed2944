//! Bringing the tables up to date, one migration after the other, each in a transaction of its own.
//!
//! Who does it holds a row with a lease: others wait, and take over where the lease ran out. The
//! lease only has to last from one transaction to the next. Within one the row itself is locked,
//! and each begins by looking whether the row is still its own: what was taken over cannot go on.

use std::time::Duration;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement, Value};
use sea_orm_migration::{MigrationTrait, MigratorTrait, SchemaManager};

use crate::inspect::recorded;
use crate::migrations::Migrator;
use crate::tables::Tables;
use crate::{Store, StoreError};

/// Seconds between two transactions of a server that lives: far more than it takes.
const LEASE: i64 = 10;

/// How often a server that waits looks again.
const LOOK: Duration = Duration::from_millis(250);

/// Times are the database's, as seconds since 1970: servers need not agree on theirs.
const LOCK: &str = "
CREATE TABLE IF NOT EXISTS migration_lock (
    name varchar NOT NULL PRIMARY KEY,
    turn bigint NOT NULL,
    holder text NOT NULL,
    since bigint NOT NULL,
    lease_until bigint NOT NULL
);
INSERT INTO migration_lock (name, turn, holder, since, lease_until)
VALUES ('migrations', 0, '', 0, 0) ON CONFLICT (name) DO NOTHING;";

/// Who brings the tables up to date at the moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// As that server calls itself.
    pub name: String,
    /// By the database's clock.
    pub since: DateTime<Utc>,
}

/// How an attempt to be the one who does it ended.
enum Taken {
    /// We are, in this turn.
    Ours(i64),
    /// Somebody else is; nobody knows who where even the row cannot be read.
    Theirs(Option<Holder>),
}

impl Store {
    /// Creates or updates the tables. Nothing is written where they fit, as also those of a later
    /// version may; others that it cannot work with are a [`StoreError::Tables`].
    pub async fn migrate(&self) -> Result<(), StoreError> {
        self.migrate_as("membership-server", |_| {}).await
    }

    /// As [`Store::migrate`], under a name that others can read, and telling of each other server
    /// that does it already, for which it waits.
    pub async fn migrate_as(&self, name: &str, waits: impl Fn(&Holder)) -> Result<(), StoreError> {
        self.migrate_to(&Migrator::migrations(), name, waits).await
    }

    async fn migrate_to(
        &self,
        migrations: &[Box<dyn MigrationTrait>],
        name: &str,
        waits: impl Fn(&Holder),
    ) -> Result<(), StoreError> {
        let mut told = None;
        loop {
            match self.tables_for(migrations).await? {
                Tables::Fit => return Ok(()),
                Tables::Behind(_) => {}
                other => return Err(StoreError::Tables(other)),
            }
            match self.take(name).await? {
                Taken::Ours(turn) => {
                    let mut done = Ok(true);
                    while let Ok(true) = done {
                        done = self.migrate_one(migrations, turn).await;
                    }
                    // Without it others wait until the lease has run out.
                    self.leave(turn).await.ok();
                    done?;
                }
                Taken::Theirs(holder) => {
                    if let Some(holder) = holder.filter(|holder| told.as_ref() != Some(holder)) {
                        waits(&holder);
                        told = Some(holder);
                    }
                    tokio::time::sleep(LOOK).await;
                }
            }
        }
    }

    /// Applies the first migration that is missing. Whether there was one, and it is still our turn.
    async fn migrate_one(
        &self,
        migrations: &[Box<dyn MigrationTrait>],
        turn: i64,
    ) -> Result<bool, StoreError> {
        let write = self.begin().await?;
        if !renew(&write, turn).await? {
            return Ok(false);
        }
        Migrator::install(&write).await?;
        let applied = recorded(&write).await?;
        let mut missing = migrations
            .iter()
            .filter(|one| !applied.contains(one.name()));
        let Some(migration) = missing.next() else {
            return Ok(false);
        };
        tracing::info!(
            migration = migration.name(),
            "bringing the tables up to date"
        );
        migration.up(&SchemaManager::new(&write)).await?;
        let backend = write.get_database_backend();
        let record = format!(
            "INSERT INTO seaql_migrations (version, applied_at) VALUES ($1, {})",
            now(backend)
        );
        write
            .execute_raw(with(backend, record, [migration.name().into()]))
            .await?;
        write.commit().await?;
        Ok(true)
    }

    async fn take(&self, name: &str) -> Result<Taken, StoreError> {
        if !self.make_lock().await? {
            return Ok(Taken::Theirs(None));
        }
        let held = self.holder().await?;
        if let Some((holder, true)) = held {
            return Ok(Taken::Theirs(Some(holder)));
        }
        let holder = held.map(|(holder, _)| holder);
        let backend = self.db().get_database_backend();
        let (now, skip) = (now(backend), skip_locked(backend));
        let take = format!(
            "UPDATE migration_lock SET turn = turn + 1, holder = $1, since = {now}, \
             lease_until = {now} + {LEASE} WHERE name IN (SELECT name FROM migration_lock \
             WHERE lease_until NOT BETWEEN {now} + 1 AND {now} + {LEASE} {skip}) RETURNING turn"
        );
        let take = with(backend, take, [name.into()]);
        match self
            .db()
            .query_one_raw(take)
            .await
            .map_err(StoreError::from)
        {
            Ok(Some(row)) => Ok(Taken::Ours(row.try_get_by_index(0)?)),
            Ok(None) => Ok(Taken::Theirs(holder)),
            // A migration under way holds SQLite's file.
            Err(error) if error.is_retryable() => Ok(Taken::Theirs(holder)),
            Err(error) => Err(error),
        }
    }

    /// Makes the row. Whether it is there: another server may be making it just now.
    async fn make_lock(&self) -> Result<bool, StoreError> {
        let manager = SchemaManager::new(self.db());
        if manager.has_table("migration_lock").await? {
            return Ok(true);
        }
        let made: Result<(), StoreError> = async {
            let write = self.begin().await?;
            write.execute_unprepared(LOCK).await?;
            Ok(write.commit().await?)
        }
        .await;
        match made {
            Err(error) if !error.is_retryable() && !manager.has_table("migration_lock").await? => {
                Err(error)
            }
            made => Ok(made.is_ok()),
        }
    }

    /// Who did it last, and whether that lease still runs. One that runs for longer than any lease
    /// is of a clock that was set back since.
    async fn holder(&self) -> Result<Option<(Holder, bool)>, StoreError> {
        let backend = self.db().get_database_backend();
        let ask = format!(
            "SELECT holder, since, lease_until - {} FROM migration_lock WHERE holder <> ''",
            now(backend)
        );
        let ask = Statement::from_string(backend, ask);
        let Some(row) = self.db().query_one_raw(ask).await? else {
            return Ok(None);
        };
        let since = DateTime::from_timestamp(row.try_get_by_index(1)?, 0);
        let holder = Holder {
            name: row.try_get_by_index(0)?,
            since: since.unwrap_or_default(),
        };
        let left: i64 = row.try_get_by_index(2)?;
        Ok(Some((holder, (1..=LEASE).contains(&left))))
    }

    async fn leave(&self, turn: i64) -> Result<(), StoreError> {
        let leave = "UPDATE migration_lock SET holder = '', lease_until = 0 WHERE turn = $1";
        let backend = self.db().get_database_backend();
        let leave = with(backend, leave.to_owned(), [turn.into()]);
        self.db().execute_raw(leave).await?;
        Ok(())
    }
}

/// Whether it is still our turn; the row is locked then until the end of the transaction.
async fn renew(write: &DatabaseTransaction, turn: i64) -> Result<bool, StoreError> {
    let backend = write.get_database_backend();
    let renew = format!(
        "UPDATE migration_lock SET lease_until = {} + {LEASE} WHERE turn = $1",
        now(backend)
    );
    let renewed = write
        .execute_raw(with(backend, renew, [turn.into()]))
        .await?;
    Ok(renewed.rows_affected() > 0)
}

fn with<const N: usize>(backend: DbBackend, sql: String, values: [Value; N]) -> Statement {
    Statement::from_sql_and_values(backend, sql, values)
}

/// The database's time at this moment, and not when the transaction began.
fn now(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Postgres => "CAST(EXTRACT(EPOCH FROM clock_timestamp()) AS bigint)",
        _ => "CAST(strftime('%s', 'now') AS integer)",
    }
}

/// A row that a migration under way has locked is not waited for, so that we can say so.
fn skip_locked(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Postgres => "FOR UPDATE SKIP LOCKED",
        _ => "",
    }
}

#[cfg(test)]
mod tests;
