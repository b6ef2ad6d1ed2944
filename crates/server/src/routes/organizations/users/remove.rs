//! `DELETE /api/v1/organizations/{organization}/users/{user}`: ends a membership.

use axum::http::StatusCode;
use axum::response::Response;
use membership_contract::paths;
use membership_contract::users::UserDetail;
use membership_domain::id::{OrganizationId, UserId};
use membership_store::audit::{Action, FieldChange};
use membership_store::grants;
use membership_store::requests::{self, Wanted};
use serde_json::{Value, json};

use super::{Named, detail, granter, held, known};
use crate::App;
use crate::change::{Done, Keyed};
use crate::http::problem::Answer;
use crate::people::{self, Suspending};
use crate::routes::organizations::requests::withdraw::withdraw;
use crate::write::Tx;

/// Removes a person from the organization, or oneself: roles and sessions end at once. Name and address
/// are erased after the catalog's days; what they did stays on record.
#[utoipa::path(
    delete, path = paths::USER, tag = "users", operation_id = "delete_user",
    responses(
        (status = 200, body = UserDetail),
        (status = 409, description = "Nobody else has a role that the organization needs"),
    ),
)]
pub async fn delete_user(by: Keyed, named: Named) -> Answer<Response> {
    let (app, member, user) = (&by.app, &by.member, named.0);
    let work = async |write: Tx| {
        let held = held(&write, member).await?;
        let one = known(write.tx(), member.organization, user).await?;
        let given = grants::given_to(write.tx(), member.organization, user).await?;
        let suspending = Suspending {
            granter: granter(member, &held),
            organization: member.organization,
            user,
            by: member.person()?.user.id,
            at: app.clock.now(),
        };
        let changed = people::remove(&write, suspending, &one).await?;
        let roles: Vec<&str> = given.iter().map(|grant| grant.role.code()).collect();
        let done = changed.then(|| Done {
            about: Some(user),
            changes: vec![
                FieldChange::of("state", "member", "removed"),
                FieldChange::of("roles", json!(roles), Value::Null),
            ],
            ..Done::of(Action::MemberRemove, user)
        });
        let now = known(write.tx(), member.organization, user).await?;
        let mut done: Vec<Done> = done.into_iter().collect();
        done.extend(withdrawn(app, &write, member.organization, user).await?);
        Ok((detail(app, write.tx(), member, now).await?, done))
    };
    by.locked(&(), StatusCode::OK, work).await
}

/// What they asked for is nobody's request any more.
async fn withdrawn(
    app: &App,
    write: &Tx,
    organization: OrganizationId,
    user: UserId,
) -> Answer<Vec<Done>> {
    let wanted = Wanted {
        asked_by: Some(user),
        pending: true,
        ..Wanted::default()
    };
    let mut done = Vec::new();
    for one in requests::list(write.tx(), organization, wanted, requests::MOST_WAITING).await? {
        done.push(withdraw(app, write, one).await?.1);
    }
    Ok(done)
}
