//! What operators can watch.

use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt as _;
use membership_contract::paths;
use tower::ServiceExt as _;

use super::*;
use crate::testing::{Outcome, TestApp};

#[tokio::test]
async fn it_tells_of_requests_jobs_mails_and_the_database_and_names_nobody() -> Outcome {
    TestApp::each(async |app| {
        let recorder = builder()?.build_recorder();
        let handle = recorder.handle();
        let guard = metrics::set_default_local_recorder(&recorder);
        let browser = app.signed_in("global-admin@contoso.example").await?;
        let id = app.organization("Contoso").await?;
        browser.get(&paths::filled(paths::ORGANIZATION, &[("organization", &id.to_string())])?).await?;
        browser.send("BREW", "/nowhere", &[], None).await?;
        let asked = Request::builder().uri("/metrics").body(Body::empty())?;
        let router = router(app.app.clone(), handle.clone());
        let answer = router.clone().oneshot(asked).await?;
        assert_eq!(answer.status(), 200);
        let text = answer.into_body().collect().await?.to_bytes();
        let text = String::from_utf8_lossy(&text).into_owned();
        drop(guard);
        for wanted in [
            "membership_jobs{kind=\"mail.send\",state=\"dead\"} 0",
            "membership_job_oldest_due_seconds 0",
            "membership_mails{state=\"refused\"} 0",
            "membership_database_connections{state=\"used\"}",
            "membership_database_writes_total",
            "route=\"/api/v1/organizations/{organization}\",method=\"GET\",status=\"2xx\",le=\"0.005\"",
            "method=\"other\",status=\"4xx\"",
        ] {
            assert!(text.contains(wanted), "{wanted}: {text}");
        }
        assert!(!text.contains(&id.to_string()) && !text.contains('@'), "{text}");
        app.lose_database().await?;
        let asked = Request::builder().uri("/metrics").body(Body::empty())?;
        assert_eq!(router.oneshot(asked).await?.status(), 503);
        Ok(())
    })
    .await
}
