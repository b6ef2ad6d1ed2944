//! `PUT /api/v1/account/password-reset`: sets a password with a link.

use axum::extract::State;
use axum::http::StatusCode;
use membership_contract::link::PasswordResetUse;
use membership_contract::paths;
use membership_contract::refusal::Refusal;
use membership_domain::link::{LinkPurpose, LinkState};
use membership_store::audit::{self, Action, Actor};
use membership_store::links::{self, Used};
use membership_store::{sessions, users};
use serde_json::json;

use crate::hash::sha256;
use crate::http::body::Body;
use crate::http::problem::{Answer, ApiError};
use crate::mail::About;
use crate::routes::account::notify;
use crate::routes::account::password::fit;
use crate::sessions::Arrival;
use crate::tries::Of;
use crate::write::{Tx, write};
use crate::{App, trail};

/// Sets the password of the account for which a link was mailed. All its sessions end, and whoever
/// has the new password signs in with it, with a code where the account has a second factor. The
/// link works once.
#[utoipa::path(
    put, path = paths::PASSWORD_RESET, tag = "account",
    operation_id = "replace_forgotten_password", request_body = PasswordResetUse,
    responses(
        (status = 204, description = "It is the password now"),
        (status = 404, description = "No link has this token"),
        (status = 410, description = "The link was used, expired or was revoked"),
        (status = 422, description = "The password is not fit"),
        (status = 429, description = "Too many links that do not exist",
            headers(("Retry-After" = u64), ("RateLimit" = String), ("RateLimit-Policy" = String))),
    ),
)]
pub async fn replace_forgotten_password(
    State(app): State<App>,
    arrival: Arrival,
    Body(request): Body<PasswordResetUse>,
) -> Answer<StatusCode> {
    let (db, now) = (app.store.db(), app.clock.real());
    let token_hash = sha256(request.token);
    let of = Of::Link(arrival.client.0);
    let counted = app.tries.count(&app.store, of, now).await?;
    let link = links::by_hash(db, &token_hash).await?;
    let link = link.filter(|link| link.purpose == LinkPurpose::PasswordReset);
    let user = match link.as_ref().and_then(|link| link.user) {
        Some(id) => users::by_id(db, id).await?,
        None => None,
    };
    let (Some(link), Some(user)) = (link, user) else {
        return Err(counted.told(ApiError::from(Refusal::LinkUnknown)));
    };
    counted.give_back().await;
    // Nobody has the server hash passwords with a link that does nothing.
    let state = link.term.state(now);
    if state != LinkState::Issued || user.disabled_at.is_some() {
        return Err(Refusal::LinkEnded(ended(state)).into());
    }
    let hash = fit(&app, &user, request.password, "/password").await?;
    write(&app.store, async |write: Tx| {
        // First the account, as where a link is issued.
        let known = users::lock(&write, user.id).await?;
        let purpose = LinkPurpose::PasswordReset;
        match links::use_up(&write, &token_hash, purpose, now).await? {
            Used::Now(_) if known.disabled_at.is_none() => {}
            Used::Now(_) => return Err(Refusal::LinkEnded(LinkState::Revoked).into()),
            Used::Ended(_, why) => return Err(Refusal::LinkEnded(why.0).into()),
            Used::Unknown => return Err(Refusal::LinkUnknown.into()),
        }
        users::set_password(&write, user.id, hash.clone()).await?;
        let ended = sessions::delete_of_user(&write, user.id).await?;
        notify(&app, &write, &user, About::PasswordChanged).await?;
        let entry = audit::Entry {
            actor: Actor::Person,
            user: Some(user.id),
            about: Some(user.id),
            detail: json!({"sessions": ended, "link": link.id}),
            request_id: arrival.request_id.0.clone(),
            ..trail::entry(&app.clock, Action::AccountPassword, user.id)?
        };
        Answer::Ok(((), Some(entry)))
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What a link is said to be that is not used: one of a disabled account was withdrawn.
fn ended(state: LinkState) -> LinkState {
    match state {
        LinkState::Issued => LinkState::Revoked,
        other => other,
    }
}
