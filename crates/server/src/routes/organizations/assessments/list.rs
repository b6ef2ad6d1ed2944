//! `GET /api/v1/organizations/{organization}/assessments`: every score and program.

use axum::response::Response;
use membership_contract::paths;
use membership_domain::Assessment;

use super::{Parameters, assessed};
use crate::engines::Written;
use crate::evidence::look::Look;
use crate::http::problem::{Answer, ApiError};

/// Every score and program: outcome, evidence that counted and that did not, next step.
///
/// With parameters it answers what would be if; nothing is kept.
#[utoipa::path(
    get, path = paths::ASSESSMENTS, tag = "assessments", operation_id = "list_assessments",
    responses((status = 200, body = Assessment)),
)]
pub async fn list_assessments(look: Look<Parameters>) -> Answer<Response> {
    let tell = |all: &Assessment, out: &mut Written| {
        serde_json::to_writer(out, all).map_err(ApiError::internal)
    };
    assessed(look, "assessments", tell).await
}

#[cfg(test)]
mod tests {
    use membership_contract::paths;
    use membership_domain::{Assessment, Basis, Evidence, Hypothesis, assess};

    use crate::testing::{Outcome, TestApp};

    #[tokio::test]
    async fn it_is_the_engine_that_answers() -> Outcome {
        TestApp::each(async |app| {
            let browser = app.signed_in("global-admin@northwind.example").await?;
            let id = app.organization("Northwind").await?;
            let evidence: Evidence = browser.get(&paths::evidence(id)).await?.json()?;
            let catalog = &app.app.catalog.catalog;
            let today = app.app.clock.now().date_naive();
            let answer: Assessment = browser.get(&paths::assessments(id)).await?.json()?;
            assert_eq!(
                answer,
                assess(
                    catalog,
                    &evidence,
                    Basis::Decision,
                    today,
                    &Hypothesis::default()
                )
            );

            let query = [("day", "2024-03-01")];
            let (later, _) = Hypothesis::read(catalog, query);
            let path = format!("{}?day=2024-03-01", paths::assessments(id));
            let answer: Assessment = browser.get(&path).await?.json()?;
            assert_eq!(
                answer,
                assess(catalog, &evidence, Basis::Decision, today, &later)
            );
            assert_eq!(answer.day.to_string(), "2024-03-01");
            Ok(())
        })
        .await
    }

    #[tokio::test]
    async fn a_hypothesis_that_makes_no_sense_is_refused_by_name() -> Outcome {
        TestApp::each(async |app| {
            let browser = app.signed_in("mpn-partner-admin@contoso.example").await?;
            let path = paths::assessments(app.organization("Contoso").await?);
            for (query, pointers) in [
                ("day=tomorrow", vec!["?day"]),
                (
                    "people=no-such-exam*3&met=nothing.at-all",
                    vec!["?people", "?met"],
                ),
                ("day=2023-12-01&day=2023-12-02", vec!["?day"]),
                ("daY=2023-12-01", vec!["?daY"]),
                ("people=%FF%FE", vec!["?people"]),
                ("measures=x*9999999999999999999999", vec!["?measures"]),
            ] {
                let problem = browser.get(&format!("{path}?{query}")).await?.problem()?;
                assert_eq!(problem.status, 422, "{query}");
                let found: Vec<_> = problem.errors.iter().map(|e| e.pointer.as_str()).collect();
                assert_eq!(found, pointers, "{query}");
            }
            Ok(())
        })
        .await
    }
}
