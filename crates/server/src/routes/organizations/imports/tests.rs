use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::Duration;

use axum::http::StatusCode;
use membership_contract::import::{Import, ImportReport};
use membership_contract::page::Page;
use membership_contract::paths;
use membership_domain::Evidence;
use membership_import::Kind;
use membership_store::audit;
use serde_json::json;

use crate::app::Settings;
use crate::testing::{Outcome, TestApp};

const EDITOR: &str = "mpn-partner-admin@contoso.example";
const CSV: &[(&str, &str)] = &[("content-type", "text/csv")];
const FILE: &str = "Certificate,Name,Email,CompletedOn\n\
    AZ-104,Ada Berg,ada.berg@contoso.example,2023-05-31\n\
    zebra,Ada Berg,ada.berg@contoso.example,2023-05-31\n";

#[tokio::test]
async fn a_file_is_previewed_imported_and_then_known() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let (evidence, imports) = (paths::evidence(id), paths::imports(id));
        let before = browser.get(&evidence).await?;

        let seen = browser
            .send_raw("POST", &paths::import_preview(id), CSV, FILE.into())
            .await?;
        assert_eq!(seen.status, StatusCode::OK);
        let report: ImportReport = seen.json()?;
        assert!(!report.imported);
        assert_eq!((report.counts.added, report.counts.refused), (1, 1));
        assert_eq!(report.refused[0].line, 3);
        assert!(report.refused[0].detail.contains("zebra"));
        assert_eq!(
            browser.get(&evidence).await?.header("etag"),
            before.header("etag")
        );

        let without = browser.send_raw("POST", &imports, CSV, FILE.into()).await?;
        assert_eq!(without.status, StatusCode::PRECONDITION_REQUIRED);
        let tagged = [CSV, &[("if-match", before.header("etag"))]].concat();
        let path = format!("{imports}?name=people.csv");
        let done = browser
            .send_raw("POST", &path, &tagged, FILE.into())
            .await?;
        assert_eq!(done.status, StatusCode::OK);
        assert!(done.json::<ImportReport>()?.imported);
        let after: Evidence = browser.get(&evidence).await?.json()?;
        let ada = after.people.iter().find(|person| person.name == "Ada Berg");
        let held = &ada.ok_or("she is not there")?.certificates[0];
        assert_eq!(held.source.as_deref(), Some("people.csv"));
        let told = app.told("evidence.import", 1).await?;
        assert_eq!((told.len(), told[0].organization), (1, Some(id)));

        let late = browser
            .send_raw("POST", &path, &tagged, FILE.into())
            .await?;
        assert_eq!(late.status, StatusCode::PRECONDITION_FAILED);
        let tagged = [CSV, &[("if-match", done.header("etag"))]].concat();
        let again = browser
            .send_raw("POST", &path, &tagged, FILE.into())
            .await?;
        let report: ImportReport = again.json()?;
        assert!(!report.imported);
        assert_eq!((report.counts.added, report.counts.unchanged), (0, 1));
        assert_eq!(again.header("etag"), done.header("etag"));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_cannot_be_imported_changes_nothing() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let evidence = paths::evidence(id);
        let tag = browser.get(&evidence).await?.header("etag").to_owned();
        let tagged = [CSV, &[("if-match", tag.as_str())]].concat();
        let imports = paths::imports(id);

        let open = FILE.replace("2023-05-31", "03/04/2023");
        let asked = browser
            .send_raw("POST", &imports, &tagged, open.into())
            .await?;
        let report: ImportReport = asked.json()?;
        assert_eq!((report.imported, report.questions.len()), (false, 1));

        for (path, body, words) in [
            (imports.clone(), "PK\u{3}\u{4}", "archive"),
            (imports.clone(), "", "The file is empty"),
            (imports.clone(), "A,B\n1,2\n", "match neither kind"),
            (
                format!("{imports}?dates=sideways"),
                FILE,
                "day_first or month_first",
            ),
            (format!("{imports}?decimals=dot"), FILE, "point or comma"),
        ] {
            let refused = browser
                .send_raw("POST", &path, &tagged, body.into())
                .await?;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
            let text = refused.text();
            assert!(text.contains(words), "{text}");
        }
        let page = [("content-type", "text/html"), ("if-match", tag.as_str())];
        let refused = browser
            .send_raw("POST", &imports, &page, "{}".into())
            .await?;
        assert_eq!(refused.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        assert_eq!(browser.get(&evidence).await?.header("etag"), tag);
        Ok(())
    })
    .await
}

