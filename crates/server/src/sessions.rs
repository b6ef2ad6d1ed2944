//! Sessions: an opaque token in a cookie, its hash in the database.

use axum::http::{HeaderMap, StatusCode, header};
use chrono::Duration;
use membership_contract::problem::code;
use membership_contract::session as wire;
use membership_store::sessions::{self, Session};
use membership_store::users::{self, User};
use membership_store::{audit, grants, organizations};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::http::cookie::SESSION;
use crate::http::observe::RequestId;
use crate::http::problem::{Answer, Refused};
use crate::{App, chance, conversions};

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
    let detail = "Nobody is signed in. Sign in and try again.";
    Err(Refused::new(
        StatusCode::UNAUTHORIZED,
        code::NOT_SIGNED_IN,
        detail,
    ))
}

/// The caller, if somebody is signed in.
pub async fn find(app: &App, headers: &HeaderMap) -> Answer<Option<Caller>> {
    let Some(token) = SESSION.of(headers) else {
        return Ok(None);
    };
    let Some(session) = sessions::by_hash(app.store.read(), &hash(token)).await? else {
        return Ok(None);
    };
    let now = app.clock.real();
    if now >= session.expires_at || now - session.seen_at >= app.settings.session_idle {
        return Ok(None);
    }
    let Some(user) = users::by_id(app.store.read(), session.user).await? else {
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

fn ended() -> Refused {
    let detail = "Your session has ended. Sign in again; nothing you typed is lost.";
    Refused::new(StatusCode::UNAUTHORIZED, code::NOT_SIGNED_IN, detail)
        .with_header(header::SET_COOKIE, &SESSION.clear())
}

/// Begins a session for a user, in place of the browser's old one. Gives it with its `Set-Cookie`.
pub async fn begin(
    app: &App,
    user: &User,
    headers: &HeaderMap,
    request_id: &RequestId,
) -> Answer<(Session, String)> {
    let token = chance::token()?;
    let now = app.clock.real();
    let session = Session {
        token_hash: hash(&token),
        user: user.id,
        created_at: now,
        seen_at: now,
        expires_at: now + app.settings.session_absolute,
    };
    let entry = entry(app, request_id, user.id, None, "sign_in", user.id)?;
    let write = app.store.write().await?;
    if let Some(old) = SESSION.of(headers) {
        sessions::delete(&write, &hash(old)).await?;
    }
    sessions::delete_ended(&write, user.id, now, now - app.settings.session_idle).await?;
    let others = app.settings.sessions_of_user.saturating_sub(1);
    sessions::delete_beyond(&write, user.id, others).await?;
    sessions::insert(&write, session.clone()).await?;
    write.commit(entry).await?;
    Ok((session, SESSION.set(&token, app.settings.session_absolute)))
}

/// Ends the browser's session, if it has one.
pub async fn end(app: &App, headers: &HeaderMap, request_id: &RequestId) -> Answer<()> {
    let Some(token) = SESSION.of(headers) else {
        return Ok(());
    };
    let Some(session) = sessions::by_hash(app.store.read(), &hash(token)).await? else {
        return Ok(());
    };
    let entry = entry(
        app,
        request_id,
        session.user,
        None,
        "sign_out",
        session.user,
    )?;
    let write = app.store.write().await?;
    sessions::delete(&write, &session.token_hash).await?;
    Ok(write.commit(entry).await?)
}

/// The session as the pages see it.
pub async fn describe(app: &App, user: &User, session: &Session) -> Answer<wire::Session> {
    let mut roles = grants::of_user(app.store.read(), user.id).await?;
    let ids: Vec<Uuid> = roles.keys().copied().collect();
    let organizations = organizations::by_ids(app.store.read(), &ids).await?;
    let organizations = organizations.into_iter().map(|one| {
        let roles = roles.remove(&one.id).unwrap_or_default();
        conversions::of_session(one, roles)
    });
    Ok(wire::Session {
        organizations: organizations.collect(),
        user: wire::User {
            id: user.id,
            name: user.name.clone(),
            email: user.email.clone(),
        },
        expires: session.expires_at,
    })
}

/// An audit entry of a user's action, with no details.
pub fn entry(
    app: &App,
    request_id: &RequestId,
    user: Uuid,
    organization: Option<Uuid>,
    action: &str,
    subject: impl ToString,
) -> Answer<audit::Entry> {
    Ok(audit::Entry {
        id: chance::id(app.clock.real())?,
        at: app.clock.now(),
        user: Some(user),
        organization,
        action: action.to_owned(),
        subject: subject.to_string(),
        detail: serde_json::json!({}),
        request_id: request_id.0.clone(),
    })
}

fn hash(token: &str) -> String {
    Sha256::digest(token.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
