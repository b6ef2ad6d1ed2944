//! `POST /api/v1/organizations/{organization}/invitations/{invitation}/sendings`: sends one again.

use axum::http::StatusCode;
use axum::response::Response;
use membership_contract::invitations::Invitation as Told;
use membership_contract::paths;
use membership_domain::id::LinkId;
use membership_domain::invitation::InvitationCommand;
use membership_store::audit::{Action, FieldChange};
use membership_store::invitations::{self, Invitation};
use membership_store::{organizations, users};

use super::{Named, Sending, advanced, allowed, known, told};
use crate::change::{Done, Keyed};
use crate::http::problem::{Answer, ApiError};
use crate::random;
use crate::sessions::Proved;
use crate::write::Tx;

/// Sends an invitation again, with a new end; the link before it ends. Also one that expired or was
/// declined. Whoever sends it again must be able to give its roles.
#[utoipa::path(
    post, path = paths::INVITATION_SENDING, tag = "users", operation_id = "create_invitation_sending",
    responses(
        (status = 201, body = Told),
        (status = 409, description = "It was accepted or revoked"),
        (status = 429, description = "Too many mails", headers(("Retry-After" = u64))),
    ),
)]
pub async fn create_invitation_sending(by: Keyed, _: Proved, named: Named) -> Answer<Response> {
    let (app, member) = (&by.app, &by.member);
    let now = app.clock.real();
    let link: LinkId = random::id(now)?;
    let work = async |write: Tx| {
        let before = known(write.tx(), member.organization, named.0).await?;
        allowed(&write, member, &before.grants).await?;
        let expired = before.expires_at;
        let one = Invitation {
            sent_at: now,
            expires_at: Sending::expires_at(app, now),
            sendings: before.sendings + 1,
            decided_at: None,
            decided_by: None,
            ..advanced(before, InvitationCommand::SendAgain, now)?
        };
        invitations::update(&write, &one).await?;
        let organization = organizations::by_id(write.tx(), member.organization).await?;
        let sending = Sending {
            app,
            by: member,
            organization: &organization.ok_or_else(ApiError::not_found)?,
            link,
        };
        let user = users::by_email(write.tx(), &one.email).await?;
        sending.queue(&write, &one, user.as_ref()).await?;
        let changes = vec![FieldChange::of(
            "expires_at",
            expired.to_rfc3339(),
            one.expires_at.to_rfc3339(),
        )];
        let done = Done {
            changes,
            ..Done::of(Action::InvitationResend, one.id)
        };
        let told = told(app, write.tx(), vec![one]).await?.pop();
        Ok((told.ok_or_else(ApiError::not_found)?, vec![done]))
    };
    by.locked(&(), StatusCode::CREATED, work).await
}
