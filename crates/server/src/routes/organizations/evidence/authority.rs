//! Who may say what: a partner's own rows change what is entered and no decision, and confirmed
//! rows are not a partner's to write, whichever way is taken.

mod imports;
mod people;

use axum::http::StatusCode;
use membership_contract::paths;
use membership_domain::evidence::{Authority, RowKind};
use membership_domain::id::OrganizationId;
use membership_domain::{Assessment, Basis, Catalog, Evidence};
use serde_json::{Value, json};

use crate::testing::{Answer, Browser, Outcome, TestApp};

const EDITOR: &str = "mpn-partner-admin@contoso.example";

/// A row of each kind that makes Contoso look better.
fn rows() -> Vec<(&'static str, Value)> {
    vec![
        (
            "memberships",
            json!({"program": "solutions-partner-modern-work", "started_on": "2023-06-01",
                "ends_on": "2024-05-31"}),
        ),
        (
            "audits",
            json!({"program": "azure-expert-msp", "decided_on": "2023-10-02", "passed": true}),
        ),
        (
            "references",
            json!({"program": "specialization-threat-protection", "customer": "Fabrikam Dental",
                "submitted_on": "2023-09-01", "approved_on": "2023-09-11"}),
        ),
        (
            "invitations",
            json!({"program": "surface-reseller-alliance", "issued_on": "2023-10-02"}),
        ),
        (
            "figures",
            json!({"key": "survey-score", "value": "4.9", "reported_on": "2023-11-10"}),
        ),
        (
            "past_scores",
            json!({"score": "modern-work", "day": "2023-10-25", "total": "90",
                "every_metric_above_zero": true}),
        ),
        (
            "offers",
            json!({"name": "Contoso Backup", "published_on": "2023-05-01", "transactable": true}),
        ),
        (
            "usage",
            json!({"customer": "fabrikam-dental", "workload": "storage", "association": "pal",
                "month": "2023-10", "revenue_cents": 50_000_000}),
        ),
    ]
}

async fn assessed(browser: &Browser, id: OrganizationId, basis: Basis) -> Outcome<Assessment> {
    let path = format!("{}?basis={}", paths::assessments(id), basis.code());
    browser.get(&path).await?.json()
}

/// A part with another text, as its reader writes it.
async fn put(browser: &Browser, path: &str, change: impl Fn(&mut Value)) -> Outcome<Answer> {
    let read = browser.get(path).await?;
    let mut body: Value = read.json()?;
    change(&mut body);
    browser.put_tagged(path, read.header("etag"), body).await
}

/// What somebody does to a part before writing it.
type Write = Box<dyn Fn(&mut Value)>;

fn push(row: Value) -> impl Fn(&mut Value) {
    move |list| list.as_array_mut().expect("a list").push(row.clone())
}

