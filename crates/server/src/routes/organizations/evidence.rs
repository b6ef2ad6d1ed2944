//! What is known about an organization, whole and by part.

#[cfg(test)]
mod authority;
#[cfg(test)]
mod large;
pub mod read;
pub mod read_part;
pub mod replace;
pub mod replace_part;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod turns;

use axum::body::{Body, Bytes};
use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};

use crate::App;
use crate::evidence::Snapshot;
use crate::evidence::edit::Edit;
use crate::evidence::look::looked;
use crate::evidence::write::{Writing, Written, replace};
use crate::guard::Member;
use crate::http::body::Unread;
use crate::http::if_match::IfMatch;
use crate::http::problem::{Answer, ApiError};
use crate::openapi::takes::{Taken, Takes};

/// Who replaces evidence or a part of it, and which state they know.
#[derive(Debug)]
pub struct Replacing {
    app: App,
    member: Member,
    /// Refused after a body that is of another kind or too large.
    if_match: Answer<IfMatch>,
}

impl FromRequestParts<App> for Replacing {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Answer<Self> {
        Ok(Self {
            app: app.clone(),
            member: Member::from_request_parts(parts, app).await?,
            if_match: IfMatch::from_request_parts(parts, app).await,
        })
    }
}

impl Takes for Replacing {
    fn add(taken: &mut Taken) {
        IfMatch::add(taken);
    }
}

impl Replacing {
    /// Writes what is sent, and answers with what is there then.
    async fn by(self, sent: Unread, edit: impl FnOnce(Bytes) -> Edit) -> Answer<Response> {
        let (app, member) = (&self.app, &self.member);
        let if_match = self.if_match?;
        let (place, bytes) = app.turns.receive(member, app.clock.real(), sent).await?;
        // Before anything is written: what was written is told in any case.
        let sending = app.turns.answers.place(member.organization).await?;
        let turn = app.turns.files.turn(place).await?;
        let edit = edit(bytes);
        let part = edit.part().map(str::to_owned);
        let writing = Writing {
            app,
            member,
            if_match: Some(&if_match),
            promised: None,
        };
        match replace(writing, turn, edit).await? {
            Written::Done(now) => {
                let (tag, text) = now.tagged(part.as_deref())?;
                Ok(json(tag, app.turns.tell(sending, text)))
            }
            other => Err(ApiError::internal(format!("not replaced: {other:?}"))),
        }
    }
}

/// The whole or one part as JSON, told as an export, until it is sent.
async fn exported(app: &App, member: &Member, part: Option<String>) -> Answer<Response> {
    let sending = app.turns.answers.place(member.organization).await?;
    let named = part.clone();
    let told = move |known: Snapshot, _: &_| known.tagged(named.as_deref());
    let (tag, text) = looked(app, member, told).await?;
    let body = app.turns.send(sending, text)?;
    let subject = part.as_deref().unwrap_or("all");
    member.tell_export(app, subject, "json").await?;
    Ok(json(tag, body))
}

/// JSON with its tag.
fn json(tag: String, body: Body) -> Response {
    let kind = "application/json".to_owned();
    let headers = [(header::ETAG, tag), (header::CONTENT_TYPE, kind)];
    (headers, body).into_response()
}
