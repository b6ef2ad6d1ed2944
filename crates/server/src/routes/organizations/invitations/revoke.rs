//! `DELETE /api/v1/organizations/{organization}/invitations/{invitation}`: withdraws one.

use axum::http::StatusCode;
use axum::response::Response;
use membership_contract::invitations::Invitation as Told;
use membership_contract::paths;
use membership_domain::invitation::{InvitationCommand, InvitationState};
use membership_domain::link::LinkPurpose;
use membership_store::audit::{Action, FieldChange};
use membership_store::invitations::{self, Invitation};
use membership_store::links;

use super::{Named, advanced, known, told};
use crate::change::{Done, Keyed};
use crate::http::problem::{Answer, ApiError};
use crate::write::Tx;

/// Withdraws an invitation: its link does nothing any more.
#[utoipa::path(
    delete, path = paths::INVITATION, tag = "users", operation_id = "delete_invitation",
    responses(
        (status = 200, body = Told),
        (status = 409, description = "It was accepted or declined"),
    ),
)]
pub async fn delete_invitation(by: Keyed, named: Named) -> Answer<Response> {
    let (app, member) = (&by.app, &by.member);
    let now = app.clock.real();
    let work = async |write: Tx| {
        let before = known(write.tx(), member.organization, named.0).await?;
        let mut done = Vec::new();
        let one = match before.state {
            InvitationState::Revoked => before,
            _ => {
                let one = Invitation {
                    decided_at: Some(app.clock.now()),
                    decided_by: Some(member.person()?.user.id),
                    ..advanced(before, InvitationCommand::Revoke, now)?
                };
                invitations::update(&write, &one).await?;
                let purpose = LinkPurpose::Invitation;
                links::revoke(&write, purpose, &one.id.to_string(), now).await?;
                done.push(Done {
                    changes: vec![FieldChange::of("state", "open", "revoked")],
                    ..Done::of(Action::InvitationRevoke, one.id)
                });
                one
            }
        };
        let told = told(app, write.tx(), vec![one]).await?.pop();
        Ok((told.ok_or_else(ApiError::not_found)?, done))
    };
    by.locked(&(), StatusCode::OK, work).await
}
