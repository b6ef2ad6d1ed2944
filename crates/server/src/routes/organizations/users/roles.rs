//! `/api/v1/organizations/{organization}/users/{user}/roles/{role}`: gives and takes a role.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use membership_contract::paths;
use membership_contract::users::{RoleRequest, UserDetail, scope};
use membership_domain::id::{OrganizationId, UserId};
use membership_domain::roles::{Grant, Role, Scope};
use membership_store::audit::{Action, FieldChange};
use serde_json::{Value, json};

use super::{detail, granter, held, known};
use crate::change::{Done, Keyed};
use crate::http::body::Body;
use crate::http::problem::{Answer, ApiError};
use crate::mail::{self, About, Letter, Opens};
use crate::people::roles::{Changed, Changing, give, take};
use crate::random;
use crate::sessions::Proved;
use crate::write::Tx;

type Named = Path<(OrganizationId, String, String)>;

/// Gives a person a role, or another scope of one that they have. A role that comes with another one
/// and was taken comes back.
#[utoipa::path(
    put, path = paths::USER_ROLE, tag = "users", operation_id = "replace_user_role",
    params(("role" = Role, Path, description = "The role")), request_body = RoleRequest,
    responses(
        (status = 200, body = UserDetail),
        (status = 409, description = "The role can't be limited to locations, or guests can't have it"),
    ),
)]
pub async fn replace_user_role(
    by: Keyed,
    _: Proved,
    named: Named,
    Body(request): Body<RoleRequest>,
) -> Answer<Response> {
    let (user, role) = read(&named)?;
    let grant = Grant {
        role,
        scope: scope(request.locations.as_ref()),
    };
    change(&by, &request, user, role, Some(&grant)).await
}

/// Takes a role from a person. One that comes with another role is taken by itself; it comes back
/// when it is given.
#[utoipa::path(
    delete, path = paths::USER_ROLE, tag = "users", operation_id = "delete_user_role",
    params(("role" = Role, Path, description = "The role")),
    responses(
        (status = 200, body = UserDetail),
        (status = 409, description = "Nobody else has a role that the organization needs"),
    ),
)]
pub async fn delete_user_role(by: Keyed, named: Named) -> Answer<Response> {
    let (user, role) = read(&named)?;
    change(&by, &(), user, role, None).await
}

fn read(Path((_, user, role)): &Named) -> Answer<(UserId, Role)> {
    let user = user.parse().map_err(|_| ApiError::not_found())?;
    let role = Role::from_code(role).ok_or_else(ApiError::not_found)?;
    Ok((user, role))
}

async fn change(
    by: &Keyed,
    request: &impl serde::Serialize,
    user: UserId,
    role: Role,
    grant: Option<&Grant>,
) -> Answer<Response> {
    let (app, member) = (&by.app, &by.member);
    let document = random::id::<membership_domain::id::Entry>(app.clock.real())?.to_string();
    let document = &document;
    let work = async |write: Tx| {
        let grants = held(&write, member).await?;
        let changing = Changing {
            granter: granter(member, &grants),
            organization: member.organization,
            user,
            at: app.clock.now(),
        };
        let changed = match grant {
            Some(grant) => give(&write, changing, grant).await?,
            None => take(&write, changing, role).await?,
        };
        let one = known(write.tx(), member.organization, user).await?;
        let mut done = Vec::new();
        if changed.is_change() {
            let about = about(by, &write, role, grant.is_some()).await?;
            if user != member.person()?.user.id {
                let page = format!("/{}/access", about.1);
                let letter = Letter {
                    to: one.email.clone(),
                    user: Some(user),
                    organization: Some(member.organization),
                    document: document.clone(),
                    about: about.0,
                    opens: Opens::Page(page),
                };
                mail::queue(app, &write, letter).await?;
            }
            done.push(told(user, role, grant.is_some(), &changed));
        }
        Ok((detail(app, write.tx(), member, one).await?, done))
    };
    by.locked(request, StatusCode::OK, work).await
}

/// What the mail is about, and the PartnerID of the organization.
async fn about(by: &Keyed, write: &Tx, role: Role, given: bool) -> Answer<(About, String)> {
    let id = by.member.organization;
    let one = membership_store::organizations::by_id(write.tx(), id).await?;
    let one = one.ok_or_else(ApiError::not_found)?;
    let (organization, by) = (one.name, by.member.person()?.user.name.clone());
    let about = match given {
        true => About::RoleGranted {
            organization,
            by,
            role,
        },
        false => About::RoleRevoked {
            organization,
            by,
            role,
        },
    };
    Ok((about, one.partner_id))
}

/// Which role, whose, and where it held before and after.
fn told(user: UserId, role: Role, given: bool, changed: &Changed) -> Done {
    let action = match given {
        true => Action::RoleGrant,
        false => Action::RoleRevoke,
    };
    Done {
        about: Some(user),
        changes: fields(role, changed),
        ..Done::of(action, user)
    }
}

/// What is otherwise: the role, and its locations where it has or had some.
pub fn fields(role: Role, changed: &Changed) -> Vec<FieldChange> {
    let of = |grants: &[Grant]| grants.iter().find(|one| one.role == role).cloned();
    let (before, after) = (of(&changed.before), of(&changed.after));
    let code = |grant: &Option<Grant>| grant.as_ref().map_or(Value::Null, |_| json!(role.code()));
    let places = |grant: &Option<Grant>| match grant.as_ref().map(|one| &one.scope) {
        Some(Scope::Locations(all)) => json!(all),
        _ => Value::Null,
    };
    let mut changes = vec![FieldChange::of("role", code(&before), code(&after))];
    let (old, new) = (places(&before), places(&after));
    if old != new {
        changes.push(FieldChange::of("role.locations", old, new));
    }
    changes
}
