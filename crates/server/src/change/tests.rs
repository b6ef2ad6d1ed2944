//! Writes that meet each other, a database under load, or a line that breaks.

use axum::http::StatusCode;
use membership_contract::organization::Organization;
use membership_contract::paths;
use membership_domain::id::OrganizationId;
use membership_store::audit;
use serde_json::{Value, json};

use crate::testing::{Answer, Browser, Outcome, TestApp};

const EDITOR: &str = "global-admin@contoso.example";

async fn organization(app: &TestApp) -> Outcome<(Browser, OrganizationId, String, String)> {
    let browser = app.signed_in(EDITOR).await?;
    let id = app.organization("Contoso").await?;
    let path = paths::organization(id);
    let tag = browser.get(&path).await?.header("etag").to_owned();
    Ok((browser, id, path, tag))
}

fn porto() -> Value {
    json!({"name": "Contoso Porto", "country": "PT", "address": "Rua das Flores 1"})
}

async fn add(
    browser: &Browser,
    id: OrganizationId,
    tag: &str,
    key: &str,
    body: Value,
) -> Outcome<Answer> {
    let headers = [("if-match", tag), ("idempotency-key", key)];
    browser
        .send("POST", &paths::locations(id), &headers, Some(body))
        .await
}

async fn places(browser: &Browser, path: &str) -> Outcome<usize> {
    let all: Organization = browser.get(path).await?.json()?;
    let porto = all.locations.iter().filter(|one| one.country == "PT");
    Ok(porto.count())
}

