//! On a store that has the demo's organizations and accounts.

use membership_contract::paths;
use serde_json::json;

use super::*;
use crate::demo;
use crate::testing::{Failure, Outcome, TestApp};

const ADVISOR: &str = "advisor@fabrikam.example";

/// The refusal of something that must not be done.
fn refused<T>(done: anyhow::Result<T>) -> Outcome<String> {
    let refusal = done.err().ok_or("it was done")?;
    Ok(format!("{refusal:#}"))
}

async fn entries(app: &TestApp) -> Outcome<Vec<audit::Entry>> {
    Ok(audit::newest(app.app.store.db(), 1_000).await?)
}

#[tokio::test]
async fn an_account_is_disabled_and_enabled_once_and_told() -> Outcome {
    TestApp::each(async |app| {
        let (store, clock) = (&app.app.store, &app.app.clock);
        app.signed_in(ADVISOR).await?;
        assert_eq!(disable(store, clock, ADVISOR).await?, Some(1));
        let told = app.told("account.disable", 1).await?;
        assert_eq!(told[0].detail, json!({"sessions": 1}));
        let before = entries(app).await?;
        assert_eq!(disable(store, clock, ADVISOR).await?, None, "already");
        assert_eq!(entries(app).await?, before);

        assert!(enable(store, clock, ADVISOR).await?);
        assert!(!enable(store, clock, ADVISOR).await?);
        assert_eq!(app.told("account.enable", 1).await?.len(), 1);
        app.signed_in(ADVISOR).await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn whoever_lost_the_second_step_is_let_in_by_the_operator() -> Outcome {
    TestApp::each(async |app| {
        let (store, clock) = (&app.app.store, &app.app.clock);
        let browser = app.signed_in(ADVISOR).await?;
        assert_eq!(remove_second_factor(store, clock, ADVISOR).await?, None);
        let user = users::by_email(store.db(), ADVISOR).await?.ok_or("gone")?;
        let write = store.write().await?;
        second_factors::begin(&write, user.id, "SECRET".to_owned(), clock.real()).await?;
        second_factors::confirm(&write, user.id, clock.real()).await?;
        write
            .commit(trail::entry(clock, Action::ClockSet, "")?)
            .await?;
        assert!(app.signed_in(ADVISOR).await.is_err(), "a code is asked for");
        assert_eq!(remove_second_factor(store, clock, ADVISOR).await?, Some(1));
        assert_eq!(browser.get(paths::ORGANIZATIONS).await?.status, 401);
        app.signed_in(ADVISOR).await?;
        let told = app.told("second_factor.disable", 1).await?;
        assert_eq!(told[0].detail, json!({"sessions": 1}));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn another_password_ends_the_sessions_and_is_not_easily_guessed() -> Outcome {
    TestApp::each(async |app| {
        let (store, clock) = (&app.app.store, &app.app.clock);
        let browser = app.signed_in(ADVISOR).await?;
        let before = entries(app).await?;
        for (bad, why) in [
            ("eleven char", "too short"),
            ("Password1234", "too common"),
            (demo::PASSPHRASE, "too common"),
            ("femi-adeyemi-1", "made of names"),
            ("northwind-2026", "made of names"),
        ] {
            let said = refused(password(store, clock, ADVISOR, || Ok(bad.to_owned())).await)?;
            assert!(said.contains(why) && !said.contains(bad), "{bad}: {said}");
        }
        assert_eq!(entries(app).await?, before);
        assert_eq!(browser.get(paths::ORGANIZATIONS).await?.status, 200);

        let good = || Ok("a lantern in the fog".to_owned());
        assert_eq!(password(store, clock, ADVISOR, good).await?, 1);
        assert_eq!(browser.get(paths::ORGANIZATIONS).await?.status, 401);
        let told = app.told("account.password", 1).await?;
        assert_eq!(told[0].detail, json!({"sessions": 1}));
        Ok(())
    })
    .await
}

fn wanted(at: Option<&str>, add: &[Role], remove: &[Role]) -> RoleChange {
    RoleChange {
        email: ADVISOR.to_owned(),
        organization: at.map(|name| (name.to_owned(), None)),
        add: add.to_vec(),
        remove: remove.to_vec(),
    }
}

#[tokio::test]
async fn roles_are_listed_added_and_removed_and_each_change_ends_the_sessions() -> Outcome {
    TestApp::each(async |app| {
        let (store, clock) = (&app.app.store, &app.app.clock);
        let held = roles(store, &wanted(None, &[], &[])).await?;
        let names: Vec<_> = held.iter().map(|(at, _)| at.name.as_str()).collect();
        assert_eq!(names, ["Contoso", "Northwind"]);

        let browser = app.signed_in(ADVISOR).await?;
        let (add, remove) = ([Role::Guest, Role::Guest], [Role::MpnPartnerAdmin]);
        let change = wanted(Some("Contoso"), &add, &remove);
        let changed = change_roles(store, clock, change.clone()).await?;
        assert_eq!((changed.held, changed.ended), (vec![Role::Guest], Some(1)));
        assert_eq!(browser.get(paths::ORGANIZATIONS).await?.status, 401);
        let told = app.told("role.change", 1).await?;
        assert_eq!(
            told[0].organization,
            Some(app.organization("Contoso").await?)
        );
        assert_eq!(told[0].detail, json!({"sessions": 1}));
        let (before, after) = (json!(["mpn_partner_admin"]), json!(["guest"]));
        assert_eq!(told[0].changes, [FieldChange::of("roles", before, after)]);

        let before = entries(app).await?;
        let again = change_roles(store, clock, change).await?;
        assert_eq!((again.held, again.ended), (vec![Role::Guest], None));
        for (change, why) in [
            (wanted(None, &add, &[]), "choose one"),
            (wanted(Some("Nowhere"), &add, &[]), "no organization has"),
        ] {
            let said = refused(change_roles(store, clock, change).await)?;
            assert!(
                said.contains(why) && said.contains("--organization"),
                "{said}"
            );
        }
        assert_eq!(entries(app).await?, before);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn sessions_are_listed_and_ended() -> Outcome {
    TestApp::each(async |app| {
        let (store, clock) = (&app.app.store, &app.app.clock);
        let browser = app.signed_in(ADVISOR).await?;
        app.signed_in(ADVISOR).await?;
        let idle = app.app.settings.session_idle;
        let open = async || sessions(store, clock, ADVISOR, idle).await;
        assert_eq!(open().await?.len(), 2);
        clock.wait(idle / 2);
        assert_eq!(browser.get(paths::SESSION).await?.status, 200);
        clock.wait(idle / 2);
        assert_eq!(open().await?.len(), 1, "the other one was not used");
        assert_eq!(end_sessions(store, clock, ADVISOR).await?, 2);
        assert_eq!(browser.get(paths::ORGANIZATIONS).await?.status, 401);
        assert!(open().await?.is_empty());
        assert_eq!(end_sessions(store, clock, ADVISOR).await?, 0);
        let told = app.told("session.end", 1).await?;
        let detail = json!({"sessions": 2, "why": "command"});
        assert_eq!((told.len(), &told[0].detail), (1, &detail));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_account_that_is_not_there_is_named() -> Outcome {
    TestApp::each(async |app| {
        let (store, clock) = (&app.app.store, &app.app.clock);
        let nobody = "nobody@fabrikam.example";
        let ask = || anyhow::bail!("asked for a password");
        for said in [
            refused(disable(store, clock, nobody).await)?,
            refused(enable(store, clock, nobody).await)?,
            refused(password(store, clock, nobody, ask).await)?,
            refused(sessions(store, clock, nobody, Duration::hours(1)).await)?,
            refused(end_sessions(store, clock, nobody).await)?,
        ] {
            assert!(said.contains(nobody) && said.contains("--email"), "{said}");
        }
        Ok::<_, Failure>(())
    })
    .await
}
