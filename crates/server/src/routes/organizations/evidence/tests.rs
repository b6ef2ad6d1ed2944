//! Reading and writing evidence, whole and by part.

use axum::http::StatusCode;
use membership_contract::evidence::{MEDIA_TYPE, unpack};
use membership_contract::paths;
use membership_domain::Evidence;
use membership_store::{audit, organizations};
use serde_json::{Value, json};

use crate::app::Settings;
use crate::testing::{Outcome, TestApp};

const EDITOR: &str = "mpn-partner-admin@contoso.example";

#[tokio::test]
async fn what_was_read_can_be_written_again() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let path = paths::evidence(id);
        let read = browser.get(&path).await?;
        assert_eq!(read.status, StatusCode::OK);
        let evidence: Evidence = read.json()?;
        assert_eq!(evidence.profile.name, "Contoso");
        let known = [("if-none-match", read.header("etag"))];
        let again = browser.get_with(&path, &known).await?;
        assert_eq!(
            (again.status, again.body.len()),
            (StatusCode::NOT_MODIFIED, 0)
        );

        let written = browser
            .put_tagged(&path, read.header("etag"), read.json()?)
            .await?;
        assert_eq!(written.status, StatusCode::OK);
        assert_eq!(written.json::<Evidence>()?, evidence);
        assert_ne!(written.header("etag"), read.header("etag"));
        let trail = audit::of_organization(app.app.store.db(), id, 1).await?;
        assert_eq!(
            (trail[0].action.code(), trail[0].subject.as_str()),
            ("evidence.replace", "all")
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn packed_evidence_is_the_same() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let read = browser.get(&paths::evidence(id)).await?;
        let packed = browser.get(&paths::packed_evidence(id)).await?;
        assert_eq!(packed.header("content-type"), MEDIA_TYPE);
        assert_eq!(packed.header("etag"), read.header("etag"));
        assert!(packed.body.len() * 3 < read.body.len(), "little space");
        let json = |records: &str| serde_json::from_str(records).map_err(|error| error.to_string());
        assert_eq!(unpack(&packed.body, json)?, read.json::<Evidence>()?);
        let known = [("if-none-match", read.header("etag"))];
        let again = browser
            .get_with(&paths::packed_evidence(id), &known)
            .await?;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED);

        // What was written since is in it.
        let offers = paths::evidence_part(id, "offers");
        let tag = browser.get(&offers).await?.header("etag").to_owned();
        browser.put_tagged(&offers, &tag, json!([])).await?;
        let packed = browser.get(&paths::packed_evidence(id)).await?;
        assert_eq!(unpack(&packed.body, json)?.offers, []);

        let path = format!("{}?format=zip", paths::evidence(id));
        let refused = browser.get(&path).await?.problem()?;
        assert_eq!(refused.errors[0].pointer, "?format");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn two_parts_do_not_disturb_each_other() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let (offers, audits) = (
            paths::evidence_part(id, "offers"),
            paths::evidence_part(id, "audits"),
        );
        let audits_tag = browser.get(&audits).await?.header("etag").to_owned();
        let read = browser.get(&offers).await?;
        let body =
            json!([{"name": "Contoso Backup", "published_on": "2023-05-01", "transactable": true}]);
        let written = browser
            .put_tagged(&offers, read.header("etag"), body.clone())
            .await?;
        assert_eq!(
            (written.status, written.json::<Value>()?),
            (StatusCode::OK, body.clone())
        );
        assert_eq!(browser.get(&audits).await?.header("etag"), audits_tag);
        let whole: Evidence = browser.get(&paths::evidence(id)).await?.json()?;
        assert_eq!(whole.offers.len(), 1);

        let late = browser
            .put_tagged(&offers, read.header("etag"), json!([]))
            .await?;
        let problem = late.problem()?;
        assert_eq!((problem.status, problem.current), (412, Some(body)));
        assert_eq!(late.header("etag"), written.header("etag"));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn wrong_places_are_named_and_nothing_changes() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let path = paths::evidence_part(id, "people");
        let before = browser.get(&path).await?;
        let person = |certificate: &str| {
            json!({"id": "p1", "name": "Ines Duarte", "certificates": [
            {"certificate": certificate, "completed_on": "2023-01-01"}]})
        };
        for (body, pointer, code) in [
            (
                json!([person("no-such-exam")]),
                "/0/certificates/0/certificate",
                "unknown_certificate",
            ),
            (json!([{"id": "p1", "name": 7}]), "/0/name", "unexpected"),
            (json!([{"id": "p1", "name": " "}]), "/0/name", "empty"),
            (json!({"people": []}), "", "unexpected"),
        ] {
            let problem = browser
                .put_tagged(&path, before.header("etag"), body)
                .await?
                .problem()?;
            assert_eq!(problem.status, 422, "{problem:?}");
            let first = problem
                .errors
                .first()
                .map(|error| (error.pointer.as_str(), error.code.as_str()));
            assert_eq!(first, Some((pointer, code)));
        }
        assert_eq!(
            browser.get(&path).await?.header("etag"),
            before.header("etag")
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_a_part_breaks_elsewhere_is_named_there() -> Outcome {
    TestApp::each(async |app| {
        // Nothing that Tailspin says is confirmed, so all of it can go.
        let browser = app.signed_in("mpn-partner-admin@tailspin.example").await?;
        let id = app.organization("Tailspin").await?;
        let workload = app
            .app
            .catalog
            .catalog
            .workloads
            .first()
            .map(|one| one.id.clone());
        let customers = paths::evidence_part(id, "customers");
        let usage = paths::evidence_part(id, "usage");
        let put = async |path: &str, body: Value| {
            let tag = browser.get(path).await?.header("etag").to_owned();
            browser.put_tagged(path, &tag, body).await
        };
        put(&usage, json!([])).await?;
        let answer = put(&customers, json!([{"id": "c", "name": "Fabrikam"}])).await?;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let line = json!({"customer": "c", "workload": workload, "association": "csp_tier1",
            "month": "2023-10", "users": 1});
        let answer = put(&usage, json!([line])).await?;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let problem = put(&customers, json!([])).await?.problem()?;
        let at: Vec<_> = problem
            .errors
            .iter()
            .map(|error| error.pointer.as_str())
            .collect();
        assert_eq!(at, ["/evidence/usage/0/customer"]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn company_data_is_not_changed_through_evidence() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in("mpn-partner-admin@tailspin.example").await?;
        let path = paths::evidence_part(app.organization("Tailspin").await?, "profile");
        let read = browser.get(&path).await?;
        let profile: Value = read.json()?;
        for (field, value, code) in [
            ("verification", "accepted", "read_only"),
            ("joined_on", "2023-11-01", "confirmed"),
        ] {
            let mut changed = profile.clone();
            changed[field] = json!(value);
            let refused = browser
                .put_tagged(&path, read.header("etag"), changed)
                .await?;
            assert_eq!(refused.problem()?.errors[0].code, code, "{field}");
        }
        let answer = browser
            .put_tagged(&path, read.header("etag"), profile.clone())
            .await?;
        assert_eq!(answer.json::<Value>()?, profile);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn unknown_parts_missing_tags_and_broken_bodies_are_refused() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let nowhere = paths::evidence_part(id, "secrets");
        assert_eq!(browser.get(&nowhere).await?.problem()?.status, 404);
        assert_eq!(
            browser
                .put_tagged(&nowhere, "\"1.0\"", json!([]))
                .await?
                .problem()?
                .status,
            404
        );

        let path = paths::evidence(id);
        assert_eq!(browser.put(&path, json!({})).await?.problem()?.status, 428);
        let tag = browser.get(&path).await?.header("etag").to_owned();
        let raw = async |body: &str, kind: &str| {
            let headers = [("if-match", tag.as_str()), ("content-type", kind)];
            browser
                .send_raw("PUT", &path, &headers, body.as_bytes().to_vec())
                .await
        };
        let problem = raw("{\"people\": [}", "application/json")
            .await?
            .problem()?;
        assert_eq!((problem.status, problem.code.as_str()), (400, "malformed"));
        assert!(
            problem.detail.contains("line 1, column 13"),
            "{}",
            problem.detail
        );
        assert_eq!(raw("people", "text/plain").await?.problem()?.status, 415);
        let problem = raw("{\"peoples\": []}", "application/json")
            .await?
            .problem()?;
        assert_eq!(
            (problem.status, problem.errors[0].pointer.as_str()),
            (422, "/peoples")
        );
        assert_eq!(browser.get(&path).await?.header("etag"), tag);
        Ok(())
    })
    .await
}

/// Readers of JSON would take `["Ada"]` for `{"name": "Ada"}`, and nothing at all for the rest.
#[tokio::test]
async fn lists_of_values_are_no_evidence() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in("mpn-partner-admin@contoso.example").await?;
        let id = app.organization("Contoso").await?;
        let evidence = paths::evidence(id);
        let before = browser.get(&evidence).await?;
        let tag = before.header("etag").to_owned();
        let mut whole: serde_json::Value = before.json()?;
        whole["people"] = json!([["p1", "Kim", null, null, null, []]]);
        let profile = whole["profile"].clone();
        let part = paths::evidence_part(id, "people");
        let part_tag = browser.get(&part).await?.header("etag").to_owned();
        for (path, tag, body, pointer) in [
            (&evidence, &tag, json!([profile]), ""),
            (&evidence, &tag, whole.clone(), "/people/0"),
            (&part, &part_tag, whole["people"].clone(), "/0"),
        ] {
            let headers = [
                ("content-type", "application/json"),
                ("if-match", tag.as_str()),
            ];
            let body = body.to_string().into_bytes();
            let refused = browser.send_raw("PUT", path, &headers, body).await?;
            assert_eq!(refused.status.as_u16(), 422);
            assert_eq!(refused.problem()?.errors[0].pointer, pointer);
        }
        assert_eq!(browser.get(&evidence).await?.header("etag"), tag);
        Ok(())
    })
    .await
}

