//! Invitations over the API, from inviting to joining.

use chrono::Duration;
use membership_contract::invitations::{Invitation, InvitationOutcome, InvitationResults};
use membership_contract::page::Page;
use membership_contract::paths;
use membership_contract::session::Session;
use membership_domain::id::OrganizationId;
use membership_domain::invitation::InvitationState;
use membership_domain::roles::Role;
use membership_store::audit::Action;
use membership_store::{links, mails};
use serde_json::{Value, json};

use crate::app::Settings;
use crate::hash::sha256;
use crate::testing::{Answer, Browser, Outcome, TestApp};
use crate::trail;

const GLOBAL: &str = "global-admin@contoso.example";
const ACCOUNT: &str = "account-admin@contoso.example";
const INES: &str = "ines@contoso.example";
const PASSWORD: &str = "seven green bottles";

/// The last link that was mailed to the address, as sending the mail makes it.
async fn token(app: &TestApp, org: OrganizationId, email: &str, token: &str) -> Outcome {
    let mail = mails::to_recipient(app.app.store.db(), org, email, 1).await?;
    let link = mail.first().and_then(|mail| mail.link).ok_or("no mail")?;
    let write = app.app.store.write().await?;
    links::add_token(write.tx(), link, sha256(token)).await?;
    let entry = trail::entry(&app.app.clock, Action::ClockSet, "")?;
    Ok(write.commit(entry).await?)
}

async fn invite(browser: &Browser, org: OrganizationId, roles: &[Role]) -> Outcome<Answer> {
    let roles: Vec<Value> = roles.iter().map(|role| json!({"role": role})).collect();
    let body = json!({"emails": [INES], "roles": roles});
    browser.post(&paths::invitations(org), body).await
}

async fn accept(browser: &Browser, token: &str) -> Outcome<Answer> {
    let body = json!({"token": token, "name": "Ines Duarte", "password": PASSWORD});
    browser.post(paths::INVITATION_ACCEPTANCE, body).await
}

async fn listed(browser: &Browser, org: OrganizationId) -> Outcome<Vec<Invitation>> {
    let page: Page<Invitation> = browser.get(&paths::invitations(org)).await?.json()?;
    Ok(page.items)
}