const USAGE: &str = "Customer,Workload,Association,Month,Users\n\
    Tailwind Cargo,Exchange,CSP tier 1,2023-08,40\n";

#[tokio::test]
async fn an_import_is_told_and_undone_where_nothing_later_depends_on_it() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let (evidence, imports) = (paths::evidence(id), paths::imports(id));
        let before: Evidence = browser.get(&evidence).await?.json()?;
        let import = async |name: &str, text: &str| {
            let tag = browser.get(&evidence).await?.header("etag").to_owned();
            let tagged = [CSV, &[("if-match", tag.as_str())]].concat();
            let path = format!("{imports}?name={name}");
            let done = browser
                .send_raw("POST", &path, &tagged, text.to_owned().into())
                .await?;
            assert!(done.json::<ImportReport>()?.imported);
            let history: Page<Import> = browser.get(&imports).await?.json()?;
            Ok::<_, crate::testing::Failure>(history.items[0].clone())
        };
        let first = import("people.csv", FILE).await?;
        assert_eq!(
            (first.name.as_str(), first.kind),
            ("people.csv", Kind::Certificates)
        );
        assert_eq!((first.counts.added, first.counts.refused), (1, 1));
        assert_eq!(first.undone, None);
        let customers = import("customers.csv", USAGE).await?;
        // It changes what the first one added.
        let later = FILE.replace("2023-05-31", "2023-06-30");
        let second = import("later.csv", &later).await?;

        let undo = async |import: &Import| {
            let path = paths::import_undo(id, import.id);
            browser.send_raw("POST", &path, &[], Vec::new()).await
        };
        let refused = undo(&first).await?;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        let problem = refused.problem()?;
        assert!(
            problem.detail.contains("changed again later: Ada Berg"),
            "{}",
            problem.detail
        );

        let undone = undo(&second).await?;
        assert_eq!(undone.status, StatusCode::OK);
        let told: Import = undone.json()?;
        assert!(
            told.undone
                .is_some_and(|undone| undone.by == told.imported_by)
        );
        assert_eq!(undo(&second).await?.status, StatusCode::OK);
        assert_eq!(undo(&first).await?.status, StatusCode::OK);
        assert_eq!(undo(&customers).await?.status, StatusCode::OK);
        let after: Evidence = browser.get(&evidence).await?.json()?;
        assert_eq!(after, before);
        let told = app.told("evidence.undo", 3).await?;
        assert_eq!(
            (told[0].organization, told[0].subject.clone()),
            (Some(id), customers.id.to_string())
        );
        let history: Page<Import> = browser.get(&imports).await?.json()?;
        assert!(history.items.iter().all(|one| one.undone.is_some()));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_later_usage_needs_is_not_undone() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let (evidence, imports) = (paths::evidence(id), paths::imports(id));
        for text in [USAGE.to_owned(), USAGE.replace("2023-08", "2023-09")] {
            let tag = browser.get(&evidence).await?.header("etag").to_owned();
            let tagged = [CSV, &[("if-match", tag.as_str())]].concat();
            browser
                .send_raw("POST", &imports, &tagged, text.into())
                .await?;
        }
        let history: Page<Import> = browser.get(&imports).await?.json()?;
        assert_eq!(history.items.len(), 2);
        let path = paths::import_undo(id, history.items[1].id);
        let refused = browser.send_raw("POST", &path, &[], Vec::new()).await?;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        let problem = refused.problem()?;
        assert!(
            problem.detail.contains("depends on it"),
            "{}",
            problem.detail
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_connection_that_later_usage_goes_through_is_not_undone() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let (evidence, imports) = (paths::evidence(id), paths::imports(id));
        let other = USAGE.replace("Exchange,CSP tier 1", "Storage,PAL");
        for text in [other, USAGE.to_owned(), USAGE.replace("2023-08", "2023-09")] {
            let tag = browser.get(&evidence).await?.header("etag").to_owned();
            let tagged = [CSV, &[("if-match", tag.as_str())]].concat();
            browser
                .send_raw("POST", &imports, &tagged, text.clone().into())
                .await?;
        }
        let history: Page<Import> = browser.get(&imports).await?.json()?;
        assert_eq!(history.items.len(), 3);
        let path = |at: usize| paths::import_undo(id, history.items[at].id);
        let refused = browser.send_raw("POST", &path(1), &[], Vec::new()).await?;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        let detail = refused.problem()?.detail;
        assert!(
            detail.contains("Tailwind Cargo, exchange, 2023-09"),
            "{detail}"
        );
        for at in [0, 1] {
            let undone = browser.send_raw("POST", &path(at), &[], Vec::new()).await?;
            assert_eq!(undone.status, StatusCode::OK);
        }
        Ok(())
    })
    .await
}

