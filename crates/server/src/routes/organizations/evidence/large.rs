//! A large part of evidence is stored in pieces, and nobody who reads or writes it can tell.

use axum::http::StatusCode;
use membership_contract::import::{Import, ImportReport};
use membership_contract::page::Page;
use membership_contract::paths;
use membership_domain::Evidence;
use membership_store::evidence as stored;
use serde_json::{Value, json};

use crate::testing::{Outcome, TestApp};

const EDITOR: &str = "mpn-partner-admin@tailspin.example";

/// So many people, the last one first, as a client may order them.
fn people(many: u32) -> Vec<Value> {
    let held = |number: u32| json!({"certificate": "az-104", "completed_on": format!("2023-{:02}-01", number % 9 + 1)});
    let person = |number: u32| {
        json!({
            "id": format!("person-{number}"), "name": format!("Ada {number}"),
            "linked_on": "2023-01-01", "certificates": [held(number), held(number + 1)],
        })
    };
    (0..many).rev().map(person).collect()
}

#[tokio::test]
async fn it_is_read_as_it_was_written_and_changed_by_its_row() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Tailspin").await?;
        let (whole, part) = (paths::evidence(id), paths::evidence_part(id, "people"));
        let mut rows = people(3_000);
        let read = browser.get(&part).await?;
        let written = browser
            .put_tagged(&part, read.header("etag"), rows.clone().into())
            .await?;
        assert_eq!(written.status, StatusCode::OK, "{}", written.text());
        let before: Evidence = browser.get(&whole).await?.json()?;
        let ids: Vec<&str> = before
            .people
            .iter()
            .map(|person| person.id.as_str())
            .collect();
        assert_eq!(
            (ids.len(), ids[0], ids[2_999]),
            (3_000, "person-2999", "person-0")
        );
        let packed = browser.get(&paths::packed_evidence(id)).await?;
        let unpacked = membership_contract::evidence::unpack(&packed.body, |json| {
            serde_json::from_str(json).map_err(|error| error.to_string())
        })?;
        assert_eq!(unpacked, before);

        // By hand, and taken back.
        let one = json!({"people": [{"id": "person-1500", "name": "Grace", "certificates": []}]});
        let headers = [
            ("content-type", "application/json"),
            ("if-match", packed.header("etag")),
        ];
        let stored_before = stored::all(app.app.store.db(), id).await?;
        let imports = paths::imports(id);
        let body = one.to_string().into_bytes();
        let done = browser.send_raw("POST", &imports, &headers, body).await?;
        assert!(done.json::<ImportReport>()?.imported);
        let after: Evidence = browser.get(&whole).await?.json()?;
        assert_eq!(after.people[1_499].name, "Grace", "in its place");
        let stored_after = stored::all(app.app.store.db(), id).await?;
        let people = &stored_after["people"];
        let again =
            stored::Change::between(Some(&stored_before["people"]), people.json()?.into_owned())?;
        assert!(
            again.bytes() > 0 && again.bytes() <= people.size(),
            "{}",
            again.bytes()
        );
        let history: Page<Import> = browser.get(&imports).await?.json()?;
        let undo = paths::import_undo(id, history.items[0].id);
        let undone = browser.send_raw("POST", &undo, &[], Vec::new()).await?;
        assert_eq!(undone.status, StatusCode::OK, "{}", undone.text());
        assert_eq!(browser.get(&whole).await?.json::<Evidence>()?, before);

        // Of two who know the same state the second one is told, whichever rows they change.
        let tag = browser.get(&part).await?.header("etag").to_owned();
        rows[7]["name"] = "First".into();
        let first = browser.put_tagged(&part, &tag, rows.clone().into()).await?;
        assert_eq!(first.status, StatusCode::OK);
        rows[7]["name"] = "Ada".into();
        rows[2_000]["name"] = "Second".into();
        let second = browser.put_tagged(&part, &tag, rows.into()).await?;
        assert_eq!(second.status, StatusCode::PRECONDITION_FAILED);
        let offers = paths::evidence_part(id, "offers");
        let tag = browser.get(&offers).await?.header("etag").to_owned();
        let other = browser.put_tagged(&offers, &tag, json!([])).await?;
        assert_eq!(other.status, StatusCode::OK, "another part");
        let known: Evidence = browser.get(&whole).await?.json()?;
        assert_eq!(
            (&*known.people[7].name, known.people.len()),
            ("First", 3_000)
        );
        Ok(())
    })
    .await
}
