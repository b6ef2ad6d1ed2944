//! Sessions: an opaque token in a cookie, its hash in the database.

use axum::http::{HeaderMap, header};
use chrono::{DateTime, Duration, SecondsFormat, Utc};
use membership_contract::refusal::Refusal;
use membership_contract::session as wire;
use membership_domain::id::{OrganizationId, SessionId, UserId};
use membership_store::audit::{Action, Actor};
use membership_store::sessions::{self, Session};
use membership_store::users::{self, User};
use membership_store::{Write, audit, grants, members, organizations};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::hash::sha256;
use crate::http::cookie::SESSION;
use crate::http::observe::RequestId;
use crate::http::problem::{Answer, ApiError};
use crate::random::NoRandomness;
use crate::write::{Tx, write};
use crate::{App, conversions, random, trail};

/// How exactly the last use of a session is kept: each request would otherwise be a write.
const TOUCH: Duration = Duration::minutes(1);

/// Who makes a request.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The person.
    pub user: User,
    /// The session.
    pub session: Session,
}

/// The caller, or 401.
pub async fn caller(app: &App, headers: &HeaderMap) -> Answer<Caller> {
    if let Some(caller) = find(app, headers).await? {
        return Ok(caller);
    }
    if SESSION.of(headers).is_some() {
        return Err(ended());
    }
    Err(Refusal::NotSignedIn.into())
}

/// The caller, if somebody is signed in.
pub async fn find(app: &App, headers: &HeaderMap) -> Answer<Option<Caller>> {
    let Some(token) = SESSION.of(headers) else {
        return Ok(None);
    };
    let Some(session) = sessions::by_hash(app.store.db(), &hash(token)).await? else {
        return Ok(None);
    };
    let now = app.clock.real();
    if now >= session.expires_at || now - session.seen_at >= app.settings.session_idle {
        // It is over whether or not that can be written down.
        if let Err(error) = expire(app, &session).await {
            tracing::warn!(%error, "session not removed");
        }
        return Ok(None);
    }
    let user = users::by_id(app.store.db(), session.user).await?;
    let Some(user) = user.filter(|user| user.disabled_at.is_none()) else {
        return Ok(None);
    };
    if now - session.seen_at >= TOUCH {
        // Failing to note the use must not fail the request that is the use.
        if let Err(error) = sessions::touch(&app.store, &session.token_hash, now).await {
            tracing::warn!(%error, "session not touched");
        }
    }
    Ok(Some(Caller { user, session }))
}

/// Removes a session that time has ended, and tells of it once.
async fn expire(app: &App, session: &Session) -> Result<(), anyhow::Error> {
    write(&app.store, async |write: Tx| {
        let gone = sessions::delete(&write, &session.token_hash).await?;
        let entry = gone.then(|| ended_by_time(app, session.user, 1));
        Ok(((), entry.transpose()?))
    })
    .await
}

fn ended_by_time(app: &App, user: UserId, sessions: u64) -> Result<audit::Entry, NoRandomness> {
    Ok(audit::Entry {
        about: Some(user),
        detail: json!({"sessions": sessions, "why": "time"}),
        ..trail::entry(&app.clock, Action::SessionEnd, user)?
    })
}

fn ended() -> ApiError {
    ApiError::from(Refusal::SessionEnded).with_header(header::SET_COOKIE, &SESSION.clear())
}

/// Begins a session for a user, in place of the browser's old one. Gives it with its `Set-Cookie`;
/// nothing if the account was disabled or got another password since the caller looked at it.
pub async fn begin(
    app: &App,
    user: &User,
    headers: &HeaderMap,
    request_id: &RequestId,
) -> Answer<Option<(Session, String)>> {
    let token = random::token()?;
    let now = app.clock.real();
    let session = Session {
        token_hash: hash(&token),
        user: user.id,
        created_at: now,
        seen_at: now,
        expires_at: now + app.settings.session_absolute,
        proved_at: Some(now),
        device: None,
        address: None,
    };
    let begun = write(&app.store, async |write: Tx| {
        let known = users::lock(&write, user.id).await?;
        if known.disabled_at.is_some() || known.password_hash != user.password_hash {
            return Ok((false, None));
        }
        if let Some(old) = SESSION.of(headers) {
            end_old(app, &write, &hash(old), request_id).await?;
        }
        end_others(app, &write, user.id, now).await?;
        sessions::insert(&write, session.clone()).await?;
        members::signed_in(&write, user.id, now).await?;
        let entry = entry(app, request_id, &session, None, Action::SignIn, user.id)?;
        Answer::Ok((true, Some(entry)))
    });
    if !begun.await? {
        return Ok(None);
    }
    let cookie = SESSION.set(&token, app.settings.session_absolute);
    Ok(Some((session, cookie)))
}

/// Ends the session that the browser had before, whoever's it was.
async fn end_old(app: &App, write: &Write, hash: &str, request_id: &RequestId) -> Answer<()> {
    let Some(old) = sessions::by_hash(write.tx(), hash).await? else {
        return Ok(());
    };
    sessions::delete(write, &old.token_hash).await?;
    let entry = entry(app, request_id, &old, None, Action::SessionEnd, old.user)?;
    let detail = json!({"sessions": 1, "why": "sign_in"});
    Ok(write.tell(audit::Entry { detail, ..entry }).await?)
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

/// Ends the browser's session, if it has one.
pub async fn end(app: &App, headers: &HeaderMap, request_id: &RequestId) -> Answer<()> {
    let Some(token) = SESSION.of(headers) else {
        return Ok(());
    };
    let Some(session) = sessions::by_hash(app.store.db(), &hash(token)).await? else {
        return Ok(());
    };
    write(&app.store, async |write: Tx| {
        sessions::delete(&write, &session.token_hash).await?;
        let user = session.user;
        let entry = entry(app, request_id, &session, None, Action::SignOut, user)?;
        Ok(((), Some(entry)))
    })
    .await
}

/// The session as the pages see it.
pub async fn describe(app: &App, user: &User, session: &Session) -> Answer<wire::Session> {
    let mut held = grants::of_user(app.store.db(), user.id).await?;
    let ids: Vec<OrganizationId> = held.keys().copied().collect();
    let organizations = organizations::by_ids(app.store.db(), &ids).await?;
    let organizations = organizations.into_iter().map(|one| {
        let held = held.remove(&one.id).unwrap_or_default();
        conversions::of_session(one, &held)
    });
    Ok(wire::Session {
        organizations: organizations.collect(),
        user: wire::User {
            id: user.id,
            name: user.name.clone(),
            email: user.email.clone(),
        },
        expires: session
            .expires_at
            .to_rfc3339_opts(SecondsFormat::AutoSi, true),
    })
}

/// The id of a session as others may see it. Nobody can make the token from it, or what is stored
/// of the token.
pub fn public_id(session: &Session) -> SessionId {
    let hash = Sha256::digest(format!("session id{}", session.token_hash));
    let first = hash.first_chunk().copied().unwrap_or_default();
    SessionId::from_u128(u128::from_be_bytes(first))
}

/// An audit entry of what a user does in a session, with no details.
pub fn entry(
    app: &App,
    request_id: &RequestId,
    session: &Session,
    organization: Option<OrganizationId>,
    action: Action,
    subject: impl ToString,
) -> Answer<audit::Entry> {
    Ok(audit::Entry {
        actor: Actor::Person,
        user: Some(session.user),
        session: Some(public_id(session)),
        organization,
        request_id: request_id.0.clone(),
        ..trail::entry(&app.clock, action, subject)?
    })
}

fn hash(token: &str) -> String {
    sha256(token)
}
