//! `POST /api/v1/links/look`: what a one-time link is for.

use axum::Json;
use axum::extract::State;
use membership_contract::link::{LinkLook, LinkToken};
use membership_contract::paths;
use membership_contract::refusal::Refusal;
use membership_domain::link::LinkPurpose;
use membership_store::{links, organizations, users};

use crate::App;
use crate::hash::sha256;
use crate::http::body::Body;
use crate::http::client::Client;
use crate::http::problem::{Answer, ApiError};
use crate::tries::Of;

/// What a one-time link is for, and whether it still works. Does not use it.
///
/// The token is in the body and never in an address, so that no log and no `Referer` has it, and no
/// scanner of mails, which opens addresses, uses the link.
#[utoipa::path(
    post, path = paths::LINK_LOOK, tag = "links", operation_id = "create_link_look",
    request_body = LinkToken,
    responses(
        (status = 200, body = LinkLook),
        (status = 404, description = "No link has this token"),
        (status = 429, description = "Too many links that do not exist",
            headers(("Retry-After" = u64), ("RateLimit" = String), ("RateLimit-Policy" = String))),
    ),
)]
pub async fn create_link_look(
    State(app): State<App>,
    client: Client,
    Body(request): Body<LinkToken>,
) -> Answer<Json<LinkLook>> {
    let (db, now) = (app.store.db(), app.clock.real());
    let counted = app.tries.count(&app.store, Of::Link(client.0), now).await?;
    let Some(link) = links::by_hash(db, &sha256(request.token)).await? else {
        return Err(counted.told(ApiError::from(Refusal::LinkUnknown)));
    };
    counted.give_back().await;
    let organization = match link.organization {
        Some(id) => organizations::by_id(db, id).await?,
        None => None,
    };
    // Whoever has the link reads the mail of that address.
    let has_account = link.purpose == LinkPurpose::Invitation
        && users::by_email(db, &link.email).await?.is_some();
    Ok(Json(LinkLook {
        has_account,
        purpose: link.purpose,
        state: link.term.state(now),
        email: link.email,
        organization: organization.map(|one| one.name),
        // Others need somebody who invites, or a session.
        renewable: link.purpose == LinkPurpose::PasswordReset,
    }))
}

#[cfg(test)]
mod tests;
