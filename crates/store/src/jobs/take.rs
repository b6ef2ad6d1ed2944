//! How servers take jobs, each of them once.

use chrono::{DateTime, Duration, Utc};
use membership_domain::id::{Job, JobId};
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};

use super::kind::{self, Kind};
use crate::key::Key;
use crate::{Store, StoreError};

/// A job that a server holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The job.
    pub id: JobId,
    /// What is to be done.
    pub kind: Kind,
    /// To what.
    pub key: String,
    /// What else the handler needs.
    pub detail: serde_json::Value,
    /// How often it was taken, with this time.
    pub attempts: u32,
    /// The name of the lease.
    pub(super) lease_by: String,
}

/// What a server takes, and how.
#[derive(Clone, Debug)]
pub struct Taking<'a> {
    /// The kinds that it does.
    pub kinds: &'a [Kind],
    /// So many at most.
    pub most: u32,
    /// A name that no other taking has.
    pub lease_by: String,
    /// How long it holds them.
    pub lease: Duration,
    /// Business time.
    pub now: DateTime<Utc>,
    /// Real time.
    pub real: DateTime<Utc>,
}

/// Takes jobs that are due and that nobody holds, in the order of their turns. With their attempts
/// counted, so that what ends the process counts too.
pub async fn take(store: &Store, taking: &Taking<'_>) -> Result<Vec<Claim>, StoreError> {
    let write = store.begin().await?;
    let backend = write.get_database_backend();
    // SQLite has one writer at a time; PostgreSQL's pass over what others are just taking.
    let skip = match backend {
        DbBackend::Postgres => "FOR UPDATE SKIP LOCKED",
        _ => "",
    };
    // Codes have no quotes.
    let kinds: Vec<_> = taking.kinds.iter().map(|kind| kind.code()).collect();
    let kinds = kinds.join("', '");
    let sql = format!(
        "WITH due AS MATERIALIZED (
    SELECT id FROM jobs WHERE dead_at IS NULL AND run_at <= $3 AND not_before <= $4
    AND (lease_until IS NULL OR lease_until <= $4) AND kind IN ('{kinds}')
    ORDER BY turn, id LIMIT $5 {skip}
)
UPDATE jobs SET lease_by = $1, lease_until = $2, attempts = attempts + 1
WHERE id IN (SELECT id FROM due)
RETURNING id, kind, key, detail, attempts, turn"
    );
    let until = taking.real + taking.lease;
    let values: Vec<Value> = vec![
        taking.lease_by.as_str().into(),
        until.timestamp_millis().into(),
        taking.now.timestamp_millis().into(),
        taking.real.timestamp_millis().into(),
        i64::from(taking.most).into(),
    ];
    let asked = Statement::from_sql_and_values(backend, sql, values);
    let rows = write.query_all_raw(asked).await?;
    write.commit().await?;
    let mut taken = rows
        .iter()
        .map(|row| claim(row, &taking.lease_by))
        .collect::<Result<Vec<_>, _>>()?;
    taken.sort_by_key(|(turn, claim)| (*turn, claim.id));
    Ok(taken.into_iter().map(|(_, claim)| claim).collect())
}

fn claim(row: &QueryResult, lease_by: &str) -> Result<(i64, Claim), StoreError> {
    let id: Key<Job> = row.try_get("", "id")?;
    let detail: String = row.try_get("", "detail")?;
    let claim = Claim {
        id: id.0,
        kind: kind::of(row)?,
        key: row.try_get("", "key")?,
        // One that cannot be read is for its handler to fail on: others were taken with it.
        detail: serde_json::from_str(&detail).unwrap_or_default(),
        attempts: kind::attempts(row)?,
        lease_by: lease_by.to_owned(),
    };
    Ok((row.try_get("", "turn")?, claim))
}
