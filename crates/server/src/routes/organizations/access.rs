//! `GET /api/v1/organizations/{organization}/access`: my roles, what they allow, who can help.

use axum::Json;
use axum::extract::State;
use membership_contract::access::{Access, Administrator, RoleAccess};
use membership_contract::paths;
use membership_domain::roles::{self, Permission, Role};
use membership_store::{grants, users};

use crate::App;
use crate::guard::{Member, everywhere};
use crate::http::problem::Answer;

/// My roles in the organization, what they allow, and who can help.
#[utoipa::path(
    get, path = paths::ACCESS, tag = "organizations", operation_id = "get_access",
    responses((status = 200, body = Access)),
)]
pub async fn get_access(State(app): State<App>, member: Member) -> Answer<Json<Access>> {
    let grantors: Vec<Role> = Role::ALL
        .iter()
        .copied()
        .filter(|role| role.may(Permission::AssignCompanyRoles))
        .collect();
    let holders = grants::holders(app.store.db(), member.organization, &grantors).await?;
    let mut admins = Vec::new();
    for (id, roles) in holders {
        if let Some(user) = users::by_id(app.store.db(), id).await? {
            admins.push(Administrator {
                name: user.name,
                email: user.email,
                roles,
            });
        }
    }
    admins.sort_by(|one, other| (&one.name, &one.email).cmp(&(&other.name, &other.email)));
    let of_role = |role| RoleAccess {
        role,
        permissions: roles::permissions(&[role]),
    };
    let member_roles = everywhere(&member.grants);
    Ok(Json(Access {
        organization: member.organization,
        permissions: roles::permissions(&member_roles),
        roles: member_roles.into_iter().map(of_role).collect(),
        admins,
    }))
}

#[cfg(test)]
mod tests {
    use membership_contract::access::Access;
    use membership_contract::paths;
    use membership_domain::roles::{Permission, Role};

    use crate::testing::{Outcome, TestApp};

    #[tokio::test]
    async fn who_may_little_learns_whom_to_ask() -> Outcome {
        TestApp::each(async |app| {
            let browser = app.signed_in("guest@contoso.example").await?;
            let id = app.organization("Contoso").await?;
            let access: Access = browser.get(&paths::access(id)).await?.json()?;
            assert_eq!(
                access.roles.iter().map(|one| one.role).collect::<Vec<_>>(),
                [Role::Guest]
            );
            assert!(!access.permissions.contains(&Permission::SeeWorkspace));
            let emails: Vec<_> = access
                .admins
                .iter()
                .map(|admin| admin.email.as_str())
                .collect();
            assert!(
                emails.contains(&"global-admin@contoso.example"),
                "{emails:?}"
            );
            assert!(
                emails.contains(&"account-admin@contoso.example"),
                "{emails:?}"
            );
            assert_eq!(emails.len(), 2, "only those of this organization");
            Ok(())
        })
        .await
    }
}
