//! Files that leave open who or what a line is about, through the API.

use axum::http::StatusCode;
use membership_contract::import::ImportReport;
use membership_contract::paths;
use membership_domain::Evidence;

use crate::testing::{Outcome, TestApp};

/// At an organization of which little is known yet.
const EDITOR: &str = "mpn-partner-admin@tailspin.example";

macro_rules! file {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!("../../../../../import/tests/files/", $name)),
        )
    };
}

#[tokio::test]
async fn lines_are_read_as_they_are_meant_asked_about_or_refused() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Tailspin").await?;
        // File, answer, and how many are asked, added and refused.
        for ((name, text), answer, asked, added, refused) in [
            (file!("customers-punctuation.csv"), "", 1, 0, 0),
            (file!("customers-punctuation.csv"), "refused", 0, 2, 2),
            (file!("customers-punctuation.csv"), "different", 0, 4, 0),
            (file!("customers-nfc-nfd.csv"), "", 1, 0, 0),
            (file!("customers-nfc-nfd.csv"), "different", 0, 5, 0),
            (file!("customers-one-id.csv"), "", 0, 0, 3),
            (file!("people-invisible.csv"), "", 0, 1, 0),
            (file!("spaced-quotes.csv"), "", 0, 2, 0),
            (file!("titles-level.csv"), "", 0, 1, 0),
            (file!("profile.json"), "", 0, 0, 0),
        ] {
            let kind = [("content-type", "application/octet-stream")];
            let path = paths::import_preview(id) + "?similar_names=" + answer;
            let sent = text.as_bytes().to_vec();
            let seen = browser.send_raw("POST", &path, &kind, sent).await?;
            let report: ImportReport = seen.json()?;
            let counts = (report.counts.added, report.counts.refused);
            assert_eq!(report.questions.len(), asked, "{name} {answer}");
            assert_eq!(counts, (added, refused), "{name} {answer}");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_answer_is_kept_by_what_it_imports() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Tailspin").await?;
        let tag = browser.get(&paths::imports(id)).await?;
        let sent = [
            ("content-type", "text/csv"),
            ("if-match", tag.header("etag")),
        ];
        let (_, text) = file!("customers-punctuation.csv");
        let path = paths::imports(id) + "?similar_names=";
        let wrong = browser
            .send_raw("POST", &(path.clone() + "perhaps"), &sent, text.into())
            .await?;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(wrong.problem()?.errors[0].pointer, "?similar_names");
        let done = browser
            .send_raw("POST", &(path + "different"), &sent, text.into())
            .await?;
        assert!(done.json::<ImportReport>()?.imported);
        let evidence: Evidence = browser.get(&paths::evidence(id)).await?.json()?;
        let new = evidence.customers.iter().map(|one| one.name.as_str());
        let new: Vec<&str> = new.filter(|name| text.contains(name)).collect();
        assert_eq!(
            new,
            [
                "C++ Contoso Labs",
                "C# Contoso Labs",
                "Contoso A+",
                "Contoso A"
            ]
        );
        Ok(())
    })
    .await
}
