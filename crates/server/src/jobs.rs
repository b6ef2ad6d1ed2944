//! Work that is done later, once, by any server of the database: see `membership_store::jobs`.

mod handlers;
pub mod worker;

use chrono::{DateTime, Utc};
use membership_domain::id::OrganizationId;
use membership_store::Write;
use membership_store::audit::{Action, Actor, Entry};
use membership_store::jobs::{self, Kind, NewJob};

use crate::clock::Clock;
use crate::http::problem::Answer;
use crate::random::NoRandomness;
use crate::{App, random, trail};

pub use worker::Worker;

/// A job as it is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// What is to be done.
    pub kind: Kind,
    /// To what: there is one job of a kind and a key.
    pub key: String,
    /// For whom: organizations with many jobs don't make others wait.
    pub organization: Option<OrganizationId>,
    /// What else the handler needs, without secrets.
    pub detail: serde_json::Value,
    /// Business time before which it is not done; the clock's `now` for at once.
    pub run_at: DateTime<Utc>,
}

/// Queues a job with what causes it, unless there is one of its kind and key. Whether it is new.
pub async fn enqueue(app: &App, write: &Write, task: Task) -> Answer<bool> {
    let real = app.clock.real();
    let job = NewJob {
        id: random::id(real)?,
        kind: task.kind,
        key: task.key,
        organization: task.organization,
        detail: task.detail,
        run_at: task.run_at,
        at: real,
    };
    Ok(jobs::enqueue(write, job).await?)
}

/// The audit entry of what a job does.
pub fn entry(
    clock: &Clock,
    kind: Kind,
    action: Action,
    subject: impl ToString,
) -> Result<Entry, NoRandomness> {
    Ok(Entry {
        actor: Actor::Job,
        by: Some(kind.code().to_owned()),
        ..trail::entry(clock, action, subject)?
    })
}
