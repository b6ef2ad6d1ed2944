//! Imports and their undoing that are sent again, or meet another write.

use axum::http::StatusCode;
use membership_contract::import::{Import, ImportReport};
use membership_contract::page::Page;
use membership_contract::paths;
use membership_domain::id::{ImportId, OrganizationId};

use crate::testing::{Answer, Browser, Outcome, TestApp};

const EDITOR: &str = "mpn-partner-admin@contoso.example";
const FILE: &str = "Certificate,Name,Email,CompletedOn\n\
    AZ-104,Ada Berg,ada.berg@contoso.example,2023-05-31\n";

/// Imports the file under a key.
async fn import(browser: &Browser, path: &str, tag: &str, key: &str) -> Outcome<Answer> {
    let kind = ("content-type", "text/csv");
    let headers = [kind, ("if-match", tag), ("idempotency-key", key)];
    browser.send_raw("POST", path, &headers, FILE.into()).await
}

async fn undo(
    browser: &Browser,
    id: OrganizationId,
    import: ImportId,
    key: &str,
) -> Outcome<Answer> {
    let path = paths::import_undo(id, import);
    let headers = [("idempotency-key", key)];
    browser.send("POST", &path, &headers, None).await
}

async fn history(browser: &Browser, id: OrganizationId) -> Outcome<(String, Vec<Import>)> {
    let answer = browser.get(&paths::imports(id)).await?;
    let tag = answer.header("etag").to_owned();
    Ok((tag, answer.json::<Page<Import>>()?.items))
}

#[tokio::test]
async fn an_import_whose_answer_was_lost_is_answered_again_and_done_once() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let (path, (tag, before)) = (paths::imports(id), history(&browser, id).await?);
        app.app.store.faults().lose_answers(1);
        let lost = import(&browser, &path, &tag, "k").await?.problem()?;
        assert_eq!((lost.status, lost.code.as_str()), (503, "unavailable"));
        // The tag is of before: the first try changed it.
        let again = import(&browser, &path, &tag, "k").await?;
        assert_eq!(again.status, StatusCode::OK, "{}", again.text());
        assert_eq!(again.header("idempotency-replayed"), "true");
        let report: ImportReport = again.json()?;
        assert_eq!((report.imported, report.counts.added), (true, 1));
        let (now, after) = history(&browser, id).await?;
        assert_eq!(
            (after.len(), again.header("etag")),
            (before.len() + 1, &*now)
        );
        app.told("evidence.import", 1).await?;

        // Another file, or the same read otherwise, is another request.
        let other = import(&browser, &(path + "?name=other.csv"), &now, "k").await?;
        assert_eq!(other.problem()?.code, "key_reused");
        assert_eq!(history(&browser, id).await?.1.len(), after.len());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn one_import_sent_twice_at_once_is_done_once() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let (path, (tag, before)) = (paths::imports(id), history(&browser, id).await?);
        let (one, other) = tokio::join!(
            import(&browser, &path, &tag, "k"),
            import(&browser, &path, &tag, "k")
        );
        let (one, other) = (one?, other?);
        assert_eq!((one.status, other.status), (StatusCode::OK, StatusCode::OK));
        assert_eq!(one.body, other.body);
        assert_eq!(history(&browser, id).await?.1.len(), before.len() + 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn undoing_is_answered_again_under_its_key() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let (tag, _) = history(&browser, id).await?;
        import(&browser, &paths::imports(id), &tag, "import").await?;
        let (_, all) = history(&browser, id).await?;
        let first = undo(&browser, id, all[0].id, "undo").await?;
        let undone: Import = first.json()?;
        assert_eq!(undone.undone.map(|one| one.at), Some(app.app.clock.now()));
        assert_eq!(first.header("idempotency-replayed"), "");
        let (now, after) = history(&browser, id).await?;
        assert_eq!(first.header("etag"), now);
        assert_eq!(
            serde_json::to_value(&after[0])?,
            first.json::<serde_json::Value>()?
        );
        let again = undo(&browser, id, all[0].id, "undo").await?;
        assert_eq!(again.header("idempotency-replayed"), "true");
        assert_eq!((again.body, again.status), (first.body, StatusCode::OK));
        // Under another key it is done already, and told so.
        let other = undo(&browser, id, all[0].id, "other").await?;
        assert_eq!(
            (other.status, other.header("etag")),
            (StatusCode::OK, &*now)
        );
        let elsewhere = undo(&browser, id, ImportId::from_u128(7), "undo").await?;
        assert_eq!(elsewhere.problem()?.code, "key_reused");
        app.told("evidence.undo", 1).await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_write_of_evidence_that_was_overtaken_is_done_again_and_once() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let (path, (tag, before)) = (paths::imports(id), history(&browser, id).await?);
        let faults = app.app.store.faults();
        faults.overtake(100);
        let given_up = import(&browser, &path, &tag, "k").await?;
        faults.overtake(0);
        let problem = given_up.problem()?;
        assert_eq!((problem.status, problem.code.as_str()), (503, "busy"));
        assert_eq!(history(&browser, id).await?.0, tag);

        faults.overtake(2);
        let done = import(&browser, &path, &tag, "k").await?;
        assert!(done.json::<ImportReport>()?.imported);
        faults.overtake(2);
        let part = paths::evidence_part(id, "offers");
        let written = browser
            .put_tagged(&part, "*", serde_json::json!([]))
            .await?;
        assert_eq!(written.status, StatusCode::OK, "{}", written.text());
        let (_, all) = history(&browser, id).await?;
        assert_eq!(all.len(), before.len() + 1);
        faults.overtake(2);
        let undone = undo(&browser, id, all[0].id, "u").await?;
        assert_eq!(undone.status, StatusCode::OK, "{}", undone.text());
        for action in ["evidence.import", "evidence.replace", "evidence.undo"] {
            assert_eq!(app.told(action, 1).await?.len(), 1, "{action}: told once");
        }
        Ok(())
    })
    .await
}
