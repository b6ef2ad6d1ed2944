//! A change of something that has a tag: an extractor with everything that a write needs, and one
//! method that does it. A handler says which thing, and what changes.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use chrono::Duration;
use membership_contract::refusal::Refusal;
use membership_store::audit::{self, Action};
use membership_store::idempotency::{self, Kept};
use membership_store::{StoreError, Write};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::guard::Member;
use crate::http::if_match::IfMatch;
use crate::http::problem::{Answer, ApiError};
use crate::write::{Tx, write};
use crate::{App, sessions};

/// So long an answer can be had again by its key: longer than any client goes on trying.
const KEPT: Duration = Duration::days(7);

/// So many answers of a user are kept, the newest: each can have the size of an organization.
const MOST_KEPT: u64 = 100;

/// So many characters a key may have: a UUID has 36.
pub const LONGEST_KEY: usize = 128;

/// Names a request, so that it can be sent again without being done again.
pub const KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Says that an answer was given before.
pub const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// Something of an organization that is changed as a whole, under a lock of its own.
pub trait Tagged: Sized {
    /// What the API tells of it.
    type Told: Serialize;

    /// Locks it until the end of the write, and reads it as it is now.
    fn lock(
        write: &Write,
        organization: Uuid,
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
    /// To what.
    pub subject: Uuid,
    /// More facts.
    pub detail: Value,
}

/// A request to change something: who asks, for which organization, by which request, knowing which
/// state, and under which key.
#[derive(Clone, Debug)]
pub struct Change {
    /// See [`App`].
    pub app: App,
    /// Who asks, and for which organization.
    pub member: Member,
    if_match: IfMatch,
    key: Option<String>,
    method: Method,
    path: String,
}

impl FromRequestParts<App> for Change {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Answer<Self> {
        Ok(Self {
            app: app.clone(),
            member: Member::from_request_parts(parts, app).await?,
            if_match: IfMatch::of(&parts.headers)?,
            key: key(&parts.headers)?,
            method: parts.method.clone(),
            path: parts.uri.path().to_owned(),
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
        let digest = self.digest(request)?;
        let work = &work;
        let kept = write(&self.app.store, async |write: Tx| {
            if let Some(kept) = self.given(&write, &digest).await? {
                return Answer::Ok(((kept, true), None));
            }
            let organization = self.member.organization;
            let before = Arc::new(T::lock(&write, organization).await?);
            let told = || json(&before.told());
            self.if_match.expect(&before.tag(), told)?;
            let Some(done) = work(write.clone(), before.clone()).await? else {
                return Ok(((self.answer(&*before, &digest)?, false), None));
            };
            let answer = self.answer(&T::lock(&write, organization).await?, &digest)?;
            self.keep(&write, answer.clone()).await?;
            Ok(((answer, false), Some(self.entry(done)?)))
        });
        let (kept, replayed) = kept.await?;
        Ok(sent(kept, replayed))
    }

    /// The audit entry of what this request did.
    fn entry(&self, done: Done) -> Answer<audit::Entry> {
        let (user, id) = (self.member.caller.user.id, Some(self.member.organization));
        let (app, request_id) = (&self.app, &self.member.request_id);
        Ok(audit::Entry {
            detail: done.detail,
            ..sessions::entry(app, request_id, user, id, done.action, done.subject)?
        })
    }

    fn answer(&self, state: &impl Tagged, digest: &str) -> Answer<Kept> {
        let status = match self.method {
            Method::POST => StatusCode::CREATED,
            _ => StatusCode::OK,
        };
        Ok(Kept {
            digest: digest.to_owned(),
            status: status.as_u16(),
            etag: state.tag(),
            body: json(&state.told())?,
        })
    }

    /// The answer that was given to this request before.
    async fn given(&self, write: &Write, digest: &str) -> Answer<Option<Kept>> {
        let Some(key) = &self.key else {
            return Ok(None);
        };
        let kept = idempotency::find(write, self.member.caller.user.id, key).await?;
        match kept {
            Some(kept) if kept.digest != digest => Err(Refusal::KeyReused.into()),
            kept => Ok(kept),
        }
    }

    async fn keep(&self, write: &Write, answer: Kept) -> Answer<()> {
        let Some(key) = &self.key else {
            return Ok(());
        };
        let (user, now) = (self.member.caller.user.id, self.app.clock.real());
        let limits = (now - KEPT, MOST_KEPT);
        match idempotency::keep(write, user, key, answer, now, limits).await {
            // The same request is being answered elsewhere: its answer is there the next time.
            Err(StoreError::Duplicate(_)) => Err(ApiError::overtaken()),
            other => Ok(other?),
        }
    }

    /// What makes this request the same as another one: where it goes and what it says. Not the
    /// tag, which is another one after the first time.
    fn digest(&self, request: &impl Serialize) -> Answer<String> {
        let text = format!("{} {}\n{}", self.method, self.path, json(request)?);
        let digest = Sha256::digest(text);
        Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

/// An answer as it is sent.
fn sent(answer: Kept, replayed: bool) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or_default();
    let kind = "application/json".to_owned();
    let headers = [(header::ETAG, answer.etag), (header::CONTENT_TYPE, kind)];
    let replayed = replayed.then_some((REPLAYED, "true"));
    let replayed = AppendHeaders(replayed);
    (status, headers, replayed, answer.body).into_response()
}

fn json(value: &impl Serialize) -> Answer<String> {
    serde_json::to_string(value).map_err(ApiError::internal)
}

/// The key of a request, if it has one.
fn key(headers: &HeaderMap) -> Answer<Option<String>> {
    let mut keys = headers.get_all(KEY).iter();
    let Some(first) = keys.next() else {
        return Ok(None);
    };
    let key = first.to_str().unwrap_or_default();
    let fits = (1..=LONGEST_KEY).contains(&key.len()) && key.bytes().all(|c| c.is_ascii_graphic());
    match fits && keys.next().is_none() {
        true => Ok(Some(key.to_owned())),
        false => Err(Refusal::UnreadableKey { most: LONGEST_KEY }.into()),
    }
}

#[cfg(test)]
mod tests;
