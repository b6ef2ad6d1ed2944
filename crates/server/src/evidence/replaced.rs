//! What a write replaced, for the audit log: a hash of each part that it changed, as it was before.
//! With a copy of the database from then it can be shown what was there.

use std::collections::BTreeMap;

use membership_domain::Evidence;
use membership_store::audit::FieldChange;
use membership_store::evidence::Documents;
use serde_json::{Map, Value, json};

use crate::hash::sha256;
use crate::http::problem::Answer;

/// By part: SHA-256 of the JSON that was stored, and its revision; null for a part that was never
/// written.
pub fn told(before: &Documents, after: &BTreeMap<String, String>) -> Answer<Value> {
    let mut replaced = Map::new();
    for (part, json) in after {
        let Some(known) = before.get(part) else {
            replaced.insert(part.clone(), Value::Null);
            continue;
        };
        let stored = known.json()?;
        if stored != *json {
            let hash = sha256(stored.as_bytes());
            let of = json!({"sha256": hash, "revision": known.revision});
            replaced.insert(part.clone(), of);
        }
    }
    Ok(json!({"replaced": replaced}))
}

/// How many rows each part has, where a write changed that; the profile is no list.
pub fn counted(before: &Evidence, after: &Evidence) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    macro_rules! each {
        ($($part:ident)*) => {
            // A part that is not named here does not compile.
            let Evidence { profile: _, $($part),* } = after;
            $(
                let (old, new) = (before.$part.len(), $part.len());
                if old != new {
                    changes.push(FieldChange::of(concat!(stringify!($part), ".rows"), old, new));
                }
            )*
        };
    }
    each!(people customers usage memberships offers references audits invitations declarations
        figures past_scores);
    changes
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use membership_contract::paths;

    use super::*;
    use crate::testing::{Outcome, TestApp};

    /// The hash is of what was stored, so that a copy of the database from then can be shown to be it.
    #[tokio::test]
    async fn what_is_replaced_is_told_by_its_hash_and_exports_by_their_form() -> Outcome {
        TestApp::each(async |app| {
            let browser = app.signed_in("mpn-partner-admin@tailspin.example").await?;
            let id = app.organization("Tailspin").await?;
            let stored = membership_store::evidence::all(app.app.store.db(), id).await?;
            let before = &stored["people"];
            let path = paths::evidence_part(id, "people");
            let read = browser.get(&path).await?;
            let answer = browser
                .put_tagged(&path, read.header("etag"), json!([]))
                .await?;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
            let told = app.told("evidence.replace", 1).await?;
            let hash = sha256(before.json()?.as_bytes());
            let people = json!({"sha256": hash, "revision": before.revision});
            assert_eq!(told[0].detail, json!({"replaced": {"people": people}}));
            let many = before.rows::<serde::de::IgnoredAny>()?.len();
            assert_eq!(told[0].changes, [FieldChange::of("people.rows", many, 0)]);
            // The same again changes nothing, and says so.
            let tag = answer.header("etag").to_owned();
            browser.put_tagged(&path, &tag, json!([])).await?;
            let told = app.told("evidence.replace", 2).await?;
            assert_eq!(told[0].detail, json!({"replaced": {}}));

            let whole = paths::evidence(id);
            let list = paths::list(id, "people");
            for address in [
                whole.clone(),
                list.clone(),
                format!("{whole}?format=packed"),
            ] {
                assert_eq!(browser.get(&address).await?.status, StatusCode::OK);
            }
            let table = browser.get(&format!("{list}?format=csv")).await?;
            assert_eq!(table.status, StatusCode::OK);
            let told = app.told("evidence.export", 3).await?;
            let forms: Vec<_> = told
                .iter()
                .map(|one| (&*one.subject, one.detail["format"].clone()))
                .collect();
            let expected = [("people", "csv"), ("all", "json"), ("people", "json")];
            assert_eq!(forms, expected.map(|(what, form)| (what, json!(form))));
            assert!(
                told.iter()
                    .all(|one| one.organization == Some(id) && one.user.is_some())
            );
            assert_eq!(told[0].request_id, table.header("x-request-id"));
            Ok(())
        })
        .await
    }
}