#[tokio::test]
async fn a_write_that_was_overtaken_is_done_again_and_once() -> Outcome {
    TestApp::each(async |app| {
        let (browser, id, path, tag) = organization(app).await?;
        let faults = app.app.store.faults();
        let told = async || {
            Ok::<_, crate::testing::Failure>(
                audit::of_organization(app.app.store.db(), id, 100)
                    .await?
                    .len(),
            )
        };
        let before = told().await?;
        faults.overtake(100);
        let body = json!({"name": "Contoso Consulting"});
        let given_up = browser.patch(&path, &tag, body.clone()).await?;
        faults.overtake(0);
        let problem = given_up.problem()?;
        assert_eq!((problem.status, problem.code.as_str()), (503, "busy"));
        assert_eq!(given_up.header("retry-after"), "1");
        assert_eq!(browser.get(&path).await?.header("etag"), tag);
        assert_eq!(told().await?, before);

        faults.overtake(2);
        let answer = browser.patch(&path, &tag, body).await?;
        assert_eq!(answer.json::<Organization>()?.name, "Contoso Consulting");
        assert_eq!(
            browser.get(&path).await?.header("etag"),
            answer.header("etag")
        );
        assert_eq!(told().await?, before + 1, "told once");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_retry_after_a_lost_answer_gets_it_and_adds_nothing() -> Outcome {
    TestApp::each(async |app| {
        let (browser, id, path, tag) = organization(app).await?;
        app.app.store.faults().lose_answers(1);
        let lost = add(&browser, id, &tag, "first", porto()).await?.problem()?;
        assert_eq!((lost.status, lost.code.as_str()), (503, "unavailable"));
        assert!(
            !lost.detail.contains("nothing was changed"),
            "{}",
            lost.detail
        );
        // The tag that the client knows is of before: its own first try changed it.
        let again = add(&browser, id, &tag, "first", porto()).await?;
        assert_eq!(again.status, StatusCode::CREATED);
        assert_eq!(again.header("idempotency-replayed"), "true");
        assert_eq!(
            again.header("etag"),
            browser.get(&path).await?.header("etag")
        );
        let more = browser.patch(&path, "*", json!({"name": "Contoso Consulting"}));
        more.await?.json::<Organization>()?;
        let third = add(&browser, id, &tag, "first", porto()).await?;
        assert_eq!(third.body, again.body, "as it was answered then");
        assert_eq!(places(&browser, &path).await?, 1);

        // Without a key it is told that something changed, and what there is.
        app.app.store.faults().lose_answers(1);
        let tag = browser.get(&path).await?.header("etag").to_owned();
        let body = json!({"name": "Contoso Advisors"});
        assert_eq!(
            browser
                .patch(&path, &tag, body.clone())
                .await?
                .problem()?
                .status,
            503
        );
        let stale = browser.patch(&path, &tag, body).await?.problem()?;
        assert_eq!(stale.status, 412);
        let current = stale.current.ok_or("the state is there")?;
        assert_eq!(current["name"], "Contoso Advisors");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_key_names_one_request_of_one_user() -> Outcome {
    TestApp::each(async |app| {
        let (browser, id, path, tag) = organization(app).await?;
        let created = add(&browser, id, &tag, "k", porto()).await?;
        assert_eq!(
            (created.status, created.header("idempotency-replayed")),
            (StatusCode::CREATED, "")
        );
        let lisbon = json!({"name": "Contoso Lisboa", "country": "PT", "address": "Rua Augusta 1"});
        let other = add(&browser, id, "*", "k", lisbon.clone())
            .await?
            .problem()?;
        assert_eq!((other.status, other.code.as_str()), (422, "key_reused"));
        // The same key on another address is another request, too.
        let headers = [("if-match", "*"), ("idempotency-key", "k")];
        let moved = browser
            .send("PATCH", &path, &headers, Some(json!({"name": "A"})))
            .await?;
        assert_eq!(moved.problem()?.code, "key_reused");
        assert_eq!(places(&browser, &path).await?, 1);

        let colleague = app.signed_in("account-admin@contoso.example").await?;
        let theirs = add(&colleague, id, "*", "k", lisbon).await?;
        assert_eq!(theirs.status, StatusCode::CREATED, "a key of their own");
        assert_eq!(places(&browser, &path).await?, 2);

        let long = "k".repeat(super::LONGEST_KEY + 1);
        for key in ["", "a b", &long] {
            let refused = add(&browser, id, "*", key, porto()).await?.problem()?;
            assert_eq!(
                (refused.status, refused.code.as_str()),
                (400, "malformed"),
                "{key}"
            );
        }
        let twice = [
            ("if-match", "*"),
            ("idempotency-key", "a"),
            ("idempotency-key", "b"),
        ];
        let path = paths::locations(id);
        let twice = browser.send("POST", &path, &twice, Some(porto())).await?;
        assert_eq!(twice.problem()?.status, 400);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn one_request_sent_twice_at_once_is_done_once() -> Outcome {
    TestApp::each(async |app| {
        let (browser, id, path, tag) = organization(app).await?;
        let (one, other) = tokio::join!(
            add(&browser, id, &tag, "k", porto()),
            add(&browser, id, &tag, "k", porto())
        );
        let (one, other) = (one?, other?);
        assert_eq!(
            (one.status, other.status),
            (StatusCode::CREATED, StatusCode::CREATED)
        );
        assert_eq!(one.body, other.body);
        assert_eq!(places(&browser, &path).await?, 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn of_two_tabs_one_writes_and_the_other_is_shown_what_it_wrote() -> Outcome {
    TestApp::each(async |app| {
        let (browser, _, path, tag) = organization(app).await?;
        let (one, other) = tokio::join!(
            browser.patch(&path, &tag, json!({"name": "One"})),
            browser.patch(&path, &tag, json!({"name": "Other"}))
        );
        let (done, late) = match (one?, other?) {
            (one, other) if one.status == StatusCode::OK => (one, other),
            (one, other) => (other, one),
        };
        let written: Value = done.json()?;
        let problem = late.problem()?;
        assert_eq!(problem.status, 412);
        assert_eq!(problem.current, Some(written));
        assert_eq!(late.header("etag"), done.header("etag"));
        Ok(())
    })
    .await
}

/// Each thing that is written with a tag: where its tag is read, and a write that can go through.
fn writes(id: OrganizationId) -> Vec<(String, &'static str, String, &'static str, String)> {
    let json = "application/json";
    let (whole, part) = (paths::evidence(id), paths::evidence_part(id, "offers"));
    let organization = paths::organization(id);
    let name = json!({"name": "Contoso Consulting"}).to_string();
    vec![
        (
            organization.clone(),
            "PATCH",
            organization.clone(),
            json,
            name,
        ),
        (
            organization,
            "POST",
            paths::locations(id),
            json,
            porto().to_string(),
        ),
        (part.clone(), "PUT", part, json, "[]".to_owned()),
        (whole.clone(), "PUT", whole.clone(), json, String::new()),
        (
            whole,
            "POST",
            paths::imports(id),
            json,
            json!({"people": [{"id": "ada", "name": "Ada Park"}]}).to_string(),
        ),
    ]
}

#[tokio::test]
async fn each_kind_of_thing_takes_tags_as_the_standard_says() -> Outcome {
    TestApp::each(async |app| {
        let (browser, id, ..) = organization(app).await?;
        for (read, method, path, kind, body) in writes(id) {
            let before = browser.get(&read).await?;
            let tag = before.header("etag").to_owned();
            let body = match body.is_empty() {
                true => before.body.clone(),
                false => body.into_bytes(),
            };
            let send = async |tags: &[&str]| {
                let mut headers = vec![("content-type", kind)];
                headers.extend(tags.iter().map(|tag| ("if-match", *tag)));
                browser
                    .send_raw(method, &path, &headers, body.clone())
                    .await
            };
            let missing = send(&[]).await?.problem()?;
            assert_eq!(missing.status, 428, "{method} {path}");
            let weak = format!("W/{tag}");
            for (tags, why) in [
                (vec!["\"0\"", "\"0.0\""], "Someone changed"),
                (vec![weak.as_str()], "weak tag"),
                (vec!["7"], "can't be read"),
            ] {
                let answer = send(&tags).await?;
                assert_eq!(answer.header("etag"), tag, "{method} {path}");
                let problem = answer.problem()?;
                assert_eq!(problem.code, "stale", "{method} {path} {tags:?}");
                assert!(problem.detail.contains(why), "{path}: {}", problem.detail);
                assert!(problem.current.is_some(), "{method} {path}");
            }
            assert_eq!(
                browser.get(&read).await?.header("etag"),
                tag,
                "{path}: unchanged"
            );
            let list = format!("\"other\", {tag}");
            assert!(send(&[&list]).await?.status.is_success(), "{method} {path}");
            let any = send(&["*"]).await?;
            assert!(any.status.is_success(), "{method} {path}: {}", any.text());
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_star_is_what_is_there_and_nothing_is_there_for_a_stranger() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in("global-admin@northwind.example").await?;
        let path = paths::organization(app.organization("Contoso").await?);
        let answer = browser.patch(&path, "*", json!({"name": "Mine"})).await?;
        assert_eq!(answer.problem()?.status, 404);
        Ok(())
    })
    .await
}