#[tokio::test]
async fn a_partners_own_row_changes_what_is_entered_and_no_decision() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let person = |people: &mut Value| {
            let people = people.as_array_mut().expect("a list");
            let found = people.iter_mut().find(|one| one["id"] == "person-32");
            let held = json!([{"certificate": "ms-102", "completed_on": "2023-06-01"}]);
            found.expect("a linked person")["certificates"] = held;
        };
        let customer = |customers: &mut Value| {
            let customers = customers.as_array_mut().expect("a list");
            let found = customers
                .iter_mut()
                .find(|one| one["id"] == "northwind-schools");
            let known = &mut found.expect("a customer")["associations"];
            let known = known.as_array_mut().expect("a list");
            known.push(
                json!({"kind": "cpor_usage", "workload": "teams", "since": "2022-11-07",
                "active_percent": "1"}),
            );
        };
        let mut writes: Vec<(&str, Write)> = vec![
            ("people", Box::new(person)),
            ("customers", Box::new(customer)),
        ];
        for (part, row) in rows() {
            writes.push((part, Box::new(push(row))));
        }
        let decision = assessed(&browser, id, Basis::Decision).await?;
        let entered = assessed(&browser, id, Basis::Entered).await?;
        assert_eq!(
            (decision.basis, entered.basis),
            (Basis::Decision, Basis::Entered)
        );
        let plain: Assessment = browser.get(&paths::assessments(id)).await?.json()?;
        assert_eq!(plain, decision, "what is asked for without a word");
        for (part, write) in writes {
            let path = paths::evidence_part(id, part);
            let before: Value = browser.get(&path).await?.json()?;
            let written = put(&browser, &path, write).await?;
            assert_eq!(written.status, StatusCode::OK, "{part}: {}", written.text());
            assert_eq!(
                assessed(&browser, id, Basis::Decision).await?,
                decision,
                "{part}"
            );
            assert_ne!(
                assessed(&browser, id, Basis::Entered).await?,
                entered,
                "{part}"
            );
            let back = put(&browser, &path, |now| *now = before.clone()).await?;
            assert_eq!(back.status, StatusCode::OK, "{part}");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_statement_counts_as_the_companys_own() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let decision = assessed(&browser, id, Basis::Decision).await?;
        let row = json!({"key": "app-on-marketplace", "holds": true, "declared_on": "2023-11-01"});
        let path = paths::evidence_part(id, "declarations");
        assert_eq!(
            put(&browser, &path, push(row.clone())).await?.status,
            StatusCode::OK
        );
        assert_ne!(assessed(&browser, id, Basis::Decision).await?, decision);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_basis_is_one_of_two() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        for path in [paths::assessments(id), paths::assessment(id, "action-pack")] {
            for basis in ["confirmed", "", "Entered", "decision&basis=entered"] {
                let answer = browser.get(&format!("{path}?basis={basis}")).await?;
                let problem = answer.problem()?;
                assert_eq!(problem.status, 422, "{basis}");
                assert_eq!(problem.errors[0].pointer, "?basis");
            }
            let answer: Value = browser
                .get(&format!("{path}?basis=entered"))
                .await?
                .json()?;
            assert_eq!(answer["basis"], "entered");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_catalog_may_take_the_partners_word_for_certificates() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let evidence: Evidence = browser.get(&paths::evidence(id)).await?.json()?;
        let taking = |kinds: &[RowKind]| {
            let mut catalog = (*app.app.catalog.catalog).clone();
            let decisions = catalog.decisions.iter_mut();
            for known in decisions.filter(|known| kinds.contains(&known.rows)) {
                known.rules[0].counts.push(Authority::Claimed);
            }
            catalog
        };
        let day = app.app.clock.now().date_naive();
        let security = |catalog: &Catalog| {
            let truth = membership_domain::Hypothesis::default();
            let all = membership_domain::assess(catalog, &evidence, Basis::Decision, day, &truth);
            all.score("security").map(|score| score.total)
        };
        let decided = security(&app.app.catalog.catalog);
        // A claimed certificate of somebody whose link is claimed counts once both do.
        let (people, certificates) = (RowKind::People, RowKind::Certificates);
        assert_eq!(security(&taking(&[certificates])), decided);
        assert_eq!(security(&taking(&[people])), decided);
        assert!(decided < security(&taking(&[people, certificates])));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_partner_confirms_nothing_by_writing_it() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let whole = paths::evidence(id);
        let known: Evidence = browser.get(&whole).await?.json()?;
        for (part, row) in rows() {
            for authority in ["confirmed", "made_here"] {
                let mut row = row.clone();
                row["authority"] = json!(authority);
                let path = paths::evidence_part(id, part);
                let refused = put(&browser, &path, push(row.clone())).await?.problem()?;
                let error = refused.errors.first().ok_or("nothing is wrong")?;
                assert_eq!((refused.status, &*error.code), (422, "authority"), "{part}");
                assert!(error.pointer.ends_with("/authority"), "{}", error.pointer);
                let refused =
                    put(&browser, &whole, |all| push(row.clone())(&mut all[part])).await?;
                let error = &refused.problem()?.errors[0];
                let at = format!("/{part}/");
                assert!(error.pointer.starts_with(&at), "{}", error.pointer);
                assert!(
                    error.detail.contains("program owner confirms"),
                    "{}",
                    error.detail
                );
            }
        }
        let unknown = json!({"program": "azure-expert-msp", "decided_on": "2023-10-02",
            "passed": true, "authority": "operator"});
        let path = paths::evidence_part(id, "audits");
        let refused = put(&browser, &path, push(unknown)).await?.problem()?;
        assert_eq!(refused.errors[0].pointer, "/0/authority");
        // Nothing is read packed.
        let packed = browser.get(&paths::packed_evidence(id)).await?;
        let kind = [
            ("content-type", membership_contract::evidence::MEDIA_TYPE),
            ("if-match", packed.header("etag")),
        ];
        let refused = browser.send_raw("PUT", &whole, &kind, packed.body.to_vec());
        assert_eq!(refused.await?.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        assert_eq!(browser.get(&whole).await?.json::<Evidence>()?, known);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_partner_leaves_confirmed_rows_as_they_are() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let memberships = paths::evidence_part(id, "memberships");
        let same = put(&browser, &memberships, |_| {}).await?;
        assert_eq!(same.status, StatusCode::OK, "what was read comes back");
        let longer = |list: &mut Value| list[0]["ends_on"] = json!("2030-01-01");
        let claimed = |list: &mut Value| list[0]["authority"] = json!("claimed");
        let gone = |list: &mut Value| *list = json!([]);
        let writes: [(&str, Write); 3] = [
            ("/0", Box::new(longer)),
            ("/0", Box::new(claimed)),
            ("", Box::new(gone)),
        ];
        for (pointer, write) in writes {
            let refused = put(&browser, &memberships, write).await?.problem()?;
            let error = &refused.errors[0];
            assert_eq!((&*error.pointer, &*error.code), (pointer, "confirmed"));
            assert!(
                error.detail.contains("ask the program owner to correct it"),
                "{}",
                error.detail
            );
        }
        // What certificates count from and until goes with them.
        let people = paths::evidence_part(id, "people");
        let stays = |people: &mut Value| people[1]["linked_on"] = json!("2022-03-01");
        let refused = put(&browser, &people, stays).await?.problem()?;
        assert_eq!(refused.errors[0].pointer, "/1/linked_on");
        let named = |people: &mut Value| people[1]["name"] = json!("Jonas Weber-Lind");
        assert_eq!(put(&browser, &people, named).await?.status, StatusCode::OK);
        Ok(())
    })
    .await
}
