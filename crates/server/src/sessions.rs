//! Sessions: an opaque token in a cookie, its hash in the database.

use axum::http::{HeaderMap, StatusCode, header};
use chrono::Duration;
use membership_contract::problem::code;
use membership_contract::session as wire;
use membership_store::sessions::{self, Session};
use membership_store::users::{self, User};
use membership_store::{audit, grants, organizations};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::chance::NoChance;
use crate::http::cookie::SESSION;
use crate::http::observe::RequestId;
use crate::http::problem::{Answer, Refused};
use crate::{App, chance, conversions, trail};

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
    let entry = ended_by_time(app, session.user, 1)?;
    let write = app.store.write().await?;
    if sessions::delete(&write, &session.token_hash).await? {
        write.commit(entry).await?;
    }
    Ok(())
}

fn ended_by_time(app: &App, user: Uuid, sessions: u64) -> Result<audit::Entry, NoChance> {
    Ok(audit::Entry {
        detail: json!({"sessions": sessions, "why": "time"}),
        ..trail::entry(&app.clock, "session.end", user)?
    })
}

fn ended() -> Refused {
    let detail = "Your session has ended. Sign in again; nothing you typed is lost.";
    Refused::new(StatusCode::UNAUTHORIZED, code::NOT_SIGNED_IN, detail)
        .with_header(header::SET_COOKIE, &SESSION.clear())
}

/// Begins a session for a user, in place of the browser's old one. Gives it with its `Set-Cookie`;
/// nothing if the account was disabled or got another password since the caller looked at it.
pub async fn begin(
    app: &App,
    user: &User,
    headers: &HeaderMap,
    request_id: &RequestId,
) -> Answer<Option<(Session, String)>> {
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
    let known = users::lock(&write, user.id).await?;
    if known.disabled_at.is_some() || known.password_hash != user.password_hash {
        return Ok(None);
    }
    if let Some(old) = SESSION.of(headers) {
        let old = sessions::by_hash(write.tx(), &hash(old)).await?;
        if let Some(old) = old {
            sessions::delete(&write, &old.token_hash).await?;
            let (user, why) = (old.user, json!({"sessions": 1, "why": "sign_in"}));
            let entry = self::entry(app, request_id, user, None, "session.end", user)?;
            write
                .tell(audit::Entry {
                    detail: why,
                    ..entry
                })
                .await?;
        }
    }
    let idle_since = now - app.settings.session_idle;
    let over = sessions::delete_ended(&write, user.id, now, idle_since).await?;
    if over > 0 {
        write.tell(ended_by_time(app, user.id, over)?).await?;
    }
    let others = app.settings.sessions_of_user.saturating_sub(1);
    let beyond = sessions::delete_beyond(&write, user.id, others).await?;
    if beyond > 0 {
        let detail = json!({"sessions": beyond, "why": "too_many"});
        let entry = trail::entry(&app.clock, "session.end", user.id)?;
        write.tell(audit::Entry { detail, ..entry }).await?;
    }
    sessions::insert(&write, session.clone()).await?;
    write.commit(entry).await?;
    let cookie = SESSION.set(&token, app.settings.session_absolute);
    Ok(Some((session, cookie)))
}

/// Ends the browser's session, if it has one.
pub async fn end(app: &App, headers: &HeaderMap, request_id: &RequestId) -> Answer<()> {
    let Some(token) = SESSION.of(headers) else {
        return Ok(());
    };
    let Some(session) = sessions::by_hash(app.store.db(), &hash(token)).await? else {
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
    let mut roles = grants::of_user(app.store.db(), user.id).await?;
    let ids: Vec<Uuid> = roles.keys().copied().collect();
    let organizations = organizations::by_ids(app.store.db(), &ids).await?;
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
        user: Some(user),
        organization,
        request_id: request_id.0.clone(),
        ..trail::entry(&app.clock, action, subject)?
    })
}

fn hash(token: &str) -> String {
    Sha256::digest(token.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