#[tokio::test]
async fn somebody_is_invited_joins_once_and_has_the_roles() -> Outcome {
    TestApp::each(async |app| {
        let (admin, org) = (
            app.signed_in(GLOBAL).await?,
            app.organization("Contoso").await?,
        );
        let roles = [Role::BillingAdmin, Role::ReportViewer];
        assert_eq!(invite(&admin, org, &roles).await?.status, 201);
        token(app, org, INES, "one").await?;
        let told = app.told("invitation.send", 1).await?;
        let email = told[0].changes.iter().find(|one| one.field == "email");
        // In the chain there is nothing that tells of the address.
        assert!(email.is_some_and(|one| one.after.get("sha256").is_some()));

        // Looking uses nothing.
        let mut browser = app.browser();
        let look = browser.post(paths::LINK_LOOK, json!({"token": "one"}));
        assert_eq!(look.await?.status, 200);
        let answer = accept(&browser, "one").await?;
        let session: Session = answer.json()?;
        assert_eq!(session.user.name, "Ines Duarte");
        assert_eq!(session.organizations[0].roles, roles);
        browser.cookie = answer.cookie();
        assert_eq!(browser.get(&paths::access(org)).await?.status, 200);
        let again = accept(&app.browser(), "one").await?.problem()?;
        assert_eq!((again.status, again.code.as_str()), (410, "link_ended"));
        let listed = listed(&admin, org).await?;
        assert_eq!(listed[0].state, InvitationState::Accepted);
        let told = app.told("invitation.accept", 1).await?;
        assert_eq!(told[0].user, Some(session.user.id));
        assert_eq!(
            told[0].changes[3].after,
            json!(["billing_admin", "report_viewer"])
        );
        // And with the password another time.
        let body = json!({"email": INES, "password": PASSWORD});
        assert_eq!(app.browser().post(paths::SESSION, body).await?.status, 201);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn each_address_has_a_result_of_its_own() -> Outcome {
    TestApp::each(async |app| {
        let (admin, org) = (
            app.signed_in(ACCOUNT).await?,
            app.organization("Contoso").await?,
        );
        let long = format!("{}@contoso.example", "x".repeat(300));
        let emails = json!([
            INES,
            " Ines@CONTOSO.example ",
            "Billing-Admin@contoso.example",
            "global-admin@northwind.example",
            "not an address",
            long,
        ]);
        let body = json!({"emails": emails, "roles": []});
        let invite = async || -> Outcome<Vec<InvitationOutcome>> {
            let answer = admin.post(&paths::invitations(org), body.clone()).await?;
            let all: InvitationResults = answer.json()?;
            assert!(all.results.iter().all(|one| one.detail.ends_with('.')));
            Ok(all.results.iter().map(|one| one.outcome).collect())
        };
        use InvitationOutcome as O;
        let first = [
            O::Invited,
            O::Repeated,
            O::Member,
            O::Invited,
            O::Unusable,
            O::Unusable,
        ];
        assert_eq!(invite().await?, first);
        let second = [
            O::Open,
            O::Repeated,
            O::Member,
            O::Open,
            O::Unusable,
            O::Unusable,
        ];
        assert_eq!(invite().await?, second);
        assert_eq!(listed(&admin, org).await?.len(), 2);
        assert_eq!(app.told("invitation.send", 2).await?.len(), 2);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn nobody_invites_into_a_role_that_is_not_theirs_to_give() -> Outcome {
    TestApp::each(async |app| {
        let org = app.organization("Contoso").await?;
        for (email, role, wanted) in [
            (ACCOUNT, Role::GlobalAdmin, 403),
            (ACCOUNT, Role::AccountAdmin, 201),
            ("user-admin@contoso.example", Role::MpnPartnerAdmin, 403),
            ("mpn-partner-admin@contoso.example", Role::ReportViewer, 403),
            ("global-admin@northwind.example", Role::ReportViewer, 404),
        ] {
            let browser = app.signed_in(email).await?;
            let answer = invite(&browser, org, &[role]).await?;
            assert_eq!(answer.status, wanted, "{email} {role:?}");
        }
        let admin = app.signed_in(GLOBAL).await?;
        assert_eq!(listed(&admin, org).await?.len(), 1);
        // Guests can be no Billing admins.
        let both = json!([{"role": "guest"}, {"role": "billing_admin"}]);
        let body = json!({"emails": ["guest@fabrikam.example"], "roles": both});
        assert_eq!(
            admin.post(&paths::invitations(org), body).await?.status,
            409
        );
        Ok(())
    })
    .await
}

/// langwatch/langwatch#6778: what expired stays listed, and can be sent again.
#[tokio::test]
async fn an_invitation_expires_is_sent_again_and_revoked() -> Outcome {
    TestApp::each(async |app| {
        let (admin, org) = (
            app.signed_in(GLOBAL).await?,
            app.organization("Contoso").await?,
        );
        invite(&admin, org, &[]).await?;
        token(app, org, INES, "one").await?;
        app.app.clock.wait(Duration::days(14));
        let admin = app.signed_in(GLOBAL).await?;
        let one = listed(&admin, org).await?.remove(0);
        assert_eq!(one.state, InvitationState::Expired);
        assert_eq!(accept(&app.browser(), "one").await?.status, 410);

        let at = paths::invitation_sending(org, one.id);
        let again: Invitation = admin.post(&at, json!({})).await?.json()?;
        assert_eq!(again.state, InvitationState::Open);
        assert!(again.expires_at > one.expires_at);
        token(app, org, INES, "two").await?;
        assert_eq!(
            accept(&app.browser(), "one").await?.status,
            410,
            "the older link"
        );

        let at = paths::invitation(org, one.id);
        assert_eq!(admin.delete(&at).await?.status, 200);
        assert_eq!(accept(&app.browser(), "two").await?.status, 410);
        assert_eq!(
            admin.delete(&at).await?.status,
            200,
            "once more changes nothing"
        );
        assert_eq!(app.told("invitation.revoke", 1).await?.len(), 1);
        let at = paths::invitation_sending(org, one.id);
        assert_eq!(admin.post(&at, json!({})).await?.status, 409);
        let northwind = app.organization("Northwind").await?;
        let foreign = app.signed_in("global-admin@northwind.example").await?;
        let at = paths::invitation(northwind, one.id);
        assert_eq!(foreign.delete(&at).await?.status, 404);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_invitation_is_declined_once() -> Outcome {
    TestApp::each(async |app| {
        let (admin, org) = (
            app.signed_in(GLOBAL).await?,
            app.organization("Contoso").await?,
        );
        invite(&admin, org, &[]).await?;
        token(app, org, INES, "one").await?;
        let decline = async || {
            let body = json!({"token": "one"});
            app.browser().post(paths::INVITATION_REFUSAL, body).await
        };
        assert_eq!(decline().await?.status, 204);
        assert_eq!(decline().await?.status, 410);
        assert_eq!(accept(&app.browser(), "one").await?.status, 410);
        assert_eq!(
            listed(&admin, org).await?[0].state,
            InvitationState::Declined
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_invitation_is_for_its_address_alone() -> Outcome {
    TestApp::each(async |app| {
        let (admin, org) = (
            app.signed_in(GLOBAL).await?,
            app.organization("Contoso").await?,
        );
        let noor = "mpn-partner-admin@northwind.example";
        let body = json!({"emails": [noor], "roles": [{"role": "report_viewer"}]});
        assert_eq!(
            admin.post(&paths::invitations(org), body).await?.status,
            201
        );
        token(app, org, noor, "one").await?;
        let accept = async |browser: &Browser| {
            let body = json!({"token": "one"});
            browser.post(paths::INVITATION_ACCEPTANCE, body).await
        };
        // Nobody makes a second account of the address, and nobody else joins with it.
        let answer = super::tests::accept(&app.browser(), "one").await?;
        assert_eq!(answer.problem()?.status, 409);
        let other = app.signed_in("global-admin@northwind.example").await?;
        assert_eq!(accept(&other).await?.problem()?.status, 403);
        let own = app.signed_in(noor).await?;
        let session: Session = accept(&own).await?.json()?;
        assert_eq!(session.organizations.len(), 2);
        // Wrong names and passwords of a new account.
        invite(&admin, org, &[]).await?;
        token(app, org, INES, "two").await?;
        for (name, password, pointer) in [
            ("", PASSWORD, "/name"),
            ("A\u{200b}B", PASSWORD, "/name"),
            (&"x".repeat(300), PASSWORD, "/name"),
            ("Ines", "short", "/password"),
            ("Ines", "password1234", "/password"),
            ("Ines Duarte", "ines duarte 2023", "/password"),
        ] {
            let body = json!({"token": "two", "name": name, "password": password});
            let answer = app
                .browser()
                .post(paths::INVITATION_ACCEPTANCE, body)
                .await?;
            let problem = answer.problem()?;
            let place = problem.errors[0].pointer.as_str();
            assert_eq!((problem.status, place), (422, pointer), "{name} {password}");
        }
        let unknown = super::tests::accept(&app.browser(), "three").await?;
        assert_eq!(unknown.problem()?.status, 404);
        assert_eq!(
            super::tests::accept(&app.browser(), "two").await?.status,
            201
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn of_two_who_accept_at_once_one_joins() -> Outcome {
    TestApp::each_pair(&Settings::default(), async |one, other| {
        let (admin, org) = (
            one.signed_in(GLOBAL).await?,
            one.organization("Contoso").await?,
        );
        invite(&admin, org, &[]).await?;
        token(one, org, INES, "one").await?;
        let (a, b) = (one.browser(), other.browser());
        let (a, b) = tokio::join!(accept(&a, "one"), accept(&b, "one"));
        let mut statuses = [a?.status.as_u16(), b?.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses[0], 201);
        assert!([409, 410].contains(&statuses[1]), "{statuses:?}");
        assert_eq!(one.told("invitation.accept", 1).await?.len(), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn who_lost_the_role_invites_nobody_into_it() -> Outcome {
    TestApp::each(async |app| {
        let (admin, org) = (
            app.signed_in(GLOBAL).await?,
            app.organization("Contoso").await?,
        );
        let billing = "billing-admin@contoso.example";
        let id = membership_store::users::by_email(app.app.store.db(), billing).await?;
        let id = id.ok_or("no account")?.id;
        let role = paths::user_role(org, id, Role::AccountAdmin);
        assert_eq!(admin.put(&role, json!({})).await?.status, 200);
        let inviter = app.signed_in(billing).await?;
        assert_eq!(
            invite(&inviter, org, &[Role::AccountAdmin]).await?.status,
            201
        );
        token(app, org, INES, "one").await?;
        assert_eq!(admin.delete(&role).await?.status, 200);
        let session: Session = accept(&app.browser(), "one").await?.json()?;
        assert_eq!(session.organizations[0].roles, [Role::DefaultUser]);
        Ok(())
    })
    .await
}