/// So many people without id and name, as JSON.
fn empty_people(bytes: usize) -> Vec<u8> {
    let person = r#"{"id":"","name":""},"#;
    let people = person.repeat(bytes / person.len());
    format!("[{}]", people.trim_end_matches(',')).into_bytes()
}

#[tokio::test]
async fn an_answer_to_millions_of_faults_is_short_and_counts_them() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let path = paths::evidence_part(id, "people");
        let tag = browser.get(&path).await?.header("etag").to_owned();
        let json = [("content-type", "application/json"), ("if-match", &tag)];
        let people = empty_people(16 * 1024 * 1024 - 2);
        let refused = browser.send_raw("PUT", &path, &json, people).await?;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            refused.body.len() < 64 * 1024,
            "{} bytes",
            refused.body.len()
        );
        let problem = refused.problem()?;
        assert_eq!(problem.errors.len(), 100);
        // Each has neither id nor name, and all but one have the id of another.
        assert!(problem.error_count.is_some_and(|count| count > 2_000_000));
        assert!(problem.detail.contains(" more; errors has the first 100."));

        // What is told of a value can be as long as the value.
        let long = "x".repeat(1_000_000);
        for body in [
            json!([{ &long: 1 }]),
            json!([{"id": "a", "name": {&long: 1}}]),
        ] {
            let refused = browser.put_tagged(&path, &tag, body).await?;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(
                refused.body.len() < 64 * 1024,
                "{} bytes",
                refused.body.len()
            );
        }
        Ok(())
    })
    .await
}

