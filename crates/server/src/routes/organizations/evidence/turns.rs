//! Evidence takes memory in its turn only, and who takes an answer slowly keeps nobody waiting.

use std::time::Duration;

use axum::body::Body;
use axum::http::StatusCode;
use membership_contract::paths;
use membership_domain::Evidence;
use membership_store::evidence as stored;
use serde_json::json;
use tokio::time::timeout;

use crate::evidence::Snapshot;
use crate::testing::{Failure, Outcome, TestApp};
use crate::turns::Watch;

const EDITOR: &str = "mpn-partner-admin@contoso.example";
const MOMENT: Duration = Duration::from_millis(300);

#[tokio::test]
async fn evidence_is_read_in_its_turn_only() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let (evidence, people) = (paths::evidence(id), paths::evidence_part(id, "people"));
        let (looks, files) = (&app.app.turns.looks, &app.app.turns.files);
        let held = looks.take_all().map_err(Failure::from)?;
        for path in [&evidence, &people, &paths::assessments(id)] {
            let early = timeout(MOMENT, browser.get(path)).await;
            assert!(early.is_err(), "{path}: {early:?}");
        }
        drop(held);
        assert_eq!(browser.get(&evidence).await?.status, StatusCode::OK);
        let held = files.take_all().map_err(Failure::from)?;
        let known = [("if-match", "\"0.0\""), ("content-type", "text/csv")];
        let imports = paths::imports(id);
        let import = || browser.send_raw("POST", &imports, &known, b"Name\nAda\n".to_vec());
        assert!(timeout(MOMENT, import()).await.is_err());
        assert!(
            timeout(MOMENT, browser.put_tagged(&people, "\"0.0\"", json!([])))
                .await
                .is_err()
        );
        drop(held);
        assert_eq!(import().await?.status, StatusCode::PRECONDITION_FAILED);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_answer_that_nobody_takes_keeps_no_writer_waiting() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let path = paths::evidence_part(app.organization("Contoso").await?, "offers");
        let mut tag = browser.get(&path).await?.header("etag").to_owned();
        let mut held = Vec::new();
        for _ in 0..2 {
            let headers = [("content-type", "application/json"), ("if-match", &*tag)];
            let write = browser.begin("PUT", &path, &headers, Body::from("[]"));
            let answer = timeout(MOMENT * 10, write).await??;
            assert_eq!(answer.status(), StatusCode::OK);
            tag = answer.headers()["etag"]
                .to_str()
                .unwrap_or_default()
                .to_owned();
            held.push(answer);
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_is_sent_to_four_clients_waits_for_one_of_them() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let evidence = paths::evidence(id);
        let mut held = Vec::new();
        for _ in 0..4 {
            held.push(browser.begin("GET", &evidence, &[], Body::empty()).await?);
        }
        let packed = paths::packed_evidence(id);
        for path in [&packed, &evidence] {
            assert!(timeout(MOMENT, browser.get(path)).await.is_err(), "{path}");
        }
        held.pop();
        assert_eq!(browser.get(&packed).await?.status, StatusCode::OK);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn parts_that_stay_the_same_are_not_written() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let path = paths::evidence(id);
        let read = browser.get(&path).await?;
        let first = browser
            .put_tagged(&path, read.header("etag"), read.json()?)
            .await?;
        assert_eq!(
            first.status,
            StatusCode::OK,
            "all are as we write them then"
        );
        let revisions = async || -> Outcome<Vec<(String, i64)>> {
            let known = stored::all(app.app.store.db(), id).await?;
            let revision = |(part, one): (String, stored::Document)| (part, one.revision);
            Ok(known.into_iter().map(revision).collect())
        };
        let mut evidence: Evidence = first.json()?;
        evidence.offers.clear();
        evidence.audits.clear();
        let before = revisions().await?;
        let body = serde_json::to_value(&evidence)?;
        let second = browser
            .put_tagged(&path, first.header("etag"), body.clone())
            .await?;
        let after = revisions().await?;
        let moved = |before: &[(String, i64)], after: &[(String, i64)]| {
            let pairs = before.iter().zip(after).filter(|(one, other)| one != other);
            pairs.map(|(one, _)| one.0.clone()).collect::<Vec<_>>()
        };
        let moved_then = moved(&before, &after);
        assert!(
            !moved_then.is_empty() && moved_then.len() <= 2,
            "{moved_then:?}"
        );
        // Where nothing changes the tag still does.
        let third = browser
            .put_tagged(&path, second.header("etag"), body)
            .await?;
        assert_ne!(third.header("etag"), second.header("etag"));
        assert_eq!(moved(&after, &revisions().await?).len(), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn evidence_that_nobody_waits_for_is_not_gone_through() -> Outcome {
    TestApp::each(async |app| {
        let id = app.organization("Contoso").await?;
        let known = Snapshot::of(&app.app, id).await?;
        assert!(known.evidence(&Watch::ended()).is_err());
        assert!(known.evidence(&Watch::default()).is_ok());
        Ok(())
    })
    .await
}
