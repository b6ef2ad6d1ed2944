//! `POST /api/v1/account/password-reset`: asks for a link.

use axum::extract::State;
use axum::http::StatusCode;
use chrono::Duration;
use membership_contract::link::PasswordResetRequest;
use membership_contract::paths;
use membership_domain::link::{LinkPurpose, LinkTerm};
use membership_store::audit::{self, Action};
use membership_store::links::{self, Link};
use membership_store::users;

use crate::http::body::Body;
use crate::http::client::Client;
use crate::http::observe::RequestId;
use crate::http::problem::Answer;
use crate::mail::{self, About, Letter, Opens};
use crate::tries::Of;
use crate::write::{Tx, write};
use crate::{App, random, trail};

/// Has a link to reset a password mailed to its account, if there is one. The answer is the same in
/// both cases, and does not wait for what differs: nobody learns who has an account. A newer link
/// ends those before it.
#[utoipa::path(
    post, path = paths::PASSWORD_RESET, tag = "account", operation_id = "create_password_reset",
    request_body = PasswordResetRequest,
    responses(
        (status = 202, description = "If the address has an account, a link is on its way"),
        (status = 429, description = "Too many links were asked for from there, or for the address",
            headers(("Retry-After" = u64), ("RateLimit" = String), ("RateLimit-Policy" = String))),
    ),
)]
pub async fn create_password_reset(
    State(app): State<App>,
    client: Client,
    request_id: RequestId,
    Body(request): Body<PasswordResetRequest>,
) -> Answer<StatusCode> {
    let email = users::normalize(&request.email);
    let of = Of::Reset(email.clone(), client.0);
    app.tries.count(&app.store, of, app.clock.real()).await?;
    tokio::spawn(async move {
        if let Err(error) = send(&app, &email, &request_id).await {
            tracing::warn!(?error, "a link to reset a password was not sent");
        }
    });
    Ok(StatusCode::ACCEPTED)
}

/// Queues the mail, where there is an account that can sign in.
async fn send(app: &App, email: &str, request_id: &RequestId) -> Answer<()> {
    let user = users::by_email(app.store.db(), email).await?;
    let Some(user) = user.filter(|user| user.disabled_at.is_none()) else {
        return Ok(());
    };
    let (now, minutes) = (app.clock.real(), app.catalog.access.password_reset_minutes);
    let link = Link {
        id: random::id(now)?,
        purpose: LinkPurpose::PasswordReset,
        user: Some(user.id),
        organization: None,
        email: user.email.clone(),
        subject: user.id.to_string(),
        issued_at: now,
        term: LinkTerm::until(now + Duration::minutes(minutes.into())),
    };
    write(&app.store, async |write: Tx| {
        if users::lock(&write, user.id).await?.disabled_at.is_some() {
            return Ok(((), None));
        }
        links::issue(&write, link.clone()).await?;
        let letter = Letter {
            to: user.email.clone(),
            user: Some(user.id),
            organization: None,
            document: link.id.to_string(),
            about: About::PasswordReset { minutes },
            opens: Opens::Link(link.id),
        };
        mail::queue(app, &write, letter).await?;
        let entry = audit::Entry {
            about: Some(user.id),
            request_id: request_id.0.clone(),
            ..trail::entry(&app.clock, Action::PasswordResetRequest, link.id)?
        };
        Answer::Ok(((), Some(entry)))
    })
    .await
}
