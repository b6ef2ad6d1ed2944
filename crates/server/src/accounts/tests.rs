//! On a store that has the demo's organizations and accounts.

use axum::http::StatusCode;
use membership_contract::paths;
use membership_contract::session::Session;
use serde_json::json;

use super::*;
use crate::testing::{Failure, Outcome, TestApp};

const PASSWORD: &str = "a lantern in the fog";

fn wanted(email: &str, organization: &str, roles: &[Role]) -> Wanted {
    Wanted {
        email: email.to_owned(),
        name: "Admin".to_owned(),
        organization: organization.to_owned(),
        country: None,
        partner_id: None,
        roles: roles.to_vec(),
    }
}

/// Adds an account that needs no password, or has this one.
async fn add_to(app: &TestApp, wanted: Wanted, password: Option<&str>) -> Outcome<Added> {
    // The newest audit entry is the one of the latest millisecond.
    app.app.clock.wait(chrono::Duration::seconds(1));
    let ask = || match password {
        Some(password) => Ok(password.to_owned()),
        None => bail!("asked for a password"),
    };
    let added = add(&app.app.store, &app.app.clock, wanted, ask).await;
    added.map_err(|error| Failure(format!("{error:#}")))
}

async fn session(app: &TestApp, email: &str, password: &str) -> Outcome<Session> {
    let form = json!({"email": email, "password": password});
    let answer = app.browser().post(paths::SESSION, form).await?;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    answer.json()
}

#[tokio::test]
async fn a_first_account_comes_with_its_organization_and_can_sign_in() -> Outcome {
    TestApp::each(async |app| {
        let email = "admin@fabrikam.example";
        let roles = [Role::MpnPartnerAdmin, Role::GlobalAdmin, Role::GlobalAdmin];
        let added = add_to(app, wanted(email, "Fabrikam", &roles), Some(PASSWORD)).await?;
        assert!(added.new_organization && added.new_account);
        assert_eq!(added.organization.partner_id.len(), 7);

        let session = session(app, email, PASSWORD).await?;
        let [fabrikam] = session.organizations.as_slice() else {
            return Err(Failure(format!("{session:?}")));
        };
        assert_eq!(fabrikam.name, "Fabrikam");
        // The third comes with the second.
        let held = [
            Role::GlobalAdmin,
            Role::MpnPartnerAdmin,
            Role::ExecutiveReportViewer,
        ];
        assert_eq!(fabrikam.roles, held);

        let trail = audit::newest(app.app.store.db(), 2).await?;
        let told = trail.iter().find(|entry| entry.action == "account.add");
        let told = told.ok_or("no audit entry")?;
        assert_eq!(told.organization, Some(fabrikam.id));
        assert_eq!(told.subject, session.user.id.to_string());
        let roles = json!(["global_admin", "mpn_partner_admin"]);
        assert_eq!(told.detail, json!({"new_organization": true}));
        assert_eq!(told.changes[0], FieldChange::of("roles", json!([]), roles));
        assert_eq!((told.about, told.user), (Some(session.user.id), None));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_known_account_gets_the_roles_and_keeps_its_password_and_name() -> Outcome {
    TestApp::each(async |app| {
        let (email, roles) = ("advisor@fabrikam.example", [Role::MpnPartnerAdmin]);
        let before = users::by_email(app.app.store.db(), email).await?;
        let mut asked = wanted(email, "Tailspin", &roles);
        asked.partner_id = Some("4100001".to_owned());
        asked.country = Some("US".to_owned());
        let added = add_to(app, asked.clone(), None).await?;
        assert!(!added.new_organization && !added.new_account);
        assert_eq!(added.organization.id, app.organization("Tailspin").await?);
        assert_eq!(added.roles, roles);
        assert!(users::by_email(app.app.store.db(), email).await? == before);
        let session = session(app, email, crate::demo::PASSPHRASE).await?;
        assert_eq!(session.organizations.len(), 3);

        let trail = audit::newest(app.app.store.db(), 10).await?;
        assert!(trail.iter().any(|entry| entry.action == "role.add"));
        let again = add_to(app, asked, None).await?;
        assert!(again.roles.is_empty(), "it has them");
        assert_eq!(audit::newest(app.app.store.db(), 10).await?, trail);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_cannot_be_is_refused_and_changes_nothing() -> Outcome {
    TestApp::each(async |app| {
        let (email, roles) = ("admin@fabrikam.example", [Role::GlobalAdmin]);
        let with = |organization: &str, partner_id: Option<&str>, country: Option<&str>| Wanted {
            partner_id: partner_id.map(str::to_owned),
            country: country.map(str::to_owned),
            ..wanted(email, organization, &roles)
        };
        let before = audit::newest(app.app.store.db(), 10).await?;
        for (asked, password, named) in [
            (
                with("Fabrikam", None, None),
                Some("eleven char"),
                "at least 12",
            ),
            (
                with("Fabrikam", None, None),
                Some("password1234"),
                "too common",
            ),
            (
                with("Fabrikam", None, None),
                Some("Fabrikam-2026!"),
                "made of names",
            ),
            (with("Fabrikam", None, None), None, "asked for a password"),
            (
                with("Fabrikam", Some("4200002"), None),
                None,
                "--partner-id",
            ),
            (with("Contoso", Some("4200002"), None), None, "--partner-id"),
            (with("Contoso", None, Some("CA")), None, "--country"),
        ] {
            let refusal = add_to(app, asked, password).await.err();
            let Failure(text) = refusal.ok_or("was added")?;
            assert!(text.contains(named) && !text.contains('\n'), "{text}");
        }
        let store = app.app.store.db();
        assert_eq!(audit::newest(store, 10).await?, before);
        assert!(users::by_email(store, email).await?.is_none());
        assert!(organizations::by_name(store, "Fabrikam").await?.is_empty());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn of_several_of_one_name_the_partner_id_says_which() -> Outcome {
    TestApp::each(async |app| {
        let mut twin = wanted("admin@fabrikam.example", "Contoso", &[Role::GlobalAdmin]);
        let namesake = imagine(&app.app.store, &app.app.clock, &twin).await;
        let namesake = namesake.map_err(|error| Failure(error.to_string()))?;
        let write = app.app.store.write().await?;
        organizations::insert(&write, namesake.clone()).await?;
        let mut entry = audit::newest(app.app.store.db(), 1).await?.remove(0);
        entry.id = random::id(app.app.clock.real())?;
        write.commit(entry).await?;

        let Failure(text) = add_to(app, twin.clone(), None).await.err().ok_or("added")?;
        assert!(text.contains(&namesake.partner_id), "{text}");
        twin.partner_id = Some(namesake.partner_id.clone());
        let added = add_to(app, twin, Some(PASSWORD)).await?;
        assert_eq!(added.organization, namesake);
        Ok(())
    })
    .await
}
