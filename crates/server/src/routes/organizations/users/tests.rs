//! People and roles over the API.

use axum::http::StatusCode;
use membership_contract::paths;
use membership_contract::session::Session;
use membership_contract::users::{UserDetail, UserPage};
use membership_domain::id::{OrganizationId, UserId};
use membership_domain::member::MemberState;
use membership_domain::roles::Role;
use membership_store::users;
use serde_json::json;

use crate::app::Settings;
use crate::testing::{Browser, Outcome, TestApp, rounds};

const GLOBAL: &str = "global-admin@contoso.example";
const ACCOUNT: &str = "account-admin@contoso.example";
const BILLING: &str = "billing-admin@contoso.example";

async fn id(app: &TestApp, email: &str) -> Outcome<UserId> {
    let user = users::by_email(app.app.store.db(), email).await?;
    Ok(user.ok_or("no such account")?.id)
}

async fn contoso(app: &TestApp) -> Outcome<OrganizationId> {
    app.organization("Contoso").await
}

async fn give(browser: &Browser, at: &str) -> Outcome<u16> {
    let answer = browser.put(at, json!({})).await?;
    Ok(answer.status.as_u16())
}

#[tokio::test]
async fn null_is_not_the_whole_organization() -> Outcome {
    TestApp::each(async |app| {
        let (admin, org) = (app.signed_in(GLOBAL).await?, contoso(app).await?);
        let role = paths::user_role(org, id(app, BILLING).await?, Role::ReportViewer);
        let answer = admin.put(&role, json!({"locations": null})).await?;
        assert_eq!(answer.status, 422);
        let invited = json!({
            "emails": ["ines@contoso.example"],
            "roles": [{"role": "report_viewer", "locations": null}],
        });
        let answer = admin.post(&paths::invitations(org), invited).await?;
        assert_eq!(answer.status, 422);
        assert!(app.told("role.grant", 0).await?.is_empty());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_role_is_given_and_taken_and_holds_with_the_next_request() -> Outcome {
    TestApp::each_pair(&Settings::default(), async |one, other| {
        let (admin, org) = (one.signed_in(GLOBAL).await?, contoso(one).await?);
        let person = other.signed_in(BILLING).await?;
        let user = id(one, BILLING).await?;
        let role = paths::user_role(org, user, Role::MpnPartnerAdmin);
        assert_eq!(person.get(&paths::overview(org)).await?.status, 403);

        let answer = admin.put(&role, json!({})).await?;
        let detail: UserDetail = answer.json()?;
        let roles: Vec<_> = detail.user.roles.iter().map(|one| one.role).collect();
        let both = [
            Role::BillingAdmin,
            Role::MpnPartnerAdmin,
            Role::ExecutiveReportViewer,
        ];
        assert_eq!(roles, both);
        let given = &detail.user.roles[1];
        assert_eq!(given.granted_by.as_deref(), Some("Greta Okafor"));
        assert_eq!(detail.user.roles[2].comes_with, Some(Role::MpnPartnerAdmin));
        assert_eq!(person.get(&paths::overview(org)).await?.status, 200);

        let told = one.told("role.grant", 1).await?;
        assert_eq!(
            (told[0].about, told[0].organization),
            (Some(user), Some(org))
        );
        let change = &told[0].changes[0];
        assert_eq!(
            (change.field.as_str(), &change.before),
            ("role", &json!(null))
        );
        assert_eq!(change.after, "mpn_partner_admin");

        // Once more is no change, and told once.
        assert_eq!(give(&admin, &role).await?, 200);
        assert_eq!(one.told("role.grant", 1).await?.len(), 1);

        assert_eq!(admin.delete(&role).await?.status, 200);
        assert_eq!(person.get(&paths::overview(org)).await?.status, 403);
        assert_eq!(
            one.told("role.revoke", 1).await?[0].changes[0].before,
            "mpn_partner_admin"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_comes_with_a_role_can_be_taken_and_given_back() -> Outcome {
    TestApp::each(async |app| {
        let (admin, org) = (app.signed_in(ACCOUNT).await?, contoso(app).await?);
        let user = id(app, "mpn-partner-admin@contoso.example").await?;
        let viewer = paths::user_role(org, user, Role::ExecutiveReportViewer);
        let taken: UserDetail = admin.delete(&viewer).await?.json()?;
        assert_eq!(taken.withheld, [Role::ExecutiveReportViewer]);
        assert_eq!(taken.user.roles.len(), 1);
        let back: UserDetail = admin.put(&viewer, json!({})).await?.json()?;
        assert!(back.withheld.is_empty());
        assert_eq!(back.user.roles[1].comes_with, Some(Role::MpnPartnerAdmin));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn roles_are_given_by_those_who_may_and_not_to_oneself() -> Outcome {
    TestApp::each(async |app| {
        let org = contoso(app).await?;
        let target = id(app, BILLING).await?;
        let owner = id(app, "owner@contoso.example").await?;
        for (email, user, role, wanted) in [
            (ACCOUNT, target, Role::ReportViewer, 200),
            (ACCOUNT, target, Role::GlobalAdmin, 403),
            (ACCOUNT, target, Role::HelpdeskAgent, 403),
            (ACCOUNT, id(app, ACCOUNT).await?, Role::MpnPartnerAdmin, 403),
            (GLOBAL, id(app, GLOBAL).await?, Role::ReportViewer, 403),
            (GLOBAL, owner, Role::Owner, 403),
            (
                "user-admin@contoso.example",
                target,
                Role::HelpdeskAgent,
                200,
            ),
            (
                "user-admin@contoso.example",
                target,
                Role::AccountAdmin,
                403,
            ),
            (
                "mpn-partner-admin@contoso.example",
                target,
                Role::ReportViewer,
                403,
            ),
            (BILLING, target, Role::ReportViewer, 403),
            (GLOBAL, UserId::from_u128(7), Role::ReportViewer, 404),
        ] {
            let browser = app.signed_in(email).await?;
            let answer = browser
                .put(&paths::user_role(org, user, role), json!({}))
                .await?;
            assert_eq!(answer.status, wanted, "{email} {role:?} {}", answer.text());
        }
        // Somebody of another organization, and that organization itself.
        let admin = app.signed_in(GLOBAL).await?;
        let theirs = id(app, "global-admin@northwind.example").await?;
        let role = paths::user_role(org, theirs, Role::ReportViewer);
        assert_eq!(give(&admin, &role).await?, 404);
        let northwind = app.organization("Northwind").await?;
        let role = paths::user_role(northwind, theirs, Role::ReportViewer);
        assert_eq!(give(&admin, &role).await?, 404);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_scope_is_of_this_organization_and_only_for_roles_that_have_one() -> Outcome {
    TestApp::each(async |app| {
        let (admin, org) = (app.signed_in(GLOBAL).await?, contoso(app).await?);
        let user = id(app, BILLING).await?;
        let locations = async |name: &str| -> Outcome<Vec<String>> {
            let email = format!("global-admin@{}.example", name.to_lowercase());
            let browser = app.signed_in(&email).await?;
            let at = paths::organization(app.organization(name).await?);
            let one: membership_contract::organization::Organization =
                browser.get(&at).await?.json()?;
            Ok(one.locations.iter().map(|one| one.id.to_string()).collect())
        };
        let (ours, theirs) = (locations("Contoso").await?, locations("Northwind").await?);
        let viewer = paths::user_role(org, user, Role::ReportViewer);
        let billing = paths::user_role(org, user, Role::AdminAgent);
        for (path, places, wanted) in [
            (&viewer, json!([ours[0]]), 200),
            (&viewer, json!([theirs[0]]), 404),
            (&viewer, json!([]), 422),
            (&viewer, json!(["here"]), 422),
            (&billing, json!([ours[0]]), 409),
        ] {
            let answer = admin.put(path, json!({"locations": places})).await?;
            assert_eq!(answer.status, wanted, "{path} {places}");
        }
        let detail: UserDetail = admin.get(&paths::user(org, user)).await?.json()?;
        let held = detail
            .user
            .roles
            .iter()
            .find(|one| one.role == Role::ReportViewer);
        assert!(held.is_some_and(|one| one.locations.as_ref().is_some_and(|all| all.len() == 1)));
        // A role of one location is none of the organization as the session has it.
        let session: Session = app
            .signed_in(BILLING)
            .await?
            .get(paths::SESSION)
            .await?
            .json()?;
        assert_eq!(session.organizations[0].roles, [Role::BillingAdmin]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_last_global_admin_stays() -> Outcome {
    TestApp::each(async |app| {
        let (admin, org) = (app.signed_in(GLOBAL).await?, contoso(app).await?);
        let me = id(app, GLOBAL).await?;
        let own = paths::user_role(org, me, Role::GlobalAdmin);
        let detail: UserDetail = admin.get(&paths::user(org, me)).await?.json()?;
        assert_eq!(detail.only_holder_of, [Role::GlobalAdmin]);
        let refused = admin.delete(&own).await?.problem()?;
        assert_eq!(refused.status, 409);
        assert!(
            refused
                .detail
                .contains("only person with the role Global admin")
        );
        assert_eq!(admin.delete(&paths::user(org, me)).await?.status, 409);
        let again: UserDetail = admin.get(&paths::user(org, me)).await?.json()?;
        assert_eq!(again, detail, "nothing changed");

        // With a second one, oneself can go.
        let second = id(app, BILLING).await?;
        let role = paths::user_role(org, second, Role::GlobalAdmin);
        assert_eq!(give(&admin, &role).await?, 200);
        assert_eq!(admin.delete(&own).await?.status, 200);
        assert_eq!(give(&admin, &own).await?, 403, "and is none any more");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_revoked_role_is_refused_at_the_next_request_on_the_other_server() -> Outcome {
    TestApp::each_pair(&Settings::default(), async |one, other| {
        let (admin, org) = (one.signed_in(GLOBAL).await?, contoso(one).await?);
        let person = other.signed_in(BILLING).await?;
        let role = paths::user_role(org, id(one, BILLING).await?, Role::AccountAdmin);
        for round in 0..rounds(25) {
            assert_eq!(give(&admin, &role).await?, 200, "{round}");
            let seen = person.get(&paths::organization(org)).await?;
            assert_eq!(seen.status, 200, "{round}");
            assert_eq!(admin.delete(&role).await?.status, 200, "{round}");
            let seen = person.get(&paths::organization(org)).await?;
            assert_eq!(seen.status, 403, "{round}");
        }
        Ok(())
    })
    .await
}

/// first-tree-ai/first-tree#1650, on two servers.
#[tokio::test]
async fn two_admins_who_demote_each_other_at_once_leave_one() -> Outcome {
    TestApp::each_pair(&Settings::default(), async |one, other| {
        let org = contoso(one).await?;
        let first = one.signed_in(GLOBAL).await?;
        let (a, b) = (id(one, GLOBAL).await?, id(one, BILLING).await?);
        let second = other.signed_in(BILLING).await?;
        let role = |user| paths::user_role(org, user, Role::GlobalAdmin);
        assert_eq!(give(&first, &role(b)).await?, 200);
        for round in 0..rounds(25) {
            let (of_a, of_b) = (role(a), role(b));
            let (one, two) = tokio::join!(first.delete(&of_b), second.delete(&of_a));
            let (one, two) = (one?.status, two?.status);
            let done = [one, two].iter().filter(|status| **status == 200).count();
            assert_eq!(done, 1, "{round}: {one} {two}");
            let back = match one == StatusCode::OK {
                true => give(&first, &of_b).await?,
                false => give(&second, &of_a).await?,
            };
            assert_eq!(back, 200);
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn somebody_who_is_deactivated_is_out_at_once_and_back_with_their_roles() -> Outcome {
    TestApp::each_pair(&Settings::default(), async |one, other| {
        let (admin, org) = (one.signed_in(ACCOUNT).await?, contoso(one).await?);
        let person = other.signed_in(BILLING).await?;
        let user = id(one, BILLING).await?;
        let at = paths::user_deactivation(org, user);
        let detail: UserDetail = admin.post(&at, json!({})).await?.json()?;
        assert_eq!(detail.user.state, MemberState::Deactivated);
        assert_eq!(detail.deactivated_by.as_deref(), Some("Arlo Jensen"));
        assert_eq!(person.get(&paths::access(org)).await?.status, 401);
        let again = other.signed_in(BILLING).await?;
        assert_eq!(again.get(&paths::access(org)).await?.status, 404);
        let detail: UserDetail = admin.delete(&at).await?.json()?;
        assert_eq!(detail.user.state, MemberState::Active);
        assert_eq!(again.get(&paths::access(org)).await?.status, 200);
        for action in ["member.deactivate", "member.reactivate"] {
            let told = one.told(action, 1).await?;
            assert_eq!((told.len(), told[0].about), (1, Some(user)));
        }
        // An Account admin has no say over a Global admin, and nobody over themselves.
        for email in [GLOBAL, ACCOUNT] {
            let at = paths::user_deactivation(org, id(one, email).await?);
            assert_eq!(admin.post(&at, json!({})).await?.status, 403, "{email}");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn somebody_who_is_removed_is_gone_and_still_known() -> Outcome {
    TestApp::each(async |app| {
        let (admin, org) = (app.signed_in(ACCOUNT).await?, contoso(app).await?);
        let user = id(app, BILLING).await?;
        let before: UserPage = admin.get(&paths::users(org)).await?.json()?;
        let detail: UserDetail = admin.delete(&paths::user(org, user)).await?.json()?;
        assert_eq!(detail.user.state, MemberState::Removed);
        assert!(detail.user.roles.is_empty());
        let after: UserPage = admin.get(&paths::users(org)).await?.json()?;
        assert_eq!(after.total, before.total - 1);
        let removed = paths::users(org) + "?state=removed";
        let removed: UserPage = admin.get(&removed).await?.json()?;
        assert_eq!(removed.items[0].email, BILLING);
        let at = paths::user_deactivation(org, user);
        assert_eq!(admin.post(&at, json!({})).await?.status, 404);
        let role = paths::user_role(org, user, Role::ReportViewer);
        assert_eq!(give(&admin, &role).await?, 404);
        // Oneself, without a role for it.
        let guest = app.signed_in("guest@contoso.example").await?;
        let own = paths::user(org, id(app, "guest@contoso.example").await?);
        assert_eq!(guest.delete(&own).await?.status, 200);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_list_is_found_sorted_and_paged_and_a_table() -> Outcome {
    TestApp::each(async |app| {
        let (admin, org) = (app.signed_in(GLOBAL).await?, contoso(app).await?);
        let all: UserPage = admin.get(&paths::users(org)).await?.json()?;
        assert_eq!(all.total as usize, all.items.len());
        assert!(
            all.items
                .iter()
                .any(|one| one.is_you && one.signed_in_at.is_some())
        );
        let mut paged = Vec::new();
        let mut at = paths::users(org) + "?limit=7";
        loop {
            let page: UserPage = admin.get(&at).await?.json()?;
            paged.extend(page.items);
            let Some(next) = page.next else { break };
            at = format!("{}?limit=7&cursor={next}", paths::users(org));
        }
        assert_eq!(paged, all.items);
        let found = paths::users(org) + "?search=greta+global&role=global_admin";
        let found: UserPage = admin.get(&found).await?.json()?;
        assert_eq!(
            (found.total, found.items[0].name.as_str()),
            (1, "Greta Okafor")
        );
        for wrong in [
            "state=gone",
            "role=root",
            "sort=age",
            "order=up",
            "limit=0",
            "limit=201",
            "cursor=1",
            "format=xml",
            "page=2",
        ] {
            let answer = admin.get(&format!("{}?{wrong}", paths::users(org))).await?;
            assert_eq!(answer.problem()?.status, 422, "{wrong}");
        }
        let table = admin.get(&(paths::users(org) + "?format=csv")).await?;
        let text = table.text();
        assert!(text.contains("Greta Okafor,global-admin@contoso.example,Global admin,Active,No,"));
        assert_eq!(text.lines().count(), all.items.len() + 1);
        assert_eq!(app.told("evidence.export", 1).await?[0].subject, "users");
        Ok(())
    })
    .await
}
