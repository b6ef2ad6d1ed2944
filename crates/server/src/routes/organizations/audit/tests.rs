//! The log as it is read: found, paged, exported, and with names.

mod exports;

use std::collections::BTreeSet;

use axum::http::StatusCode;
use membership_contract::audit::{AuditEntry, AuditPage};
use membership_contract::organization::Organization;
use membership_contract::requests::AccessRequest;
use membership_contract::{paths, text::en};
use membership_domain::id::{OrganizationId, UserId};
use membership_store::audit::{self, Action, Actor, Entry, FieldChange, Whose};
use membership_store::users;
use serde_json::{Value, json};

use crate::cli::request;
use crate::testing::{Browser, Outcome, TestApp};
use crate::trail;

const ADMIN: &str = "account-admin@contoso.example";

async fn page(browser: &Browser, id: OrganizationId, query: &str) -> Outcome<AuditPage> {
    browser
        .get(&format!("{}{query}", paths::audit(id)))
        .await?
        .json()
}

async fn user(app: &TestApp, email: &str) -> Outcome<UserId> {
    let user = users::by_email(app.app.store.db(), email).await?;
    Ok(user.ok_or("no such user")?.id)
}

/// Changes the name of the organization.
async fn renamed(browser: &Browser, id: OrganizationId, name: &str) -> Outcome<String> {
    let path = paths::organization(id);
    let tag = browser.get(&path).await?.header("etag").to_owned();
    let answer = browser.patch(&path, &tag, json!({"name": name})).await?;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    Ok(answer.header("x-request-id").to_owned())
}

/// What the operator does to somebody, as the command line tells it.
async fn told(app: &TestApp, id: OrganizationId, about: UserId) -> Outcome {
    let entry = trail::of_operator(&app.app.clock, Action::RoleChange, about)?;
    let entry = Entry {
        about: Some(about),
        organization: Some(id),
        changes: vec![
            FieldChange::of("roles", json!(["guest"]), json!(["guest", "billing_admin"])),
            FieldChange::of("email", Value::Null, "omar@contoso.example")
                .personal(&Whose::of(about)),
        ],
        ..entry
    };
    Ok(app.app.store.write().await?.commit(entry).await?)
}

#[test]
fn each_action_has_a_sentence() {
    let known: BTreeSet<&str> = en::audit_actions().map(|(code, _)| code).collect();
    let all: BTreeSet<&str> = Action::ALL.iter().map(|one| one.code()).collect();
    assert_eq!(known, all, "contract/src/text/en/audit.rs");
}

