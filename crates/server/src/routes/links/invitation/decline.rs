//! `POST /api/v1/links/invitation/refusal`: declines an invitation.

use axum::extract::State;
use axum::http::StatusCode;
use membership_contract::invitations::InvitationRefusal;
use membership_contract::paths;
use membership_domain::invitation::{InvitationCommand, after, shown};
use membership_store::audit::{self, Action, Actor, FieldChange};
use membership_store::invitations::{self, Invitation};
use membership_store::organizations;

use super::{opened, used};
use crate::http::body::Body;
use crate::http::problem::Answer;
use crate::people::PeopleError;
use crate::sessions::Arrival;
use crate::write::{Tx, write};
use crate::{App, trail};

/// Declines an invitation. An administrator can send it again.
#[utoipa::path(
    post, path = paths::INVITATION_REFUSAL, tag = "links", operation_id = "create_invitation_refusal",
    request_body = InvitationRefusal,
    responses(
        (status = 204, description = "It is declined"),
        (status = 404, description = "No link has this token"),
        (status = 410, description = "The link was used, expired or was revoked"),
        (status = 429, description = "Too many links that do not exist",
            headers(("Retry-After" = u64), ("RateLimit" = String), ("RateLimit-Policy" = String))),
    ),
)]
pub async fn create_invitation_refusal(
    State(app): State<App>,
    arrival: Arrival,
    Body(request): Body<InvitationRefusal>,
) -> Answer<StatusCode> {
    let (token_hash, link, _) = opened(&app, arrival.client, &request.token).await?;
    write(&app.store, async |write: Tx| {
        if let Some(organization) = link.organization {
            organizations::lock(&write, organization).await?;
        }
        let one = used(&app, &write, &token_hash).await?;
        let state = shown(one.state, one.expires_at, app.clock.real());
        let one = Invitation {
            state: after(state, InvitationCommand::Decline).map_err(PeopleError::from)?,
            decided_at: Some(app.clock.now()),
            ..one
        };
        invitations::update(&write, &one).await?;
        let entry = audit::Entry {
            actor: Actor::Person,
            user: link.user,
            organization: Some(one.organization),
            changes: vec![FieldChange::of("state", "open", "declined")],
            request_id: arrival.request_id.0.clone(),
            ..trail::entry(&app.clock, Action::InvitationDecline, one.id)?
        };
        Answer::Ok(((), Some(entry)))
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
