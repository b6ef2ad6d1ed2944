//! Who says that somebody is linked, and that they left: a partner's word changes previews alone.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use membership_contract::import::ImportReport;
use membership_contract::paths;
use membership_domain::evidence::{Authority, Held};
use membership_domain::id::OrganizationId;
use membership_domain::{Basis, Evidence};
use serde_json::{Value, json};

use super::imports::{imported, kept};
use super::{EDITOR, assessed, put};
use crate::evidence::parts::documents;
use crate::testing::{Browser, Outcome, TestApp};

/// Linked, as Contoso says, and without certificates.
const LINKED: usize = 32;
/// Linked, as the program owner confirmed, with certificates that count.
const CONFIRMED: usize = 2;

/// The total of a score, on a basis.
async fn total(browser: &Browser, id: OrganizationId, basis: Basis) -> Outcome<String> {
    let all = assessed(browser, id, basis).await?;
    let score = all.score("modern-work").ok_or("no such score")?;
    Ok(score.total.rounded(1))
}

/// A certificate that Contoso needs one more of, in the hands of somebody whose link it claims.
fn certified(evidence: &mut Evidence) {
    let held = json!({"certificate": "ms-102", "completed_on": "2023-06-01",
        "authority": "confirmed"});
    let held: Held = serde_json::from_value(held).expect("a certificate");
    let person = &mut evidence.people[LINKED];
    assert_eq!(person.authority, Authority::Claimed);
    person.certificates.push(held);
}

