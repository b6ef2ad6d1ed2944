//! How a session begins: with a password that is still right, and a code where one is needed.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use chrono::{DateTime, Utc};
use membership_domain::id::UserId;
use membership_store::audit::{self, Action};
use membership_store::sessions::{self, Session};
use membership_store::users::{self, User};
use membership_store::{Write, members, second_factors};
use serde_json::json;

use super::{device, ended_by_time, entry, hash};
use crate::http::client::Client;
use crate::http::cookie::SESSION;
use crate::http::observe::RequestId;
use crate::http::problem::Answer;
use crate::second_factor::{self, Code};
use crate::write::{Tx, write};
use crate::{App, random, trail};

/// What a request tells of where it comes from.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// With its cookies, and what the browser says of itself.
    pub headers: HeaderMap,
    /// From where.
    pub client: Client,
    /// By which request.
    pub request_id: RequestId,
}

impl FromRequestParts<App> for Arrival {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self {
            client: Client::from_request_parts(parts, app).await?,
            request_id: RequestId::from_request_parts(parts, app).await?,
            headers: parts.headers.clone(),
        })
    }
}

/// What became of a try to begin a session.
#[derive(Debug)]
pub enum Begun {
    /// It began; with its `Set-Cookie`.
    Session(Session, String),
    /// The account was disabled or got another password since the caller looked at it.
    Outdated,
    /// The account has a second factor, and no code was given.
    CodeRequired,
    /// The code is wrong, or was used before.
    WrongCode,
}

/// Begins a session for a user whose password was right, in place of the browser's old one. `renewed`
/// is a hash to be kept in place of the present one.
pub async fn begin(
    app: &App,
    user: &User,
    code: Option<&Code>,
    renewed: Option<&str>,
    arrival: &Arrival,
) -> Answer<Begun> {
    let token = random::token()?;
    let now = app.clock.real();
    let session = Session {
        token_hash: hash(&token),
        user: user.id,
        created_at: now,
        seen_at: now,
        expires_at: now + app.settings.session_absolute,
        proved_at: Some(now),
        device: device::words(&arrival.headers),
        address: Some(arrival.client.0.to_string()),
    };
    let id = &arrival.request_id;
    let refused = write(&app.store, async |write: Tx| {
        let known = users::lock(&write, user.id).await?;
        if known.disabled_at.is_some() || known.password_hash != user.password_hash {
            return Ok((Some(Begun::Outdated), None));
        }
        if let Some(factor) = second_factors::confirmed(write.tx(), user.id).await? {
            let Some(code) = code else {
                return Ok((Some(Begun::CodeRequired), None));
            };
            if !second_factor::accept(&write, user.id, &factor, code, now).await? {
                return Ok((Some(Begun::WrongCode), None));
            }
        }
        if let Some(hash) = renewed {
            users::set_password(&write, user.id, hash.to_owned()).await?;
        }
        if let Some(old) = SESSION.of(&arrival.headers) {
            end_old(app, &write, &hash(old), arrival).await?;
        }
        end_others(app, &write, user.id, now).await?;
        sessions::insert(&write, session.clone()).await?;
        members::signed_in(&write, user.id, now).await?;
        let entry = entry(app, id, &session, None, Action::SignIn, user.id)?;
        Answer::Ok((None, Some(entry)))
    });
    if let Some(refused) = refused.await? {
        return Ok(refused);
    }
    let cookie = SESSION.set(&token, app.settings.session_absolute);
    Ok(Begun::Session(session, cookie))
}

/// Ends the session that the browser had before, whoever's it was.
async fn end_old(app: &App, write: &Write, hash: &str, arrival: &Arrival) -> Answer<()> {
    let Some(old) = sessions::by_hash(write.tx(), hash).await? else {
        return Ok(());
    };
    sessions::delete(write, &old.token_hash).await?;
    let id = &arrival.request_id;
    let entry = entry(app, id, &old, None, Action::SessionEnd, old.user)?;
    let entry = audit::Entry {
        about: Some(old.user),
        detail: json!({"sessions": 1, "why": "sign_in"}),
        ..entry
    };
    Ok(write.tell(entry).await?)
}

/// Ends the sessions of a user that time has ended, and those that are too many with one more.
async fn end_others(app: &App, write: &Write, user: UserId, now: DateTime<Utc>) -> Answer<()> {
    let idle_since = now - app.settings.session_idle;
    let over = sessions::delete_ended(write, user, now, idle_since).await?;
    if over > 0 {
        write.tell(ended_by_time(app, user, over)?).await?;
    }
    let others = app.settings.sessions_of_user.saturating_sub(1);
    let beyond = sessions::delete_beyond(write, user, others).await?;
    if beyond > 0 {
        let entry = trail::entry(&app.clock, Action::SessionEnd, user)?;
        let entry = audit::Entry {
            about: Some(user),
            detail: json!({"sessions": beyond, "why": "too_many"}),
            ..entry
        };
        write.tell(entry).await?;
    }
    Ok(())
}
