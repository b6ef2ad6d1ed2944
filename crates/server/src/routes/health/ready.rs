//! `GET /readyz`: the database answers, and its tables are those of this version.

use axum::Json;
use axum::extract::State;
use membership_contract::health::Health;
use membership_contract::paths;
use membership_contract::refusal::Refusal;

use crate::App;
use crate::http::problem::Answer;

/// The process and its database can serve.
#[utoipa::path(
    get, path = paths::READYZ, tag = "health", operation_id = "get_readiness",
    responses(
        (status = 200, body = Health),
        (status = 503, description = "The database does not answer, or has older tables"),
    ),
)]
pub async fn get_readiness(State(app): State<App>) -> Answer<Json<Health>> {
    if !app.store.is_ready().await? {
        return Err(Refusal::OldTables.into());
    }
    Ok(Json(super::ok()))
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use membership_contract::paths;

    use crate::testing::{Outcome, TestApp};

    #[tokio::test]
    async fn alive_and_ready() -> Outcome {
        TestApp::each(async |app| {
            let browser = app.browser();
            for path in [paths::HEALTHZ, paths::READYZ] {
                let answer = browser.get(path).await?;
                assert_eq!(answer.status, StatusCode::OK, "{path}");
                assert!(answer.text().contains("\"ok\""));
            }
            Ok(())
        })
        .await
    }

    #[tokio::test]
    async fn alive_but_not_ready_without_a_database() -> Outcome {
        TestApp::each(async |app| {
            app.lose_database().await?;
            let browser = app.browser();
            assert_eq!(browser.get(paths::HEALTHZ).await?.status, StatusCode::OK);
            let answer = browser.get(paths::READYZ).await?;
            let problem = answer.problem()?;
            assert_eq!(
                (problem.status, problem.code.as_str()),
                (503, "unavailable")
            );
            assert_eq!(answer.header("retry-after"), "5");
            Ok(())
        })
        .await
    }
}