#[tokio::test]
async fn a_link_that_a_partner_entered_counts_in_no_decision() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        imported(app, &browser, id, certified).await?;
        assert_eq!(total(&browser, id, Basis::Decision).await?, "56.5");
        assert_eq!(total(&browser, id, Basis::Entered).await?, "76.0");
        // It stays the partner's, to change and to take back.
        let people = paths::evidence_part(id, "people");
        for day in [json!("2023-01-01"), Value::Null] {
            let linked = |people: &mut Value| people[LINKED]["linked_on"] = day.clone();
            let written = put(&browser, &people, linked).await?;
            assert_eq!(written.status, StatusCode::OK, "{}", written.text());
            assert_eq!(total(&browser, id, Basis::Decision).await?, "56.5");
        }
        assert_eq!(total(&browser, id, Basis::Entered).await?, "61.0");
        // Who confirms the link makes it count.
        let confirmed = |evidence: &mut Evidence| {
            let person = &mut evidence.people[LINKED];
            person.linked_on = person.certificates.first().map(|held| held.completed_on);
            person.authority = Authority::Confirmed;
        };
        imported(app, &browser, id, confirmed).await?;
        assert_ne!(total(&browser, id, Basis::Decision).await?, "56.5");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_partner_claims_that_somebody_left_and_decides_nothing() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let people = paths::evidence_part(id, "people");
        let decision = assessed(&browser, id, Basis::Decision).await?;
        let entered = assessed(&browser, id, Basis::Entered).await?;
        let claimed = |people: &mut Value| {
            people[CONFIRMED]["claimed_left_on"] = json!("2023-10-31");
        };
        let written = put(&browser, &people, claimed).await?;
        assert_eq!(written.status, StatusCode::OK, "{}", written.text());
        assert_eq!(assessed(&browser, id, Basis::Decision).await?, decision);
        assert_ne!(assessed(&browser, id, Basis::Entered).await?, entered);
        let left: Value = browser
            .get(&(paths::list(id, "people") + "?state=left&search=alma"))
            .await?
            .json()?;
        assert_eq!(left["items"][0]["claimed_left_on"], "2023-10-31");

        for (field, value) in [
            ("left_on", json!("2023-10-31")),
            ("linked_on", json!("2023-01-01")),
            ("linked_on", Value::Null),
            ("authority", json!("claimed")),
        ] {
            let write = |people: &mut Value| people[CONFIRMED][field] = value.clone();
            let refused = put(&browser, &people, write).await?.problem()?;
            let error = &refused.errors[0];
            let told = (&*error.pointer, &*error.code);
            assert_eq!(told, (&*format!("/{CONFIRMED}/{field}"), "confirmed"));
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_partner_claims_no_authority_that_it_does_not_have() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let whole = paths::evidence(id);
        let known: Evidence = browser.get(&whole).await?.json()?;
        let held = json!({"certificate": "az-104", "completed_on": "2023-05-31"});
        let pal = json!({"kind": "pal", "since": "2023-03-06"});
        let person = json!({"id": "new", "name": "Ada Berg", "certificates": [held]});
        let customer = json!({"id": "new", "name": "Fabrikam Labs", "associations": [pal]});
        for authority in ["confirmed", "made_here"] {
            for (part, row, place) in [
                ("people", &person, ""),
                ("people", &person, "/certificates/0"),
                ("customers", &customer, "/associations/0"),
            ] {
                let mut row = row.clone();
                // That of the person is left out nowhere, where it would be that of certificates.
                if part == "people" {
                    row["authority"] = json!("claimed");
                }
                row.pointer_mut(place).ok_or("no such place")?["authority"] = json!(authority);
                let push = |list: &mut Value| {
                    list.as_array_mut().expect("a list").push(row.clone());
                };
                let path = paths::evidence_part(id, part);
                let end = format!("{place}/authority");
                let refused = put(&browser, &path, push).await?.problem()?;
                let error = &refused.errors[0];
                assert_eq!((refused.errors.len(), &*error.code), (1, "authority"));
                assert!(error.pointer.ends_with(&end), "{}", error.pointer);
                let refused = put(&browser, &whole, |all| push(&mut all[part])).await?;
                let error = &refused.problem()?.errors[0];
                assert!(error.pointer.starts_with(&format!("/{part}/")));
                assert!(error.pointer.ends_with(&end), "{}", error.pointer);

                let tag = browser.get(&whole).await?.header("etag").to_owned();
                let headers = [("content-type", "application/json"), ("if-match", &*tag)];
                let text = json!({ part: [row] }).to_string();
                let path = paths::imports(id);
                let sent = browser.send_raw("POST", &path, &headers, text.into());
                let report: ImportReport = sent.await?.json()?;
                let refused = report.refused.first().ok_or("it is taken")?;
                let place = format!("/{part}/0{end}");
                assert_eq!(refused.column.as_deref(), Some(&*place));
            }
            // When the company joined is the program owner's to say here.
            let joined = |profile: &mut Value| profile["authority"] = json!(authority);
            let path = paths::evidence_part(id, "profile");
            if authority != "confirmed" {
                let refused = put(&browser, &path, joined).await?.problem()?;
                assert_eq!(refused.errors[0].code, "confirmed");
            }
        }
        // Packed evidence is no file to import either.
        let packed = browser.get(&paths::packed_evidence(id)).await?;
        let headers = [
            ("content-type", "application/octet-stream"),
            ("if-match", packed.header("etag")),
        ];
        let path = paths::imports(id);
        let sent = browser.send_raw("POST", &path, &headers, packed.body.to_vec());
        assert_eq!(sent.await?.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(browser.get(&whole).await?.json::<Evidence>()?, known);
        Ok(())
    })
    .await
}

/// As it was stored before people had an authority.
#[tokio::test]
async fn what_was_stored_before_decides_the_same() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let decision = assessed(&browser, id, Basis::Decision).await?;
        let evidence: Evidence = browser.get(&paths::evidence(id)).await?.json()?;
        let mut people: Value =
            serde_json::from_str(&documents(&evidence, Some("people"))?["people"])?;
        for person in people.as_array_mut().ok_or("a list")? {
            let person = person.as_object_mut().ok_or("an object")?;
            person.remove("authority").ok_or("it is always written")?;
        }
        let parts = BTreeMap::from([("people".to_owned(), people.to_string())]);
        kept(app, id, parts, None).await?;
        let read: Evidence = browser.get(&paths::evidence(id)).await?.json()?;
        assert_eq!(read.people, evidence.people);
        assert_eq!(assessed(&browser, id, Basis::Decision).await?, decision);
        // What is read and written back says it, for a partner too.
        let path = paths::evidence_part(id, "people");
        let written = put(&browser, &path, |_| {}).await?;
        assert_eq!(written.status, StatusCode::OK, "{}", written.text());
        let people: Value = browser.get(&path).await?.json()?;
        assert_eq!(people[CONFIRMED]["authority"], "confirmed");
        assert_eq!(people[LINKED]["authority"], "claimed");
        Ok(())
    })
    .await
}
