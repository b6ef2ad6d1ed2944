//! A write that can be sent again: where its request has a key, its answer is kept in the
//! transaction of its effect, and given again.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use chrono::Duration;
use membership_contract::refusal::Refusal;
use membership_domain::id::UserId;
use membership_store::idempotency::{self, Kept};
use membership_store::{StoreError, Write, organizations};
use serde::Serialize;

use super::Done;
use crate::App;
use crate::guard::Member;
use crate::hash::sha256;
use crate::http::problem::{Answer, ApiError};
use crate::write::{Tx, all_but_last, write};

/// So long an answer can be had again by its key: longer than any client goes on trying.
pub const KEPT: Duration = Duration::days(7);

/// So many answers of a user are kept, the newest: each can have the size of an organization.
const MOST_KEPT: u64 = 100;

/// So many characters a key may have: a UUID has 36.
pub const LONGEST_KEY: usize = 128;

/// Names a request, so that it can be sent again without being done again.
pub const KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Says that an answer was given before.
pub const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// A request to write: who asks, for which organization, and under which key.
#[derive(Clone, Debug)]
pub struct Keyed {
    /// See [`App`].
    pub app: App,
    /// Who asks, and for which organization.
    pub member: Member,
    key: Option<String>,
    method: Method,
    path: String,
}

impl FromRequestParts<App> for Keyed {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Answer<Self> {
        Ok(Self {
            app: app.clone(),
            member: Member::from_request_parts(parts, app).await?,
            key: key(&parts.headers)?,
            method: parts.method.clone(),
            path: parts.uri.path().to_owned(),
        })
    }
}

/// A request that must not be done twice, and so is refused without a key.
#[derive(Clone, Debug)]
pub struct KeyNeeded(pub Keyed);

impl FromRequestParts<App> for KeyNeeded {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Answer<Self> {
        let by = Keyed::from_request_parts(parts, app).await?;
        match by.has_key() {
            true => Ok(Self(by)),
            false => Err(Refusal::NoKey.into()),
        }
    }
}

impl Keyed {
    /// Whether it has a key.
    pub fn has_key(&self) -> bool {
        self.key.is_some()
    }

    /// How it was sent.
    pub(super) fn method(&self) -> &Method {
        &self.method
    }

    /// What makes this request the same as another one: where it goes and what it says. Not the
    /// tag, which is another one after the first time.
    pub fn once(&self, request: &impl Serialize) -> Answer<Once<'_>> {
        let text = format!("{} {}\n{}", self.method, self.path, json(request)?);
        let digest = sha256(text);
        Ok(Once { by: self, digest })
    }
}

impl Keyed {
    /// Changes something of the organization that has no tag: under the lock of the organization's
    /// row, in the order in which requests come. `work` gives what is answered and what was done; it
    /// can be done several times, and must do nothing but what the transaction undoes. A request
    /// that is sent again with its key gets the first answer again.
    pub async fn locked<T: Serialize, W>(
        &self,
        request: &impl Serialize,
        status: StatusCode,
        work: impl Fn(Tx) -> W,
    ) -> Answer<Response>
    where
        W: Future<Output = Answer<(T, Vec<Done>)>>,
    {
        let (kept, replayed) = self.kept(request, status, work).await?;
        Ok(sent(kept, replayed))
    }

    /// The same of something that has a tag, which `work` gives beside what is answered.
    pub async fn tagged<T: Serialize, W>(
        &self,
        request: &impl Serialize,
        status: StatusCode,
        work: impl Fn(Tx) -> W,
    ) -> Answer<Response>
    where
        W: Future<Output = Answer<(T, String, Vec<Done>)>>,
    {
        let (kept, replayed) = self.done(request, status, work).await?;
        Ok(sent(kept, replayed))
    }