/// Without a look at the clock: while the test holds what evidence is written with, it is checked.
#[tokio::test]
async fn evidence_is_checked_before_anything_is_locked() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let path = paths::evidence_part(id, "people");
        let tag = browser.get(&path).await?.header("etag").to_owned();
        let write = app.app.store.write().await?;
        organizations::lock(&write, id).await?;
        let refused = browser
            .put_tagged(&path, &tag, json!([{"id": "", "name": ""}]))
            .await?;
        assert_eq!(refused.problem()?.status, 422);
        Ok(())
    })
    .await
}

/// Without a look at the clock: what checks evidence is what the test holds, and signing in is
/// not kept waiting by it.
#[tokio::test]
async fn evidence_is_read_and_checked_in_its_turn_only() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let path = paths::evidence_part(id, "people");
        let tag = browser.get(&path).await?.header("etag").to_owned();
        let place = app
            .app
            .turns
            .files
            .place(id)
            .await
            .map_err(|_| "no place")?;
        let wrong = browser.put_tagged(&path, &tag, json!([{"id": "", "name": ""}]));
        tokio::select! {
            answer = wrong => return Err(format!("not in its turn: {answer:?}").into()),
            signed_in = app.signed_in(EDITOR) => drop(signed_in?),
        }
        drop(place);
        let wrong = json!([{"id": "", "name": ""}]);
        let refused = browser.put_tagged(&path, &tag, wrong).await?;
        assert_eq!(refused.problem()?.status, 422);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn parts_that_are_written_at_the_same_time_are_all_kept() -> Outcome {
    TestApp::each(async |app| {
        // Nothing that Tailspin says is confirmed, so all of it can go.
        let browser = app.signed_in("mpn-partner-admin@tailspin.example").await?;
        let id = app.organization("Tailspin").await?;
        let parts = ["offers", "audits", "references", "invitations"];
        let write = async |part: &str| {
            let path = paths::evidence_part(id, part);
            let tag = browser.get(&path).await?.header("etag").to_owned();
            browser.put_tagged(&path, &tag, json!([])).await
        };
        let all = futures_util::future::join_all(parts.map(write)).await;
        for answer in all {
            assert_eq!(answer?.status, StatusCode::OK);
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_part_is_one_value_and_nothing_else() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let (path, others) = (
            paths::evidence_part(id, "offers"),
            paths::evidence_part(id, "audits"),
        );
        let tag = browser.get(&path).await?.header("etag").to_owned();
        let before = browser.get(&others).await?.text();
        let headers = [("content-type", "application/json"), ("if-match", &tag)];
        for body in [
            r#"[], "audits": []"#.as_bytes(),
            b"[]}",
            b"[] []",
            b"",
            b"[\"\xff\"]",
        ] {
            let refused = browser.send_raw("PUT", &path, &headers, body.to_vec());
            assert_eq!(refused.await?.problem()?.code, "malformed", "{body:?}");
        }
        assert_eq!(browser.get(&others).await?.text(), before);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn evidence_grows_to_a_limit() -> Outcome {
    let settings = Settings {
        evidence: 1024 * 1024,
        ..Settings::default()
    };
    TestApp::each_with(&settings, async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let path = paths::evidence_part(id, "offers");
        let tag = browser.get(&path).await?.header("etag").to_owned();
        let offer =
            json!({"name": "Contoso Backup", "published_on": "2023-05-01", "transactable": true});
        let refused = browser
            .put_tagged(&path, &tag, json!(vec![offer; 20_000]))
            .await?;
        let problem = refused.problem()?;
        assert_eq!((problem.status, problem.code.as_str()), (413, "too_large"));
        assert!(problem.detail.contains("1 MB"), "{}", problem.detail);
        assert_eq!(browser.get(&path).await?.header("etag"), tag);
        Ok(())
    })
    .await
}
