//! An import says what its importer may say; what one of somebody else wrote is not a partner's to
//! undo, and that is said before.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use membership_contract::import::{Import as Told, ImportReport};
use membership_contract::page::Page;
use membership_contract::paths;
use membership_domain::Evidence;
use membership_domain::evidence::{Figure, authority_of_change};
use membership_domain::id::{ImportId, OrganizationId};
use membership_import::{Changes, Kind};
use membership_store::audit::{self, Action};
use membership_store::evidence::{self as stored, Expected};
use membership_store::imports::{self as history, Import};
use serde_json::json;

use super::EDITOR;
use crate::evidence::parts::documents;
use crate::testing::{Browser, Outcome, TestApp};
use crate::{random, trail};

#[tokio::test]
async fn an_import_says_what_its_importer_may_say() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let before: Evidence = browser.get(&paths::evidence(id)).await?.json()?;
        let audit = json!({"program": "azure-expert-msp", "decided_on": "2023-10-02",
            "passed": true, "authority": "confirmed"});
        let usage = "Customer,Workload,Association,Month,Revenue,Authority\n\
            Fabrikam Dental,Storage,PAL,2023-10,500000,confirmed\n";
        let people = "Certificate,Name,Email,CompletedOn,Authority\n\
            AZ-104,Ada Berg,ada@contoso.example,2023-05-31,made here\n";
        for (kind, text, column) in [
            (
                "application/json",
                json!({"audits": [audit]}).to_string(),
                "/audits/0/authority",
            ),
            ("text/csv", usage.to_owned(), "Authority"),
            ("text/csv", people.to_owned(), "Authority"),
        ] {
            let tag = browser
                .get(&paths::evidence(id))
                .await?
                .header("etag")
                .to_owned();
            let headers = [("content-type", kind), ("if-match", tag.as_str())];
            for path in [paths::import_preview(id), paths::imports(id)] {
                let sent = browser.send_raw("POST", &path, &headers, text.clone().into());
                let report: ImportReport = sent.await?.json()?;
                assert!(!report.imported);
                let refused = report.refused.first().ok_or("it is taken")?;
                assert_eq!(refused.column.as_deref(), Some(column));
                assert!(
                    refused.detail.contains("Enter it as claimed"),
                    "{}",
                    refused.detail
                );
            }
        }
        let after: Evidence = browser.get(&paths::evidence(id)).await?.json()?;
        assert_eq!(after, before);
        Ok(())
    })
    .await
}

/// Imports what somebody of more weight says. Only the program owner imports like this, so it is put
/// into the history from behind.
pub(super) async fn imported(
    app: &TestApp,
    browser: &Browser,
    id: OrganizationId,
    change: impl FnOnce(&mut Evidence),
) -> Outcome<ImportId> {
    let before: Evidence = browser.get(&paths::evidence(id)).await?.json()?;
    let mut after = before.clone();
    change(&mut after);
    let (db, now) = (app.app.store.db(), app.app.clock.now());
    let by = membership_store::users::by_email(db, EDITOR).await?;
    let import = Import {
        id: random::id(app.app.clock.real())?,
        name: "feed".to_owned(),
        kind: serde_json::to_value(Kind::Evidence)?
            .as_str()
            .unwrap_or_default()
            .to_owned(),
        counts: json!({"added": 1, "changed": 0, "unchanged": 0, "left": 0, "refused": 0})
            .to_string(),
        imported_by: by.ok_or("somebody")?.id,
        imported_at: now,
        undone: None,
        authority: authority_of_change(&after, &before),
    };
    let own = import.id;
    let changes = serde_json::to_string(&Changes::between(&before, &after))?;
    kept(app, id, documents(&after, None)?, Some((import, changes))).await?;
    Ok(own)
}

/// Puts parts of evidence, as JSON, into the store, with the import that brings them.
pub(super) async fn kept(
    app: &TestApp,
    id: OrganizationId,
    documents: BTreeMap<String, String>,
    import: Option<(Import, String)>,
) -> Outcome {
    let (db, now) = (app.app.store.db(), app.app.clock.now());
    let revision = stored::revision_of(db, id).await?;
    let write = app.app.store.write().await?;
    let known = stored::all(write.tx(), id).await?;
    let mut parts = BTreeMap::new();
    for (part, json) in documents {
        let change = stored::Change::between(known.get(&part), json)?;
        parts.insert(part, change);
    }
    stored::replace(&write, id, Expected::Whole(revision), &parts, now).await?;
    if let Some((import, changes)) = import {
        history::insert(&write, id, import, changes).await?;
    }
    let entry: audit::Entry = trail::entry(&app.app.clock, Action::EvidenceImport, "feed")?;
    write.commit(entry).await?;
    Ok(())
}

/// A figure that the program owner confirms.
fn confirmed_figure(evidence: &mut Evidence) {
    let figure = json!({"key": "survey-score", "value": "4.1", "reported_on": "2023-11-10",
        "authority": "confirmed"});
    let figure = serde_json::from_value::<Figure>(figure).expect("a figure");
    evidence.figures.push(figure);
}

/// The first page of the history.
async fn history_of(browser: &Browser, id: OrganizationId) -> Outcome<Vec<Told>> {
    let page: Page<Told> = browser.get(&paths::imports(id)).await?.json()?;
    Ok(page.items)
}

#[tokio::test]
async fn a_partner_undoes_no_import_of_confirmed_rows() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let import = imported(app, &browser, id, confirmed_figure).await?;
        let told = history_of(&browser, id).await?;
        assert_eq!(told[0].id, import);
        let why = told[0].kept.clone().ok_or("it is offered")?;
        assert!(told.iter().skip(1).all(|one| one.kept.is_none()));
        let before: Evidence = browser.get(&paths::evidence(id)).await?.json()?;
        let path = paths::import_undo(id, import);
        let refused = browser.send_raw("POST", &path, &[], Vec::new()).await?;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        let detail = refused.problem()?.detail;
        assert_eq!(detail, why, "the same is said before");
        assert!(why.contains("Only the program owner can undo it"), "{why}");
        let after: Evidence = browser.get(&paths::evidence(id)).await?.json()?;
        assert_eq!(after, before);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_partner_undoes_its_own_import_beside_confirmed_rows() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let before: Evidence = browser.get(&paths::evidence(id)).await?.json()?;
        let tag = browser.get(&paths::imports(id)).await?;
        let headers = [
            ("content-type", "text/csv"),
            ("if-match", tag.header("etag")),
        ];
        // Alma Reyes is confirmed, and this is claimed beside that.
        let text = "Certificate,Name,Email,CompletedOn\n\
            AZ-104,Alma Reyes,alma.reyes@contoso.example,2023-05-31\n";
        let path = paths::imports(id);
        let sent = browser.send_raw("POST", &path, &headers, text.into());
        assert!(sent.await?.json::<ImportReport>()?.imported);
        let told = history_of(&browser, id).await?;
        assert_eq!(told[0].kept, None);
        let path = paths::import_undo(id, told[0].id);
        let undone = browser.send_raw("POST", &path, &[], Vec::new()).await?;
        assert_eq!(undone.status, StatusCode::OK, "{}", undone.text());
        let after: Evidence = browser.get(&paths::evidence(id)).await?.json()?;
        assert_eq!(after, before);
        Ok(())
    })
    .await
}
