//! `/api/v1/organizations/{organization}/users/{user}/deactivation`: whether a person may act.

use axum::http::StatusCode;
use axum::response::Response;
use membership_contract::paths;
use membership_contract::users::UserDetail;
use membership_store::audit::{Action, FieldChange};

use super::{Named, detail, granter, held, known};
use crate::change::{Done, Keyed};
use crate::http::problem::{Answer, ApiError};
use crate::people::{self, Suspending};
use crate::write::Tx;

/// Deactivates a person: their sessions end at once, and they can't act for this organization until
/// somebody reactivates them. What they did keeps their name.
#[utoipa::path(
    post, path = paths::USER_DEACTIVATION, tag = "users", operation_id = "create_user_deactivation",
    responses(
        (status = 200, body = UserDetail),
        (status = 409, description = "Nobody else has a role that the organization needs"),
    ),
)]
pub async fn create_user_deactivation(by: Keyed, named: Named) -> Answer<Response> {
    change(&by, named, true).await
}

/// Lets a deactivated person act again, with the roles that they had.
#[utoipa::path(
    delete, path = paths::USER_DEACTIVATION, tag = "users",
    operation_id = "delete_user_deactivation",
    responses((status = 200, body = UserDetail)),
)]
pub async fn delete_user_deactivation(by: Keyed, named: Named) -> Answer<Response> {
    change(&by, named, false).await
}

async fn change(by: &Keyed, named: Named, deactivate: bool) -> Answer<Response> {
    let (app, member, user) = (&by.app, &by.member, named.0);
    let work = async |write: Tx| {
        let grants = held(&write, member).await?;
        let one = known(write.tx(), member.organization, user).await?;
        if one.removed_at.is_some() {
            return Err(ApiError::not_found());
        }
        let suspending = Suspending {
            granter: granter(member, &grants),
            organization: member.organization,
            user,
            by: member.person()?.user.id,
            at: app.clock.now(),
        };
        let changed = match deactivate {
            true => people::deactivate(&write, suspending, &one).await?,
            false => people::reactivate(&write, suspending, &one).await?,
        };
        let now = known(write.tx(), member.organization, user).await?;
        let (action, before, after) = match deactivate {
            true => (Action::MemberDeactivate, "active", "deactivated"),
            false => (Action::MemberReactivate, "deactivated", "active"),
        };
        let done = changed.then(|| Done {
            about: Some(user),
            changes: vec![FieldChange::of("state", before, after)],
            ..Done::of(action, user)
        });
        let done: Vec<Done> = done.into_iter().collect();
        Ok((detail(app, write.tx(), member, now).await?, done))
    };
    by.locked(&(), StatusCode::OK, work).await
}
