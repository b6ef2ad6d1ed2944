//! A change of something that has a tag: an extractor with everything that a write needs, and one
//! method that does it. A handler says which thing, and what changes.

mod keyed;

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use membership_domain::id::{OrganizationId, UserId};
use membership_store::audit::{self, Action, FieldChange};
use membership_store::idempotency::Kept;
use membership_store::jobs::Kind;
use membership_store::{StoreError, Write};
use serde::Serialize;
use serde_json::Value;

use crate::clock::Clock;
use crate::guard::Member;
use crate::http::if_match::IfMatch;
use crate::http::problem::{Answer, ApiError};
use crate::random::NoRandomness;
use crate::write::{Tx, write};
use crate::{App, jobs, trail};
pub use keyed::{KEPT, KEY, KeyNeeded, Keyed, LONGEST_KEY, Once, REPLAYED, json, sent};

/// Something of an organization that is changed as a whole, under a lock of its own.
pub trait Tagged: Sized {
    /// What the API tells of it.
    type Told: Serialize;

    /// Locks it until the end of the write, and reads it as it is now.
    fn lock(
        write: &Write,
        organization: OrganizationId,
    ) -> impl Future<Output = Result<Self, StoreError>> + Send;

    /// Changes with every change of it.
    fn tag(&self) -> String;

    /// As the API tells it.
    fn told(&self) -> Self::Told;
}

/// What a change did, for the audit log.
#[derive(Debug)]
pub struct Done {
    /// What was done.
    pub action: Action,
    /// To what: an id, or the name of a part.
    pub subject: String,
    /// For whom: the person that it is about, if it is about one.
    pub about: Option<UserId>,
    /// Each field before and after.
    pub changes: Vec<FieldChange>,
    /// More facts.
    pub detail: Value,
}

impl Done {
    /// What was done to what, about nobody and without fields or facts, which the caller adds.
    pub fn of(action: Action, subject: impl ToString) -> Self {
        Self {
            action,
            subject: subject.to_string(),
            about: None,
            changes: Vec::new(),
            detail: serde_json::json!({}),
        }
    }

    /// The entry of it, by the operator.
    pub fn of_operator(
        self,
        clock: &Clock,
        organization: OrganizationId,
    ) -> Result<audit::Entry, NoRandomness> {
        Ok(audit::Entry {
            organization: Some(organization),
            about: self.about,
            changes: self.changes,
            detail: self.detail,
            ..trail::of_operator(clock, self.action, self.subject)?
        })
    }

    /// The entry of it, by a job.
    pub fn of_job(
        self,
        clock: &Clock,
        organization: OrganizationId,
        kind: Kind,
    ) -> Result<audit::Entry, NoRandomness> {
        Ok(audit::Entry {
            organization: Some(organization),
            about: self.about,
            changes: self.changes,
            detail: self.detail,
            ..jobs::entry(clock, kind, self.action, self.subject)?
        })
    }

    /// The entry of it, by who asked for it.
    pub fn entry(self, app: &App, member: &Member) -> Answer<audit::Entry> {
        Ok(audit::Entry {
            about: self.about,
            changes: self.changes,
            detail: self.detail,
            ..member.entry(app, self.action, self.subject)?
        })
    }
}

/// A request to change something: who asks, under which key, knowing which state.
#[derive(Clone, Debug)]
pub struct Change {
    /// Who asks, and under which key.
    pub by: Keyed,
    /// Which state they know.
    pub if_match: IfMatch,
}

impl FromRequestParts<App> for Change {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Answer<Self> {
        Ok(Self {
            by: Keyed::from_request_parts(parts, app).await?,
            if_match: IfMatch::of(&parts.headers)?,
        })
    }
}

impl Change {
    /// Changes the organization's `T`: locks it, compares its tag with the one that the caller
    /// knows, lets `work` change it, and answers with the new state and its tag. Where `work` does
    /// nothing the state is answered as it is. A request that is sent again with its key gets the
    /// first answer again.
    ///
    /// `work` can be done several times, and must do nothing but what the transaction undoes.
    pub async fn of<T: Tagged, W>(
        &self,
        request: &impl Serialize,
        work: impl Fn(Tx, Arc<T>) -> W,
    ) -> Answer<Response>
    where
        W: Future<Output = Answer<Option<Done>>>,
    {
        let (once, work) = (self.by.once(request)?, &work);
        let (once, Keyed { app, member, .. }) = (&once, &self.by);
        let kept = write(&app.store, async |write: Tx| {
            // First the lock: of two that are the same, the second one finds the first one's answer.
            let before = Arc::new(T::lock(&write, member.organization).await?);
            if let Some(kept) = once.given(&write).await? {
                return Answer::Ok(((kept, true), None));
            }
            let told = || json(&before.told());
            self.if_match.expect(&before.tag(), told)?;
            let Some(done) = work(write.clone(), before.clone()).await? else {
                return Ok(((self.answer(once, &*before)?, false), None));
            };
            let answer = self.answer(once, &T::lock(&write, member.organization).await?)?;
            once.keep(&write, answer.clone()).await?;
            Ok(((answer, false), Some(done.entry(app, member)?)))
        });
        let (kept, replayed) = kept.await?;
        Ok(sent(kept, replayed))
    }

    fn answer(&self, once: &Once<'_>, state: &impl Tagged) -> Answer<Kept> {
        let status = match *self.by.method() {
            Method::POST => StatusCode::CREATED,
            _ => StatusCode::OK,
        };
        Ok(once.answer(status, state.tag(), json(&state.told())?))
    }
}

#[cfg(test)]
mod tests;
