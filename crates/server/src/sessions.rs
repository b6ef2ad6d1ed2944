//! Sessions: an opaque token in a cookie, its hash in the database.

mod begin;
mod device;
mod proved;

use axum::http::{HeaderMap, header};
use chrono::{Duration, SecondsFormat};
use membership_contract::refusal::Refusal;
use membership_contract::session as wire;
use membership_domain::id::{OrganizationId, SessionId, UserId};
use membership_store::audit::{Action, Actor};
use membership_store::sessions::{self, Session};
use membership_store::users::User;
use membership_store::{audit, grants, organizations};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::guard::lacks_second_factor;
use crate::hash::sha256;
use crate::http::cookie::SESSION;
use crate::http::observe::RequestId;
use crate::http::problem::{Answer, ApiError};
use crate::random::NoRandomness;
use crate::write::{Tx, write};
use crate::{App, conversions, trail};

pub use begin::{Arrival, Begun, begin};
pub use proved::Proved;

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
    let found = sessions::with_user(app.store.db(), &hash(token)).await?;
    let Some((session, user)) = found else {
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
    if user.disabled_at.is_some() {
        return Ok(None);
    }
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
    let mut organizations = Vec::new();
    for one in organizations::by_ids(app.store.db(), &ids).await? {
        let held = held.remove(&one.id).unwrap_or_default();
        let lacks = lacks_second_factor(app, user.id, one.id, &held).await?;
        organizations.push(conversions::of_session(one, &held, lacks));
    }
    Ok(wire::Session {
        organizations,
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