#[tokio::test]
async fn an_entry_says_who_did_what_in_which_session_with_each_field() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(ADMIN).await?;
        let id = app.organization("Contoso").await?;
        let request = renamed(&browser, id, "Contoso Consulting").await?;
        let page = page(&browser, id, "").await?;
        let entry = page.items.first().ok_or("nothing")?;
        let name = user(app, ADMIN).await?;
        let name = users::by_id(app.app.store.db(), name)
            .await?
            .ok_or("none")?
            .name;
        assert_eq!(entry.said, format!("{name} changed the company data"));
        assert_eq!((entry.actor, &entry.request_id), (Actor::Person, &request));
        let session = app.told("sign_in", 1).await?.remove(0).session;
        assert!(session.is_some() && entry.session == session);
        let fields: Vec<_> = entry.changes.iter().map(|one| &*one.field).collect();
        assert_eq!(fields, ["name", "verification"]);
        let change = &entry.changes[0];
        assert_eq!(change.before.as_deref(), Some("Contoso"));
        assert_eq!(change.after.as_deref(), Some("Contoso Consulting"));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_change_of_roles_names_role_person_before_and_after() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(ADMIN).await?;
        let id = app.organization("Contoso").await?;
        let about = user(app, "guest@contoso.example").await?;
        told(app, id, about).await?;
        let found = page(&browser, id, "?action=role.change").await?;
        let entry = &found.items[0];
        let named = en::audit_names(entry).1.ok_or("about nobody")?;
        let said = format!("The operator gave {named} the role Billing admin");
        assert_eq!(entry.said, said);
        let sides = |change: usize| {
            let change = &entry.changes[change];
            (
                change.before.as_deref(),
                change.after.as_deref(),
                change.erased,
            )
        };
        assert_eq!(
            sides(0),
            (Some("Guest"), Some("Guest, Billing admin"), false)
        );
        assert_eq!(sides(1), (None, Some("omar@contoso.example"), false));

        let write = app.app.store.write().await?;
        audit::erase(&write, about).await?;
        write
            .commit(trail::entry(&app.app.clock, Action::ClockSet, "x")?)
            .await?;
        let found = page(&browser, id, "?action=role.change").await?;
        let email = &found.items[0].changes[1];
        assert_eq!((email.after.as_deref(), email.erased), (None, true));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn entries_are_found_by_each_filter_and_by_names() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(ADMIN).await?;
        let id = app.organization("Contoso").await?;
        let about = user(app, "guest@contoso.example").await?;
        let name = users::by_id(app.app.store.db(), about)
            .await?
            .ok_or("none")?
            .name;
        renamed(&browser, id, "Contoso One").await?;
        told(app, id, about).await?;
        let who = user(app, ADMIN).await?;
        let day = app.app.clock.now().date_naive();
        let (before, after) = (day.pred_opt().ok_or("day")?, day.succ_opt().ok_or("day")?);
        let word = name.split(' ').next().unwrap_or_default().to_uppercase();
        for (query, many) in [
            (format!("?who={who}"), 1),
            (format!("?who={about}"), 0),
            (format!("?about={about}"), 1),
            ("?action=organization.change".to_owned(), 1),
            (format!("?action=organization.change&who={who}"), 1),
            (format!("?action=organization.change&who={about}"), 0),
            (format!("?from={day}&to={day}&action=role.change"), 1),
            (format!("?from={after}"), 0),
            (format!("?to={before}"), 0),
            (
                "?from=0001-01-01&to=9999-12-31&action=role.change".to_owned(),
                1,
            ),
            (format!("?search={id}"), 1),
            (format!("?search={about}"), 1),
            (format!("?search={word}"), 1),
            (format!("?search={word}&who={who}"), 0),
            ("?search=%25".to_owned(), 0),
            (format!("?search={id}&about={about}"), 0),
        ] {
            let found = page(&browser, id, &query).await?.items;
            assert_eq!(found.len(), many, "{query}: {found:?}");
        }
        for wrong in [
            "who=x",
            "about=1",
            "action=A%20b",
            "from=2023-02-30",
            "to=2023-1-1",
            "from=%2010000-1",
            "who=",
            "limit=",
            "limit=0",
            "limit=201",
            "cursor=x",
            "format=xml",
            "zebra=1",
            "search=%00",
        ] {
            let path = format!("{}?{wrong}", paths::audit(id));
            let problem = browser.get(&path).await?.problem()?;
            assert_eq!(problem.status, 422, "{wrong}");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn pages_have_each_entry_once_also_of_one_moment() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(ADMIN).await?;
        let id = app.organization("Contoso").await?;
        let about = user(app, "guest@contoso.example").await?;
        for _ in 0..7 {
            told(app, id, about).await?;
        }
        for filter in ["", "&action=role.change", "&search=guest@contoso.example"] {
            let (mut seen, mut cursor) = (Vec::new(), String::new());
            loop {
                let query = format!("?limit=2{filter}{cursor}");
                let found = page(&browser, id, &query).await?;
                seen.extend(found.items);
                match found.next {
                    Some(next) => cursor = format!("&cursor={next}"),
                    None => break,
                }
            }
            let order = |one: &AuditEntry| std::cmp::Reverse((one.at, one.id));
            assert_eq!(seen.len(), 7, "{filter}");
            assert!(seen.is_sorted_by_key(order));
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_removed_location_and_a_renamed_one_have_their_names() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(ADMIN).await?;
        let id = app.organization("Contoso").await?;
        let path = paths::locations(id);
        let tag = browser
            .get(&paths::organization(id))
            .await?
            .header("etag")
            .to_owned();
        let body = json!({"name": "Contoso Porto", "country": "PT", "address": "Rua 1"});
        let answer = browser
            .send("POST", &path, &[("if-match", &tag)], Some(body))
            .await?;
        let added: Organization = answer.json()?;
        let new = added
            .locations
            .iter()
            .find(|one| one.name == "Contoso Porto");
        let new = new.ok_or("not added")?.id;
        let path = paths::location(id, new);
        let tag = answer.header("etag");
        let changed = browser
            .patch(&path, tag, json!({"address": "Rua 2"}))
            .await?;
        let said = async |query: &str| -> Outcome<String> {
            let found = page(&browser, id, query).await?;
            Ok(found
                .items
                .first()
                .map(|one| one.said.clone())
                .unwrap_or_default())
        };
        let found = said("?search=porto").await?;
        assert!(
            found.ends_with(" changed the location Contoso Porto"),
            "{found}"
        );
        assert_eq!(changed.status, StatusCode::OK, "{}", changed.text());
        let body = json!({"location": new, "reason": "We closed it."});
        let asked = browser.post(&paths::requests(id), body).await?;
        let asked: AccessRequest = asked.json()?;
        request::decide(&app.app, asked.id, None).await?;
        let found = said("?action=location.remove").await?;
        assert!(
            found.ends_with(" removed the location Contoso Porto"),
            "{found}"
        );
        Ok(())
    })
    .await
}
