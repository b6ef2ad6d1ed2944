use axum::http::StatusCode;
use membership_contract::import::ImportReport;
use membership_contract::paths;
use membership_domain::Evidence;
use membership_store::audit;

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
        assert_eq!(report.refused[0].problem.line, 3);
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
        let trail = audit::of_organization(app.app.store.read(), id, 1).await?;
        assert_eq!(trail[0].action, "evidence.import");

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
            (imports.clone(), "", "nothing in the file"),
            (imports.clone(), "A,B\n1,2\n", "no known export"),
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
        let json = [
            ("content-type", "application/json"),
            ("if-match", tag.as_str()),
        ];
        let refused = browser
            .send_raw("POST", &imports, &json, "{}".into())
            .await?;
        assert_eq!(refused.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        assert_eq!(browser.get(&evidence).await?.header("etag"), tag);
        Ok(())
    })
    .await
}
