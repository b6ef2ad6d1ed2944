//! What is queued, as operators see it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use membership_domain::id::{Job, JobId};
use sea_orm::{ConnectionTrait, QueryResult, Statement, Value};

use super::kind;
use crate::StoreError;
use crate::key::Key;

membership_domain::codes! {
    /// Where a job is.
    State {
        /// It can be taken.
        Due = "due",
        /// A server holds it.
        Running = "running",
        /// It is for later, or waits for its next attempt.
        Waiting = "waiting",
        /// It was given up, and waits for somebody to look after it.
        Dead = "dead",
    }
}

/// When somebody looks.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// Business time.
    pub now: DateTime<Utc>,
    /// Real time.
    pub real: DateTime<Utc>,
}

/// A job as it is listed.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The job.
    pub id: JobId,
    /// Its kind, which may be of a later version.
    pub kind: String,
    /// To what.
    pub key: String,
    /// Where it is.
    pub state: State,
    /// How often it was taken.
    pub attempts: u32,
    /// Why the last attempt failed; empty where none did.
    pub error: String,
    /// Real time at which it was queued.
    pub created_at: DateTime<Utc>,
}

/// How many jobs of each kind are where.
pub type Tally = BTreeMap<(String, State), u64>;

const STATE: &str = "CASE WHEN dead_at IS NOT NULL THEN 'dead' \
                     WHEN lease_until > $2 THEN 'running' \
                     WHEN run_at <= $1 AND not_before <= $2 THEN 'due' ELSE 'waiting' END";

/// The first jobs in the order in which they are taken, at most `most`; of one state or of all.
pub async fn list(
    db: &impl ConnectionTrait,
    state: Option<State>,
    moment: Moment,
    most: u64,
) -> Result<Vec<Listed>, StoreError> {
    let which = match state {
        Some(state) => format!("WHERE {STATE} = '{}'", state.code()),
        None => String::new(),
    };
    let sql = format!(
        "SELECT id, kind, key, {STATE} AS state, attempts, error, created_at FROM jobs {which} \
         ORDER BY turn, id LIMIT {most}"
    );
    rows(db, &sql, moment).await?.iter().map(listed).collect()
}

/// How many there are.
pub async fn tally(db: &impl ConnectionTrait, moment: Moment) -> Result<Tally, StoreError> {
    let sql = format!("SELECT kind, {STATE} AS state, count(*) AS many FROM jobs GROUP BY 1, 2");
    let counted = rows(db, &sql, moment).await?;
    let one = |row: &QueryResult| {
        let many: i64 = row.try_get("", "many")?;
        let kind: String = row.try_get("", "kind")?;
        Ok(((kind, state(row)?), u64::try_from(many).unwrap_or(0)))
    };
    counted.iter().map(one).collect()
}

/// Since when the job waits that is due for longest: since it was queued, was due, or could be
/// attempted again.
pub async fn oldest_due(
    db: &impl ConnectionTrait,
    moment: Moment,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    let sql = format!(
        "SELECT min(CASE WHEN run_at > not_before THEN run_at ELSE not_before END) AS since \
         FROM jobs WHERE {STATE} = 'due'"
    );
    let found = rows(db, &sql, moment).await?;
    let since = found
        .first()
        .map(|row| row.try_get::<Option<i64>>("", "since"));
    let since = since.transpose()?.flatten();
    Ok(since.and_then(DateTime::from_timestamp_millis))
}

async fn rows(
    db: &impl ConnectionTrait,
    sql: &str,
    moment: Moment,
) -> Result<Vec<QueryResult>, StoreError> {
    let at = [moment.now, moment.real].map(|at| Value::from(at.timestamp_millis()));
    let asked = Statement::from_sql_and_values(db.get_database_backend(), sql, at);
    Ok(db.query_all_raw(asked).await?)
}

fn listed(row: &QueryResult) -> Result<Listed, StoreError> {
    let id: Key<Job> = row.try_get("", "id")?;
    let created_at: i64 = row.try_get("", "created_at")?;
    Ok(Listed {
        id: id.0,
        kind: row.try_get("", "kind")?,
        key: row.try_get("", "key")?,
        state: state(row)?,
        attempts: kind::attempts(row)?,
        error: row.try_get("", "error")?,
        created_at: DateTime::from_timestamp_millis(created_at).unwrap_or_default(),
    })
}

fn state(row: &QueryResult) -> Result<State, StoreError> {
    let value: String = row.try_get("", "state")?;
    State::from_code(&value).ok_or(StoreError::Unreadable {
        what: "job state",
        value,
    })
}
