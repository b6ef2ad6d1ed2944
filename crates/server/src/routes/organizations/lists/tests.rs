use std::collections::BTreeSet;

use axum::http::StatusCode;
use membership_contract::customer::CustomerDetail;
use membership_contract::import::{Import, ImportReport};
use membership_contract::paths;
use membership_domain::evidence::Person;
use membership_lists::{CertificationRow, CustomerRow, Page, PersonRow, UsageRow};
use serde_json::{Value, json};

use crate::testing::{Outcome, TestApp};

const READER: &str = "global-admin@contoso.example";
const LISTS: [&str; 4] = ["people", "certifications", "customers", "usage"];

#[tokio::test]
async fn each_list_comes_page_by_page_and_whole_as_a_table() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(READER).await?;
        let id = app.organization("Contoso").await?;
        let path = |name: &str, query: &str| format!("{}{query}", paths::list(id, name));
        let all: Page<PersonRow> = browser.get(&path("people", "?limit=200")).await?.json()?;
        assert_eq!(all.total, all.items.len() as u64);
        assert!(
            all.items
                .iter()
                .any(|row| row.areas.iter().any(|area| !area.metrics.is_empty()))
        );
        let first: Page<PersonRow> = browser.get(&path("people", "?limit=2")).await?.json()?;
        assert_eq!((first.total, first.items.len()), (all.total, 2));
        let cursor = first.next.ok_or("there are more")?;
        let cursor = cursor.replace('\u{1f}', "%1F").replace(' ', "%20");
        let second = format!("?limit=2&cursor={cursor}");
        let second: Page<PersonRow> = browser.get(&path("people", &second)).await?.json()?;
        assert_eq!(second.items, all.items[2..4]);

        let held: Page<CertificationRow> = browser
            .get(&path("certifications", "?state=valid"))
            .await?
            .json()?;
        assert!(held.total > 0);
        let customers: Page<CustomerRow> = browser.get(&path("customers", "")).await?.json()?;
        let usage: Page<UsageRow> = browser
            .get(&path("usage", "?sort=month&order=desc"))
            .await?
            .json()?;
        assert!(customers.total > 0 && usage.total > customers.total);
        assert!(usage.items[0].usage.month >= usage.items[1].usage.month);

        for name in LISTS {
            let csv = browser.get(&path(name, "?format=csv&limit=1")).await?;
            assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
            assert!(csv.text().starts_with('\u{feff}'), "spreadsheets guess");
            let lines = csv.text().lines().count() as u64;
            let page: Page<serde_json::Value> = browser.get(&path(name, "")).await?.json()?;
            assert_eq!(lines, page.total + 1, "{name}");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_a_list_does_not_know_is_refused_by_name() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(READER).await?;
        let id = app.organization("Contoso").await?;
        for query in [
            "?zebra=1",
            "?area=zebra",
            "?counts=maybe",
            "?state=zebra",
            "?sort=zebra",
            "?order=up",
            "?limit=0",
            "?limit=201",
            "?limit=x",
            "?format=pdf",
            "?sort=a&sort=b",
        ] {
            for name in LISTS {
                let answer = browser
                    .get(&format!("{}{query}", paths::list(id, name)))
                    .await?;
                assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
                let pointer = answer.problem()?.errors[0].pointer.clone();
                assert!(query.starts_with(&pointer), "{query}: {pointer}");
            }
        }
        // A cursor of another list, or of none, is a place all the same.
        let answer = browser
            .get(&format!("{}?cursor=zebra", paths::list(id, "people")))
            .await?;
        assert_eq!(answer.status, StatusCode::OK);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_list_is_of_the_evidence_of_now_and_of_the_day() -> Outcome {
    TestApp::each(async |app| {
        // Nothing that Tailspin says is confirmed, so all of it can go.
        let editor = app.signed_in("mpn-partner-admin@tailspin.example").await?;
        let id = app.organization("Tailspin").await?;
        let people = paths::list(id, "people");
        let before: Page<PersonRow> = editor.get(&people).await?.json()?;
        let part = paths::evidence_part(id, "people");
        let tag = editor.get(&part).await?.header("etag").to_owned();
        let headers = [
            ("content-type", "application/json"),
            ("if-match", tag.as_str()),
        ];
        let answer = editor.send_raw("PUT", &part, &headers, "[]".into()).await?;
        assert_eq!(answer.status, StatusCode::OK);
        let after: Page<PersonRow> = editor.get(&people).await?.json()?;
        assert!(before.total > 0);
        assert_eq!(after.total, 0);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn one_person_is_read_and_changed_by_an_import_of_one_row() -> Outcome {
    TestApp::each(async |app| {
        let editor = app.signed_in("mpn-partner-admin@contoso.example").await?;
        let id = app.organization("Contoso").await?;
        let all: Page<PersonRow> = editor.get(&paths::list(id, "people")).await?.json()?;
        let path = paths::person(id, &all.items[0].id);
        let read = editor.get(&path).await?;
        let tag = read.header("etag").to_owned();
        let mut person: Person = read.json()?;
        assert_eq!(person.name, all.items[0].name);
        assert_eq!(editor.get(&paths::imports(id)).await?.header("etag"), tag);

        person.name = "Another Name".to_owned();
        let text = serde_json::json!({"people": [person]}).to_string();
        let headers = [
            ("content-type", "application/json"),
            ("if-match", tag.as_str()),
        ];
        let done = editor
            .send_raw("POST", &paths::imports(id), &headers, text.into())
            .await?;
        assert_eq!(done.status, StatusCode::OK);
        let again: Person = editor.get(&path).await?.json()?;
        assert_eq!(again, person);
        let missing = editor.get(&paths::person(id, "zebra")).await?;
        assert_eq!(missing.status, StatusCode::NOT_FOUND);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn one_customer_is_added_removed_and_brought_back_by_hand() -> Outcome {
    TestApp::each(async |app| {
        let editor = app.signed_in("mpn-partner-admin@contoso.example").await?;
        let id = app.organization("Contoso").await?;
        let imports = paths::imports(id);
        let send = async |rows: &str, body: Value| {
            let tag = editor.get(&imports).await?.header("etag").to_owned();
            let json = ("content-type", "application/json");
            let headers = [json, ("if-match", tag.as_str())];
            let path = format!("{imports}?rows={rows}");
            let body = body.to_string().into_bytes();
            editor.send_raw("POST", &path, &headers, body).await
        };
        let one = json!({"customers": [{"id": "northwind-tea", "name": "Northwind Tea"}]});
        let added: ImportReport = send("add", one.clone()).await?.json()?;
        assert!(added.imported);
        let path = paths::customer(id, "northwind-tea");
        let read = editor.get(&path).await?;
        let tag = editor.get(&imports).await?.header("etag").to_owned();
        assert_eq!(read.header("etag"), tag);
        let known: CustomerDetail = read.json()?;
        assert_eq!(
            (known.customer.name.as_str(), known.usage),
            ("Northwind Tea", vec![])
        );
        let again: ImportReport = send("add", one.clone()).await?.json()?;
        assert!(!again.imported);
        assert!(again.refused[0].detail.contains("already exists"));

        let removed: ImportReport = send("remove", one).await?.json()?;
        assert_eq!((removed.imported, removed.counts.removed), (true, 1));
        let missing = editor.get(&path).await?;
        assert_eq!(missing.status, StatusCode::NOT_FOUND);
        let history: membership_contract::page::Page<Import> =
            editor.get(&imports).await?.json()?;
        assert_eq!(history.items[0].counts.removed, 1);
        let undo = paths::import_undo(id, history.items[0].id);
        let undone = editor.send_raw("POST", &undo, &[], Vec::new()).await?;
        assert_eq!(undone.status, StatusCode::OK);
        assert_eq!(editor.get(&path).await?.status, StatusCode::OK);

        let used = json!({"customers": [{"id": "fabrikam-bakery", "name": "Fabrikam Bakery"}]});
        let kept: ImportReport = send("remove", used).await?.json()?;
        let detail = &kept.refused[0].detail;
        assert!(
            !kept.imported && detail.contains("rows of usage"),
            "{detail}"
        );
        let wrong = send("replace", json!({})).await?;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_counts_only_as_it_was_entered_says_so_and_is_found() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in("mpn-partner-admin@contoso.example").await?;
        let id = app.organization("Contoso").await?;
        let certifications = paths::list(id, "certifications");
        let claimed = format!("{certifications}?authority=claimed");
        let page: Page<CertificationRow> = browser.get(&claimed).await?.json()?;
        let names: BTreeSet<&str> = page.items.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, BTreeSet::from(["Fatima Zahra", "Priya Raman"]));
        let security = |row: &CertificationRow| {
            let found = row.areas.iter().find(|area| area.area == "security");
            found.map(|area| (area.metrics.len(), area.only_entered))
        };
        let fatima = page.items.iter().find(|row| row.name == "Fatima Zahra");
        assert_eq!(fatima.and_then(security), Some((1, true)));
        let confirmed = format!("{certifications}?authority=confirmed&area=security&counts=yes");
        let page: Page<CertificationRow> = browser.get(&confirmed).await?.json()?;
        assert!(page.total > 0);
        for row in &page.items {
            assert_eq!(security(row), Some((1, false)), "{}", row.name);
        }
        // For decisions, Fatima's only certificate is not there.
        let counting = |basis| format!("{certifications}?area=security&counts=yes&basis={basis}");
        let decision: Page<CertificationRow> = browser.get(&counting("decision")).await?.json()?;
        let entered: Page<CertificationRow> = browser.get(&counting("entered")).await?.json()?;
        assert_eq!(
            (decision.total, entered.total),
            (page.total, page.total + 1)
        );
        // Of the people, eleven have no certificate, only a link that is claimed.
        for (list, claimed, confirmed) in [("people", 2 + 11, 29), ("customers", 2, 19)] {
            for (authority, total) in [("claimed", claimed), ("confirmed", confirmed)] {
                let path = format!("{}?authority={authority}", paths::list(id, list));
                let page: serde_json::Value = browser.get(&path).await?.json()?;
                assert_eq!(page["total"], total, "{list} {authority}");
                assert_eq!(page["items"][0]["authorities"][0], authority);
            }
        }
        let usage = paths::list(id, "usage") + "?authority=claimed&format=csv";
        let table = browser.get(&usage).await?.text();
        assert_eq!(table.lines().count(), 1 + 28 + 10);
        assert!(
            table
                .lines()
                .next()
                .is_some_and(|header| header.contains(",Authority,"))
        );
        assert!(table.contains(",Claimed,"), "{table}");
        let only = "Counts with what you entered. The program owner confirms it.";
        assert!(table.contains(only), "{table}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_table_of_usage_comes_back_as_it_is() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in("mpn-partner-admin@contoso.example").await?;
        let id = app.organization("Contoso").await?;
        let table = browser
            .get(&(paths::list(id, "usage") + "?format=csv"))
            .await?;
        let headers = [("content-type", "text/csv")];
        let path = paths::import_preview(id);
        let seen = browser.send_raw("POST", &path, &headers, table.body.to_vec());
        let report: ImportReport = seen.await?.json()?;
        let counts = report.counts;
        assert_eq!(
            (counts.unchanged, counts.refused),
            (417, 0),
            "{:?}",
            report.refused.first()
        );
        Ok(())
    })
    .await
}