    /// The same, with the answer not sent yet, and whether it was given before: for what is told the
    /// first time only, and kept nowhere.
    pub async fn kept<T: Serialize, W>(
        &self,
        request: &impl Serialize,
        status: StatusCode,
        work: impl Fn(Tx) -> W,
    ) -> Answer<(Kept, bool)>
    where
        W: Future<Output = Answer<(T, Vec<Done>)>>,
    {
        let work = async |write: Tx| {
            let (told, done) = work(write).await?;
            Ok((told, String::new(), done))
        };
        self.done(request, status, work).await
    }

    async fn done<T: Serialize, W>(
        &self,
        request: &impl Serialize,
        status: StatusCode,
        work: impl Fn(Tx) -> W,
    ) -> Answer<(Kept, bool)>
    where
        W: Future<Output = Answer<(T, String, Vec<Done>)>>,
    {
        let (once, work) = (&self.once(request)?, &work);
        let (app, member) = (&self.app, &self.member);
        let done = write(&app.store, async |write: Tx| {
            organizations::lock(&write, member.organization).await?;
            if let Some(kept) = once.given(&write).await? {
                return Answer::Ok(((kept, true), None));
            }
            let (told, tag, done) = work(write.clone()).await?;
            let answer = once.answer(status, tag, json(&told)?);
            let entries = done.into_iter().map(|done| done.entry(app, member));
            let last = all_but_last(&write, entries.collect::<Answer<_>>()?).await?;
            if last.is_some() {
                once.keep(&write, answer.clone()).await?;
            }
            Ok(((answer, false), last))
        });
        done.await
    }
}

/// One request under its key.
#[derive(Clone, Debug)]
pub struct Once<'k> {
    by: &'k Keyed,
    digest: String,
}

impl Once<'_> {
    /// The answer that was given to it before, as seen outside of a write: one that is made at this
    /// moment is found by [`Once::given`].
    pub async fn given_before(&self) -> Answer<Option<Kept>> {
        let Some(key) = &self.by.key else {
            return Ok(None);
        };
        let db = self.by.app.store.db();
        self.same(idempotency::find(db, self.user(), key).await?)
    }

    /// The same within a write.
    pub async fn given(&self, write: &Write) -> Answer<Option<Kept>> {
        let Some(key) = &self.by.key else {
            return Ok(None);
        };
        self.same(idempotency::find(write.tx(), self.user(), key).await?)
    }

    /// Its answer: the new state's tag, and what is told as JSON.
    pub fn answer(&self, status: StatusCode, etag: String, body: String) -> Kept {
        Kept {
            digest: self.digest.clone(),
            status: status.as_u16(),
            etag,
            body,
        }
    }

    /// Keeps the answer with what it tells of.
    pub async fn keep(&self, write: &Write, answer: Kept) -> Answer<()> {
        let Some(key) = &self.by.key else {
            return Ok(());
        };
        let now = self.by.app.clock.real();
        let limits = (now - KEPT, MOST_KEPT);
        match idempotency::keep(write, self.user(), key, answer, now, limits).await {
            // The same request is being answered elsewhere: its answer is there the next time.
            Err(StoreError::Duplicate(_)) => Err(ApiError::overtaken()),
            other => Ok(other?),
        }
    }

    fn user(&self) -> UserId {
        self.by.member.id()
    }

    fn same(&self, kept: Option<Kept>) -> Answer<Option<Kept>> {
        match kept {
            Some(kept) if kept.digest != self.digest => Err(Refusal::KeyReused.into()),
            kept => Ok(kept),
        }
    }
}

/// An answer as it is sent.
pub fn sent(answer: Kept, replayed: bool) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or_default();
    let kind = [(header::CONTENT_TYPE, "application/json")];
    let tag = Some(answer.etag).filter(|tag| !tag.is_empty());
    let tag = AppendHeaders(tag.map(|tag| (header::ETAG, tag)));
    let replayed = AppendHeaders(replayed.then_some((REPLAYED, "true")));
    (status, kind, tag, replayed, answer.body).into_response()
}

/// What is told, as it is sent and kept.
pub fn json(value: &impl Serialize) -> Answer<String> {
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
