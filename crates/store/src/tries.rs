//! Failed sign-ins, counted for all servers together: token buckets, each kept as the instant at
//! which it will be full again. A full one needs no row.
//!
//! Nobody asks about them later, so they are written without an audit entry. One transaction locks
//! at most one row of each kind, in the order in which the kinds are named: two never wait for each
//! other.

use chrono::{DateTime, Duration, Utc};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, QueryResult, Statement, Value,
};

use crate::{Store, StoreError, Write};

/// Servers agree on the time to within this. A bucket that is full later than that allows is of a
/// clock that was wrong, and begins again.
const SKEW: Duration = Duration::minutes(1);

/// Counts one more, unless that would empty the bucket beyond its last try. In one statement, so that
/// two servers that count at once both do.
const COUNT: &str = "
INSERT INTO sign_in_tries (kind, key, full_at) VALUES ($1, $2, $3)
ON CONFLICT (kind, key) DO UPDATE SET full_at = CASE
    WHEN sign_in_tries.full_at BETWEEN $4 AND $7 THEN sign_in_tries.full_at + $5 ELSE $3 END
WHERE sign_in_tries.full_at <= $6 OR sign_in_tries.full_at > $7
RETURNING full_at";

/// What is counted by one key.
#[derive(Clone, Debug)]
pub struct Bucket {
    /// What kind of key it is.
    pub kind: &'static str,
    /// Of bounded length; nothing that somebody typed.
    pub key: String,
    /// So many tries at once, 1 or more.
    pub burst: u32,
    /// One more after each such period.
    pub refill: Duration,
}

/// How a try was counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Counted {
    /// By each bucket, which will be full again at these instants.
    All(Vec<DateTime<Utc>>),
    /// By none: this one, by its place in the list, has no try left, and will be full again then.
    Refused(usize, DateTime<Utc>),
}

/// Counts a try by all of the buckets or, where one has none left, by none of them.
pub async fn take(
    store: &Store,
    buckets: &[Bucket],
    now: DateTime<Utc>,
) -> Result<Counted, StoreError> {
    let write = store.begin().await?;
    let counted = count_all(&write, buckets, now).await?;
    if let Counted::All(_) = counted {
        write.commit().await?;
    }
    Ok(counted)
}

/// As [`take`], within a write: what was counted is kept with it. Where one bucket refuses, the
/// write must not be committed.
pub async fn take_within(
    write: &Write,
    buckets: &[Bucket],
    now: DateTime<Utc>,
) -> Result<Counted, StoreError> {
    count_all(write.tx(), buckets, now).await
}

async fn count_all(
    write: &DatabaseTransaction,
    buckets: &[Bucket],
    now: DateTime<Utc>,
) -> Result<Counted, StoreError> {
    let mut full_at = Vec::new();
    for (place, bucket) in buckets.iter().enumerate() {
        match count(write, bucket, now).await? {
            Some(at) => full_at.push(at),
            None => {
                let at = full(write, bucket).await?;
                return Ok(Counted::Refused(place, at.unwrap_or(now)));
            }
        }
    }
    Ok(Counted::All(full_at))
}

/// Gives back a try that all of the buckets counted.
pub async fn give_back(
    store: &Store,
    buckets: &[Bucket],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let write = store.begin().await?;
    for bucket in buckets {
        let refill = bucket.refill.num_milliseconds();
        // Full again, as after nearly every sign-in.
        let delete = "DELETE FROM sign_in_tries WHERE kind = $1 AND key = $2 AND full_at <= $3";
        let until = (now.timestamp_millis() + refill).into();
        if execute(&write, delete, bucket, until).await? == 0 {
            let less = "UPDATE sign_in_tries SET full_at = full_at - $3 \
                        WHERE kind = $1 AND key = $2";
            execute(&write, less, bucket, refill.into()).await?;
        }
    }
    Ok(write.commit().await?)
}

/// Forgets the full buckets of a kind, and where more than `most` are left those that are full
/// soonest, but for `kept`: who tries with many keys does not make us forget the one that was tried
/// most.
pub async fn clean(
    store: &Store,
    kind: &'static str,
    now: DateTime<Utc>,
    (most, kept): (u64, u64),
) -> Result<(), StoreError> {
    let db = store.db();
    let statement = |sql: &str, values: Vec<Value>| {
        Statement::from_sql_and_values(db.get_database_backend(), sql, values)
    };
    let full = "DELETE FROM sign_in_tries WHERE kind = $1 AND full_at <= $2";
    let values = vec![kind.into(), now.timestamp_millis().into()];
    db.execute_raw(statement(full, values)).await?;
    let many = "SELECT count(*) FROM sign_in_tries WHERE kind = $1";
    let many = db.query_one_raw(statement(many, vec![kind.into()])).await?;
    let many = many.map(|row| row.try_get_by_index(0)).transpose()?;
    let many = u64::try_from(many.unwrap_or(0_i64)).unwrap_or(0);
    if many <= most {
        return Ok(());
    }
    let soonest = "DELETE FROM sign_in_tries WHERE kind = $1 AND key IN \
                   (SELECT key FROM sign_in_tries WHERE kind = $1 ORDER BY full_at LIMIT $2)";
    let beyond = i64::try_from(many.saturating_sub(kept)).unwrap_or(i64::MAX);
    db.execute_raw(statement(soonest, vec![kind.into(), beyond.into()]))
        .await?;
    Ok(())
}

/// When the bucket will be full again; nothing where it has no try left.
async fn count(
    write: &DatabaseTransaction,
    bucket: &Bucket,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    let (now, refill) = (now.timestamp_millis(), bucket.refill.num_milliseconds());
    let most = now + refill * i64::from(bucket.burst);
    let values = [
        bucket.kind.into(),
        bucket.key.as_str().into(),
        (now + refill).into(),
        now.into(),
        refill.into(),
        (most - refill).into(),
        (most + SKEW.num_milliseconds()).into(),
    ];
    let count = Statement::from_sql_and_values(write.get_database_backend(), COUNT, values);
    Ok(instant(write.query_one_raw(count).await?)?)
}

async fn full(
    write: &DatabaseTransaction,
    bucket: &Bucket,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    let ask = "SELECT full_at FROM sign_in_tries WHERE kind = $1 AND key = $2";
    let values = [bucket.kind.into(), bucket.key.as_str().into()];
    let ask = Statement::from_sql_and_values(write.get_database_backend(), ask, values);
    Ok(instant(write.query_one_raw(ask).await?)?)
}

fn instant(row: Option<QueryResult>) -> Result<Option<DateTime<Utc>>, DbErr> {
    let millis = row.map(|row| row.try_get_by_index(0)).transpose()?;
    Ok(millis.and_then(DateTime::from_timestamp_millis))
}

async fn execute(
    write: &DatabaseTransaction,
    sql: &str,
    bucket: &Bucket,
    third: Value,
) -> Result<u64, StoreError> {
    let backend: DbBackend = write.get_database_backend();
    let values = [bucket.kind.into(), bucket.key.as_str().into(), third];
    let done = write.execute_raw(Statement::from_sql_and_values(backend, sql, values));
    Ok(done.await?.rows_affected())
}