/// A body of which nothing comes, with the number of times that it was asked for.
fn silent() -> (axum::body::Body, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let stream = futures_util::stream::poll_fn(move |_| {
        count.fetch_add(1, Ordering::Relaxed);
        Poll::<Option<Result<axum::body::Bytes, std::io::Error>>>::Pending
    });
    (axum::body::Body::from_stream(stream), asked)
}

const MOMENT: Duration = Duration::from_millis(300);

#[tokio::test]
async fn a_file_waits_for_its_turn() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let path = paths::import_preview(id);
        let preview = || browser.send_raw("POST", &path, CSV, FILE.into());
        let first = app.app.turns.files.place(id).await;
        let first = first.map_err(|_| "no place")?;
        let early = tokio::time::timeout(MOMENT, preview()).await;
        assert!(early.is_err(), "it did not wait");
        drop(first);
        assert_eq!(preview().await?.status, StatusCode::OK);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn large_bodies_are_not_received_while_they_wait() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let path = paths::import_preview(app.organization("Contoso").await?);
        let bodies: Vec<_> = (0..10).map(|_| silent()).collect();
        let (bodies, asked): (Vec<_>, Vec<_>) = bodies.into_iter().unzip();
        let sent = bodies
            .into_iter()
            .map(|body| browser.send_body("POST", &path, CSV, body));
        let all = futures_util::future::join_all(sent);
        assert!(tokio::time::timeout(MOMENT, all).await.is_err());
        let received = asked
            .iter()
            .filter(|asked| asked.load(Ordering::Relaxed) > 0);
        assert_eq!(received.count(), 2);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn large_bodies_of_one_user_are_two_at_a_time_in_any_organizations() -> Outcome {
    TestApp::each(async |app| {
        let advisor = app.signed_in("advisor@fabrikam.example").await?;
        let mut sent = Vec::new();
        let mut counts = Vec::new();
        for name in ["Contoso", "Northwind", "Contoso", "Northwind"] {
            let path = paths::import_preview(app.organization(name).await?);
            let (body, asked) = silent();
            counts.push(asked);
            let advisor = &advisor;
            sent.push(async move { advisor.send_body("POST", &path, CSV, body).await });
        }
        let all = futures_util::future::join_all(sent);
        assert!(tokio::time::timeout(MOMENT, all).await.is_err());
        let received = (counts.iter()).filter(|asked| asked.load(Ordering::Relaxed) > 0);
        assert_eq!(received.count(), 2);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_slow_body_keeps_nobody_else_waiting() -> Outcome {
    TestApp::each(async |app| {
        let own = app.signed_in(EDITOR).await?;
        let path = paths::import_preview(app.organization("Contoso").await?);
        let other = app.signed_in("mpn-partner-admin@northwind.example").await?;
        let others = paths::import_preview(app.organization("Northwind").await?);
        let (body, asked) = silent();
        let slow = own.send_body("POST", &path, CSV, body);
        let meanwhile = async {
            tokio::time::sleep(MOMENT).await;
            assert!(asked.load(Ordering::Relaxed) > 0, "it is being received");
            for (browser, path) in [(&own, &path), (&other, &others)] {
                let large = FILE.to_owned() + &"\n".repeat(100_000);
                for file in [FILE.to_owned(), large] {
                    let seen = browser.send_raw("POST", path, CSV, file.into()).await?;
                    assert_eq!(seen.status, StatusCode::OK);
                }
            }
            Ok(())
        };
        tokio::select! {
            _ = slow => Err("it never ends".into()),
            done = meanwhile => done,
        }
    })
    .await
}

#[tokio::test]
async fn a_reading_that_takes_too_long_says_so() -> Outcome {
    let settings = Settings {
        reading: Duration::ZERO,
        ..Settings::default()
    };
    TestApp::each_with(&settings, async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let rows = "AZ-104,Ada Berg,ada.berg@contoso.example,2023-05-31\n".repeat(20_000);
        let file = "Certificate,Name,Email,CompletedOn\n".to_owned() + &rows;
        let path = paths::import_preview(id);
        let refused = browser.send_raw("POST", &path, CSV, file.into()).await?;
        let problem = refused.problem()?;
        assert_eq!(
            (problem.status, problem.errors[0].code.as_str()),
            (422, "too_slow")
        );
        assert!(
            problem.detail.contains("fewer rows at a time"),
            "{}",
            problem.detail
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_report_is_short_whatever_the_file_has() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let path = paths::import_preview(app.organization("Contoso").await?);
        let long = "x".repeat(300_000);
        let people = vec![json!({"id": long, "name": 7, "zebra": long}); 3];
        let rows = "zebra,Ada,\u{1f600}\u{1f600}@contoso,0000-00-00\n".repeat(5_000);
        for (kind, file) in [
            (
                "application/json",
                json!({"people": people, &long: []}).to_string(),
            ),
            (
                "application/json",
                format!("{{\"people\": [{}{{}}]}}", "{\"id\":\"\"},".repeat(500)),
            ),
            (
                "text/csv",
                "Certificate,Name,Email,CompletedOn\n".to_owned() + &rows,
            ),
            (
                "text/csv",
                format!("Certificate,Name,Email,CompletedOn,{long},{long}\n{rows}"),
            ),
            ("text/csv", format!("{long},{long}\n1,2\n")),
            (
                "application/json",
                format!("{{\"{long}\": 1, \"{long}\": 2}}"),
            ),
        ] {
            let seen = browser
                .send_raw("POST", &path, &[("content-type", kind)], file.into())
                .await?;
            assert!(seen.body.len() < 64 * 1024, "{} bytes", seen.body.len());
            if seen.status.is_success() {
                let report: ImportReport = seen.json()?;
                let listed = report.refused.len() as u64;
                assert!(listed <= 100 && listed <= report.counts.refused);
                assert!(report.counts.refused > 0);
            } else {
                assert_eq!(seen.problem()?.status, 422);
            }
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn two_who_undo_the_same_import_undo_it_once() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let (evidence, imports) = (paths::evidence(id), paths::imports(id));
        let tag = browser.get(&evidence).await?.header("etag").to_owned();
        let tagged = [CSV, &[("if-match", tag.as_str())]].concat();
        browser
            .send_raw("POST", &imports, &tagged, FILE.into())
            .await?;
        let history: Page<Import> = browser.get(&imports).await?.json()?;
        let path = paths::import_undo(id, history.items[0].id);
        let undo = || browser.send_raw("POST", &path, &[], Vec::new());
        let (one, other, third) = tokio::join!(undo(), undo(), undo());
        for answer in [one?, other?, third?] {
            assert_eq!(answer.status, StatusCode::OK);
        }
        let trail = audit::of_organization(app.app.store.db(), id, 9).await?;
        let undone = trail.iter().filter(|entry| entry.action == "evidence.undo");
        assert_eq!(undone.count(), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn only_ones_own_imports_are_undone_and_cursors_are_checked() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        for import in ["zebra", "00000000-0000-7000-8000-000000000000"] {
            let path = format!("{}/{import}/undo", paths::imports(id));
            let answer = browser.send_raw("POST", &path, &[], Vec::new()).await?;
            assert_eq!(answer.status, StatusCode::NOT_FOUND);
        }
        let path = format!("{}?cursor=zebra", paths::imports(id));
        let answer = browser.get(&path).await?;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_has_not_happened_on_the_business_day_is_refused() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let ahead = app.app.clock.now().date_naive() + chrono::Days::new(1);
        let row = format!("AZ-104,Ada Berg,ada.berg@contoso.example,{ahead}\n");
        let file = "Certificate,Name,Email,CompletedOn\n".to_owned() + &row;
        let seen = browser
            .send_raw("POST", &paths::import_preview(id), CSV, file.into())
            .await?;
        let report: ImportReport = seen.json()?;
        assert_eq!((report.counts.added, report.counts.refused), (0, 1));
        assert!(report.refused[0].detail.contains("in the future"));
        Ok(())
    })
    .await
}
