//! What is left of somebody who was removed, and what is known about somebody.

use chrono::Duration;
use membership_contract::own_data::OwnData;
use membership_contract::paths;
use membership_contract::users::UserDetail;
use membership_domain::member::MemberState;
use membership_domain::roles::Role;
use membership_store::audit::Action;
use membership_store::{mails, members, users};
use serde_json::json;

use super::erase;
use crate::testing::{Outcome, TestApp};

const GLOBAL: &str = "global-admin@contoso.example";
const BILLING: &str = "billing-admin@contoso.example";

async fn later(app: &TestApp, days: i64) -> Outcome {
    let at = app.app.clock.now() + Duration::days(days);
    app.app.clock.set(at)?;
    erase::run(&app.app).await?;
    Ok(())
}

#[tokio::test]
async fn a_removed_person_is_erased_after_the_days_and_what_they_did_stays() -> Outcome {
    TestApp::each(async |app| {
        let (admin, org) = (
            app.signed_in(GLOBAL).await?,
            app.organization("Contoso").await?,
        );
        let db = app.app.store.db();
        let person = app.signed_in(BILLING).await?;
        let user = users::by_email(db, BILLING).await?.ok_or("no account")?;
        let asked = json!({"role": "report_viewer", "reason": "My quarter ends."});
        assert_eq!(person.post(&paths::requests(org), asked).await?.status, 201);
        assert_eq!(admin.delete(&paths::user(org, user.id)).await?.status, 200);
        let told = app.told("request.withdraw", 1).await?;
        assert_eq!(told[0].about, Some(user.id), "nobody asks for it any more");
        let mailed = async || {
            let mails = mails::of_recipient(db, GLOBAL).await?;
            let named = mails.iter().filter(|one| one.params.contains(&user.name));
            Outcome::Ok(named.count())
        };
        assert_eq!(mailed().await?, 1, "those who can give the role are asked");
        let log = async || Outcome::Ok(admin.get(&paths::audit(org)).await?.text());
        let told = log().await?;
        assert!(told.contains(&user.name) && told.contains("My quarter ends."));

        later(app, 29).await?;
        let still = users::by_id(db, user.id).await?.ok_or("gone")?;
        assert_eq!(
            (still.name, still.email),
            (user.name.clone(), BILLING.to_owned())
        );

        later(app, 1).await?;
        let gone = users::by_id(db, user.id)
            .await?
            .ok_or("the reference is gone")?;
        assert_eq!(gone.name, "");
        assert!(!gone.email.contains("billing") && gone.password_hash.is_empty());
        assert!(gone.disabled_at.is_some());
        let told = log().await?;
        for personal in [user.name.as_str(), BILLING, "My quarter ends."] {
            assert!(!told.contains(personal), "{personal}: {told}");
        }
        assert!(
            told.contains("Removed person asked for the role Report viewer"),
            "{told}"
        );
        assert!(told.contains("A background job erased the personal values of Removed person"));
        assert_eq!(mailed().await?, 0);
        // The chain is whole without them.
        let chain = admin
            .get(&(paths::audit(org) + "?format=jsonl"))
            .await?
            .text();
        let mut verifier = membership_store::audit::Verifier::default();
        for line in chain.lines() {
            verifier.take(line)?;
        }
        assert!(!chain.contains("My quarter ends."));
        let shown: UserDetail = admin.get(&paths::user(org, user.id)).await?.json()?;
        assert_eq!(shown.user.name, "Removed person");
        assert_eq!(
            (shown.user.email.as_str(), shown.user.state),
            ("", MemberState::Removed)
        );
        // Once; and the address is free for somebody new.
        erase::run(&app.app).await?;
        assert_eq!(app.told("member.erase", 1).await?.len(), 1);
        let invited = json!({"emails": [BILLING], "roles": []});
        let answer = admin.post(&paths::invitations(org), invited).await?;
        assert!(answer.text().contains("\"invited\""), "{}", answer.text());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn one_organization_forgets_somebody_whom_another_still_knows() -> Outcome {
    TestApp::each(async |app| {
        let db = app.app.store.db();
        let email = "advisor@fabrikam.example";
        let user = users::by_email(db, email).await?.ok_or("no account")?;
        let all = members::of_user(db, user.id).await?;
        assert!(all.len() > 1, "the demo's advisor is in two");
        let (home, other) = (all[0].0, all[1].0);
        let admin_of = async |organization| {
            for name in ["Contoso", "Northwind"] {
                if app.organization(name).await? == organization {
                    let email = format!("global-admin@{}.example", name.to_lowercase());
                    return app.signed_in(&email).await;
                }
            }
            Err("no such organization".into())
        };
        let (one, two) = (admin_of(home).await?, admin_of(other).await?);
        assert_eq!(one.delete(&paths::user(home, user.id)).await?.status, 200);
        later(app, 31).await?;
        let told = app.told("member.erase", 1).await?;
        assert_eq!(told[0].action, Action::MemberErase);
        assert_eq!(told[0].detail["account"], false);
        let shown: UserDetail = one.get(&paths::user(home, user.id)).await?.json()?;
        assert_eq!(shown.user.name, "Removed person");
        assert!(
            !one.get(&paths::audit(home))
                .await?
                .text()
                .contains(&user.name)
        );
        let shown: UserDetail = two.get(&paths::user(other, user.id)).await?.json()?;
        assert_eq!(
            (shown.user.name, shown.user.email),
            (user.name, email.to_owned())
        );
        app.signed_in(email).await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn everybody_gets_what_is_known_about_them_and_nothing_of_others() -> Outcome {
    TestApp::each(async |app| {
        let (admin, org) = (
            app.signed_in(GLOBAL).await?,
            app.organization("Contoso").await?,
        );
        let person = app.signed_in(BILLING).await?;
        let asked = json!({"role": "report_viewer", "reason": "My quarter ends."});
        assert_eq!(person.post(&paths::requests(org), asked).await?.status, 201);
        let db = app.app.store.db();
        let user = users::by_email(db, BILLING).await?.ok_or("no account")?;
        let role = paths::user_role(org, user.id, Role::ReferralsUser);
        assert_eq!(admin.put(&role, json!({})).await?.status, 200);

        let answer = person.get(paths::OWN_DATA).await?;
        assert_eq!(answer.status, 200);
        assert!(
            answer
                .header("content-disposition")
                .contains("account.json")
        );
        let text = answer.text();
        assert!(!text.contains("argon2") && !text.contains("token_hash"));
        let data: OwnData = answer.json()?;
        assert_eq!(
            (data.account.id, data.account.email.as_str()),
            (user.id, BILLING)
        );
        assert_eq!(data.sessions.len(), 1);
        let here = &data.organizations[0];
        assert_eq!(
            (here.organization.as_str(), here.roles.len()),
            ("Contoso", 2)
        );
        assert_eq!(here.requests[0].reason, "My quarter ends.");
        let actions: Vec<&str> = data
            .log
            .iter()
            .map(|one| one.entry.action.as_str())
            .collect();
        for wanted in ["sign_in", "request.ask", "role.grant", "account.export"] {
            assert!(actions.contains(&wanted), "{wanted}: {actions:?}");
        }
        let others = data.log.iter().filter(|one| {
            let names = |person: &Option<membership_contract::audit::AuditPerson>| {
                person.as_ref().is_some_and(|one| one.id == user.id)
            };
            !names(&one.entry.who) && !names(&one.entry.about)
        });
        assert_eq!(others.count(), 0);
        assert_eq!(app.browser().get(paths::OWN_DATA).await?.status, 401);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn who_is_invited_again_is_not_erased_before_that_is_over() -> Outcome {
    TestApp::each(async |app| {
        let (admin, org) = (
            app.signed_in(GLOBAL).await?,
            app.organization("Contoso").await?,
        );
        let db = app.app.store.db();
        let user = users::by_email(db, BILLING).await?.ok_or("no account")?;
        assert_eq!(admin.delete(&paths::user(org, user.id)).await?.status, 200);
        let invited = json!({"emails": [BILLING], "roles": []});
        let answer = admin.post(&paths::invitations(org), invited).await?;
        assert_eq!(answer.status, 201);
        later(app, 31).await?;
        assert_eq!(
            users::by_id(db, user.id).await?.ok_or("gone")?.name,
            user.name
        );
        // The invitation ends in real time, unanswered.
        app.app.clock.wait(Duration::days(15));
        later(app, 1).await?;
        assert_eq!(users::by_id(db, user.id).await?.ok_or("gone")?.name, "");
        let admin = app.signed_in(GLOBAL).await?;
        let all = admin.get(&paths::invitations(org)).await?.text();
        assert!(
            !all.contains(BILLING) && all.contains("\"revoked\""),
            "{all}"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn ones_own_data_has_nothing_of_those_whom_one_invited() -> Outcome {
    TestApp::each(async |app| {
        let org = app.organization("Contoso").await?;
        let admin = app.signed_in("account-admin@contoso.example").await?;
        let invited = json!({"emails": ["ines@contoso.example"], "roles": []});
        assert_eq!(
            admin.post(&paths::invitations(org), invited).await?.status,
            201
        );
        let own = admin.get(paths::OWN_DATA).await?.text();
        assert!(
            own.contains("invitation.send") && !own.contains("ines@"),
            "{own}"
        );
        // As often as somebody asks, it is told a few times.
        for _ in 0..30 {
            assert_eq!(admin.get(paths::OWN_DATA).await?.status, 200);
        }
        assert_eq!(app.told("account.export", 11).await?.len(), 11);
        Ok(())
    })
    .await
}
