//! Work that is done later, once: queued in the transaction of its cause, and removed in the
//! transaction of its effect.
//!
//! A server that takes a job holds it by a lease under a name of its own. Whoever lost the lease
//! cannot [`finish`], and what it wrote is undone with that. Times are real ones, but for `run_at`,
//! which is business time: a demo whose clock is set forward does what is due then.
//!
//! Taking, failing and finding again are bookkeeping that says nothing about anybody, and happens
//! each second: they are committed without an audit entry. What a job does is audited by the job.

mod kind;
mod look;
mod take;

use chrono::{DateTime, Utc};
use membership_domain::id::{JobId, OrganizationId};
use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement, Value};

use crate::key::Key;
use crate::{Store, StoreError, Write};

pub use kind::Kind;
pub use look::{Listed, Moment, State, Tally, list, oldest_due, tally};
pub use take::{Claim, Taking, take};

/// So far apart are the turns of two jobs of one lane: a lane that queues more than one a second
/// lets others go first.
const APART: i64 = 1000;

/// A job as it is queued.
#[derive(Clone, Debug, PartialEq)]
pub struct NewJob {
    /// UUIDv7.
    pub id: JobId,
    /// What is to be done.
    pub kind: Kind,
    /// To what: unique with the kind.
    pub key: String,
    /// For whom: the jobs of one organization wait for each other more than for those of others.
    pub organization: Option<OrganizationId>,
    /// What else the handler needs, without secrets.
    pub detail: serde_json::Value,
    /// Business time before which it is not done.
    pub run_at: DateTime<Utc>,
    /// Real time at which it is queued.
    pub at: DateTime<Utc>,
}

/// Queues a job, unless there is one of this kind and key. Whether it is new.
pub async fn enqueue(write: &Write, job: NewJob) -> Result<bool, StoreError> {
    let queued = insert(write.tx(), job).await?;
    if queued {
        write.queued();
    }
    Ok(queued)
}

/// Queues a recurring job, which is never removed, unless it is there.
pub async fn ensure(store: &Store, job: NewJob) -> Result<(), StoreError> {
    let write = store.begin().await?;
    insert(&write, job).await?;
    Ok(write.commit().await?)
}

async fn insert(tx: &DatabaseTransaction, job: NewJob) -> Result<bool, StoreError> {
    const INSERT: &str = "
INSERT INTO jobs (id, kind, key, lane, turn, detail, run_at, not_before, attempts, error, created_at)
SELECT $1, $2, $3, $4, CASE WHEN last.turn > $7 THEN last.turn ELSE $7 END, $5, $6, $7, 0, '', $7
FROM (SELECT max(turn) + $8 AS turn FROM jobs WHERE lane = $4 AND lane <> '') AS last
WHERE 1 = 1
ON CONFLICT (kind, key) DO NOTHING";
    let at = job.at.timestamp_millis();
    let lane = job.organization.map(|id| id.to_string());
    let values: Vec<Value> = vec![
        Key(job.id).into(),
        job.kind.code().into(),
        job.key.into(),
        lane.unwrap_or_default().into(),
        job.detail.to_string().into(),
        job.run_at.timestamp_millis().into(),
        at.into(),
        APART.into(),
    ];
    Ok(execute(tx, INSERT, values).await? > 0)
}

/// Removes a job that is done, in the transaction of its effect. [`StoreError::NotFound`] where the
/// lease was lost: somebody else does it, or did.
pub async fn finish(write: &Write, claim: &Claim) -> Result<(), StoreError> {
    let delete = "DELETE FROM jobs WHERE id = $1 AND lease_by = $2";
    match execute(write.tx(), delete, held(claim)).await? {
        0 => Err(StoreError::NotFound("the lease of the job")),
        _ => Ok(()),
    }
}

/// Gives back a job that was not done, with the reason, which must hold no secret: it is not taken
/// before `not_before`. Nothing where the lease was lost.
pub async fn fail(
    store: &Store,
    claim: &Claim,
    reason: &str,
    not_before: DateTime<Utc>,
) -> Result<(), StoreError> {
    let update = "UPDATE jobs SET lease_by = NULL, lease_until = NULL, error = $3, not_before = $4 \
                  WHERE id = $1 AND lease_by = $2";
    let after = [reason.into(), not_before.timestamp_millis().into()];
    keep(store, update, claim, after).await
}

/// Gives up a job: nobody takes it until it is asked for again.
pub async fn give_up(
    store: &Store,
    claim: &Claim,
    reason: &str,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let update = "UPDATE jobs SET lease_by = NULL, lease_until = NULL, error = $3, dead_at = $4 \
                  WHERE id = $1 AND lease_by = $2";
    let after = [reason.into(), at.timestamp_millis().into()];
    keep(store, update, claim, after).await
}

/// Gives back a recurring job that was done, as if it had never failed.
pub async fn put_back(
    store: &Store,
    claim: &Claim,
    not_before: DateTime<Utc>,
) -> Result<(), StoreError> {
    let update = "UPDATE jobs SET lease_by = NULL, lease_until = NULL, attempts = 0, error = $3, \
                  not_before = $4 WHERE id = $1 AND lease_by = $2";
    let after = ["".into(), not_before.timestamp_millis().into()];
    keep(store, update, claim, after).await
}

/// Which jobs are to be done again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// This one, dead or waiting for its next attempt.
    One(JobId),
    /// All dead ones.
    Dead,
}

/// Has jobs done now, as if they had not been attempted: how many. None that a server holds.
pub async fn retry(write: &Write, again: Again, real: DateTime<Utc>) -> Result<u64, StoreError> {
    const RETRY: &str = "UPDATE jobs SET dead_at = NULL, attempts = 0, not_before = $1 \
                         WHERE (lease_until IS NULL OR lease_until <= $1) AND";
    let mut values: Vec<Value> = vec![real.timestamp_millis().into()];
    let which = match again {
        Again::One(id) => {
            values.push(Key(id).into());
            "id = $2"
        }
        Again::Dead => "dead_at IS NOT NULL",
    };
    execute(write.tx(), &format!("{RETRY} {which}"), values).await
}

fn held(claim: &Claim) -> Vec<Value> {
    vec![Key(claim.id).into(), claim.lease_by.as_str().into()]
}

async fn keep(
    store: &Store,
    update: &str,
    claim: &Claim,
    after: [Value; 2],
) -> Result<(), StoreError> {
    let write = store.begin().await?;
    let values = held(claim).into_iter().chain(after).collect();
    execute(&write, update, values).await?;
    Ok(write.commit().await?)
}

async fn execute(
    tx: &DatabaseTransaction,
    sql: &str,
    values: Vec<Value>,
) -> Result<u64, StoreError> {
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    Ok(tx.execute_raw(statement).await?.rows_affected())
}
