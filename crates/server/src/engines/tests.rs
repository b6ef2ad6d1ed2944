//! What is made of evidence: once, for the state that it is of, and in bounded memory.

use std::time::Duration;

use futures_util::future::join_all;
use membership_contract::paths;
use membership_lists::{List, Page, PersonRow};
use serde_json::json;
use tokio::time::timeout;

use super::*;
use crate::app::Settings;
use crate::testing::{Failure, Outcome, TestApp};

const EDITOR: &str = "mpn-partner-admin@contoso.example";
const MOMENT: Duration = Duration::from_millis(300);

/// The bytes that are kept of the demo's three organizations stay below this.
const ROOM: usize = 64 * 1024 * 1024;

async fn views(app: &TestApp, many: usize) -> Outcome<Vec<View>> {
    let id = app.organization("Contoso").await?;
    let asked = (0..many).map(|_| async {
        let tag = Snapshot::of(&app.app, id).await?.tag(None);
        let key = (id, tag, today(app));
        app.app.engines.flight(&app.app, key).await
    });
    let views: Answer<Vec<View>> = join_all(asked).await.into_iter().collect();
    views.map_err(Failure::from)
}

fn today(app: &TestApp) -> On {
    On {
        day: app.app.clock.now().date_naive(),
    }
}

#[tokio::test]
async fn it_is_made_once_however_many_ask() -> Outcome {
    TestApp::each(async |app| {
        let views = views(app, 16).await?;
        let first = views.first().ok_or("a view")?;
        let same = views
            .iter()
            .all(|view| Arc::ptr_eq(view.held(), first.held()));
        assert!(same, "all have the same");
        assert_eq!(app.app.engines.flights().len(), 0, "nothing is left behind");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_client_that_goes_ends_nothing_that_others_wait_for() -> Outcome {
    TestApp::each(async |app| {
        let id = app.organization("Contoso").await?;
        let tag = Snapshot::of(&app.app, id)
            .await
            .map_err(Failure::from)?
            .tag(None);
        let key = (id, tag, today(app));
        let held = app.app.turns.looks.take_all().map_err(Failure::from)?;
        let first = app.app.engines.flight(&app.app, key.clone());
        let mut first = Box::pin(first);
        let early = timeout(MOMENT, &mut first).await;
        assert!(early.is_err(), "it waits for its turn");
        let second = tokio::spawn(app.app.engines.flight(&app.app, key.clone()));
        tokio::task::yield_now().await;
        assert_eq!(app.app.engines.flights().len(), 1, "both wait for one");
        drop(first);
        drop(held);
        let view = timeout(MOMENT * 30, second).await??;
        assert!(view.is_ok());

        // Where all are gone it ends, and the next one begins again.
        let other = (id, "another".to_owned(), today(app));
        let held = app.app.turns.looks.take_all().map_err(Failure::from)?;
        let alone = app.app.engines.flight(&app.app, other.clone());
        assert!(timeout(MOMENT, alone).await.is_err());
        drop(held);
        let again = app.app.engines.flight(&app.app, other);
        assert!(timeout(MOMENT * 30, again).await?.is_ok());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_failure_is_told_to_all_and_the_next_one_tries_again() -> Outcome {
    let settings = Settings {
        waiting: MOMENT,
        ..Settings::default()
    };
    TestApp::each_with(&settings, async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let path = paths::assessments(app.organization("Contoso").await?);
        let held = app.app.turns.looks.take_all().map_err(Failure::from)?;
        let asked = join_all((0..4).map(|_| browser.get(&path))).await;
        for answer in asked {
            assert_eq!(answer?.problem()?.status, 503);
        }
        drop(held);
        assert_eq!(browser.get(&path).await?.status, 200);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_is_warm_reads_no_evidence_and_takes_no_turn() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let all = [
            paths::assessments(id),
            paths::assessment(id, "action-pack"),
            paths::list(id, "people"),
            format!("{}?counts=yes&limit=3", paths::list(id, "usage")),
            paths::packed_evidence(id),
        ];
        let mut cold = Vec::new();
        for path in &all {
            cold.push(browser.get(path).await?.body);
        }
        let held = app.app.turns.looks.take_all().map_err(Failure::from)?;
        for (path, cold) in all.iter().zip(cold) {
            let warm = timeout(MOMENT * 10, browser.get(path)).await;
            let warm = warm.map_err(|_| format!("{path} waits for a turn"))??;
            assert_eq!(warm.body, cold, "{path}");
        }
        drop(held);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn nothing_is_answered_from_another_state() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let people = paths::list(id, "people");
        let (assessments, packed) = (paths::assessments(id), paths::packed_evidence(id));
        let all = [&people, &assessments, &packed];
        let mut before = Vec::new();
        for path in all {
            before.push(browser.get(path).await?.body);
        }
        app.put_part(id, "people", &json!([])).await?;
        for (path, before) in all.into_iter().zip(before) {
            assert_ne!(browser.get(path).await?.body, before, "{path}");
        }
        let whole = browser.get(&paths::imports(id)).await?;
        let read = browser.get(&packed).await?;
        assert_eq!(read.header("etag"), whole.header("etag"));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_write_makes_a_new_order_and_what_lists_keep_is_weighed() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let list = async |query: &str| -> Outcome<Page<PersonRow>> {
            let path = format!("{}?{query}", paths::list(id, "people"));
            browser.get(&path).await?.json()
        };
        let mut weights = vec![app.app.engines.bytes()];
        for sort in List::People.sorts() {
            assert!(list(&format!("sort={sort}&limit=1")).await?.total > 2);
            weights.push(app.app.engines.bytes());
        }
        assert!(
            weights.is_sorted_by(|less, more| less < more),
            "{weights:?}"
        );
        let people = json!([
            {"id": "a", "name": "Ada", "certificates": []},
            {"id": "z", "name": "Zoe", "certificates": []},
        ]);
        app.put_part(id, "people", &people).await?;
        for (order, expected) in [("asc", ["Ada", "Zoe"]), ("desc", ["Zoe", "Ada"])] {
            let rows = list(&format!("order={order}")).await?.items;
            let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
            assert_eq!(names, expected);
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn days_and_hypotheses_take_bounded_memory_and_give_the_same() -> Outcome {
    let settings = Settings {
        engines: ROOM,
        ..Settings::default()
    };
    TestApp::each_with(&settings, async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let path = paths::assessments(id);
        let today = browser.get(&path).await?.body;
        for month in 1..=12 {
            for query in ["people=az-104*3", "people=az-104*-1", ""] {
                let day = format!("{path}?day=2024-{month:02}-01&{query}");
                assert_eq!(browser.get(&day).await?.status, 200);
            }
        }
        assert_eq!(browser.get(&path).await?.body, today);
        for name in ["Contoso", "Northwind", "Tailspin"] {
            let id = app.organization(name).await?;
            let email = format!("global-admin@{}.example", name.to_lowercase());
            let browser = app.signed_in(&email).await?;
            browser.get(&paths::list(id, "usage")).await?;
        }
        let bytes = app.app.engines.bytes();
        assert!(bytes > 0 && bytes <= ROOM, "{bytes}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_does_not_fit_any_more_is_made_again() -> Outcome {
    let settings = Settings {
        engines: 1,
        ..Settings::default()
    };
    TestApp::each_with(&settings, async |app| {
        for name in ["Contoso", "Northwind", "Contoso"] {
            let email = format!("global-admin@{}.example", name.to_lowercase());
            let browser = app.signed_in(&email).await?;
            let path = paths::list(app.organization(name).await?, "people");
            assert_eq!(browser.get(&path).await?.status, 200);
        }
        let contoso = app.organization("Contoso").await?;
        let northwind = app.organization("Northwind").await?;
        let mut kept = app.app.engines.kept();
        assert!(
            kept.get(&contoso).is_some(),
            "the last one stays, however large"
        );
        assert!(kept.get(&northwind).is_none());
        Ok(())
    })
    .await
}
