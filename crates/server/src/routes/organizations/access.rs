//! `GET /api/v1/organizations/{organization}/access`: my roles, what they allow, who can help.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::State;
use membership_contract::access::{Access, Administrator, PermissionAccess, RoleAccess, RoleWay};
use membership_contract::paths;
use membership_domain::id::UserId;
use membership_domain::roles::{self, GRANTING, Permission, Role, granting};
use membership_store::{grants, users};

use crate::App;
use crate::guard::{Member, Needs, everywhere};
use crate::http::problem::Answer;
use crate::routes::ROUTES;

/// My roles in the organization, what they allow, and who can help: for each permission that
/// something in the product needs.
#[utoipa::path(
    get, path = paths::ACCESS, tag = "organizations", operation_id = "get_access",
    responses((status = 200, body = Access)),
)]
pub async fn get_access(State(app): State<App>, member: Member) -> Answer<Json<Access>> {
    let db = app.store.db();
    let givers: BTreeSet<Role> = GRANTING.iter().flat_map(|one| one.by).copied().collect();
    let givers: Vec<Role> = givers.into_iter().collect();
    let holders = grants::holders(db, member.organization, &givers).await?;
    let people = people(&app, holders).await?;
    let admin = |role: &Role| role.may(Permission::AssignCompanyRoles);
    let mut admins = people.clone();
    admins.retain_mut(|(_, one)| {
        one.roles.retain(admin);
        !one.roles.is_empty()
    });
    let held = everywhere(&member.grants);
    let of_role = |role: &Role| RoleAccess {
        role: *role,
        permissions: roles::permissions(&[*role]),
    };
    let others: Vec<&Administrator> = people
        .iter()
        .filter(|(id, _)| Some(*id) != member.user())
        .map(|(_, one)| one)
        .collect();
    Ok(Json(Access {
        organization: member.organization,
        permissions: roles::permissions(&held),
        roles: held.iter().map(of_role).collect(),
        each: in_use().map(|one| each(one, &held, &others)).collect(),
        admins: admins.into_iter().map(|(_, one)| one).collect(),
    }))
}

/// Who has one of these roles, by name.
async fn people(
    app: &App,
    holders: BTreeMap<UserId, Vec<Role>>,
) -> Answer<Vec<(UserId, Administrator)>> {
    let mut people = Vec::new();
    for (id, roles) in holders {
        if let Some(user) = users::by_id(app.store.db(), id).await? {
            let one = Administrator {
                name: user.name,
                email: user.email,
                roles,
            };
            people.push((id, one));
        }
    }
    people
        .sort_by(|(_, one), (_, other)| (&one.name, &one.email).cmp(&(&other.name, &other.email)));
    Ok(people)
}

/// The permissions that a route needs, in their order.
fn in_use() -> impl Iterator<Item = Permission> {
    let needed = |permission: &Permission| {
        let needs = Needs::Permission(*permission);
        ROUTES.iter().any(|route| route.needs == needs)
    };
    Permission::ALL.iter().copied().filter(needed)
}

fn each(permission: Permission, held: &[Role], others: &[&Administrator]) -> PermissionAccess {
    let through: Vec<Role> = held
        .iter()
        .copied()
        .filter(|one| one.may(permission))
        .collect();
    let way = |role: Role| {
        let by = granting(role).by;
        let gives = |one: &&&Administrator| one.roles.iter().any(|role| by.contains(role));
        let givers: Vec<String> = others
            .iter()
            .filter(gives)
            .map(|one| one.name.clone())
            .collect();
        (!givers.is_empty()).then_some(RoleWay { role, givers })
    };
    let ways = match through.is_empty() {
        true => {
            let helpful = Role::ALL
                .iter()
                .copied()
                .filter(|role| role.may(permission));
            helpful.filter_map(way).collect()
        }
        false => Vec::new(),
    };
    PermissionAccess {
        permission,
        through,
        ways,
    }
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
            let of = |permission| access.each.iter().find(|one| one.permission == permission);
            let workspace = of(Permission::SeeWorkspace).ok_or("no such permission")?;
            assert!(workspace.through.is_empty());
            let admin = workspace
                .ways
                .iter()
                .find(|way| way.role == Role::MpnPartnerAdmin);
            let givers = admin.map(|way| way.givers.clone()).unwrap_or_default();
            assert_eq!(givers, ["Arlo Jensen", "Greta Okafor"]);
            let own = of(Permission::ViewOwnAccess).ok_or("no such permission")?;
            assert_eq!(own.through, [Role::Guest]);
            assert!(of(Permission::BuildLogos).is_none(), "nothing needs it yet");
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

    #[tokio::test]
    async fn nobody_is_told_to_ask_themselves() -> Outcome {
        TestApp::each(async |app| {
            let browser = app.signed_in("account-admin@contoso.example").await?;
            let id = app.organization("Contoso").await?;
            let access: Access = browser.get(&paths::access(id)).await?.json()?;
            assert!(
                access
                    .admins
                    .iter()
                    .any(|admin| admin.name == "Arlo Jensen")
            );
            let ways = access.each.iter().flat_map(|one| &one.ways);
            let mut givers = ways.flat_map(|way| &way.givers);
            assert!(givers.all(|name| name != "Arlo Jensen"));
            Ok(())
        })
        .await
    }
}
