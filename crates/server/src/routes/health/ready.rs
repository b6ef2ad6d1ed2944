//! `GET /readyz`: the database answers, and its tables are such that this version can work with them.

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
    let tables = app.store.tables().await?;
    if !tables.fit() {
        tracing::warn!(%tables, "not ready");
        return Err(Refusal::UnfitTables(tables.to_string()).into());
    }
    Ok(Json(super::ok()))
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use membership_contract::paths;
    use membership_store::testing::execute;

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

    /// As in a rolling upgrade: a newer server brought the tables up to date.
    #[tokio::test]
    async fn ready_beside_tables_that_only_have_more() -> Outcome {
        TestApp::each(async |app| {
            let store = &app.app.store;
            let more = "CREATE TABLE later (id text); INSERT INTO seaql_migrations \
                        (version, applied_at) VALUES ('m998_later', 0)";
            execute(store, more).await?;
            let browser = app.browser();
            assert_eq!(browser.get(paths::READYZ).await?.status, StatusCode::OK);
            for (sql, said) in [
                (
                    "UPDATE installation SET value = 'm998_later' WHERE name = 'needs'",
                    "knows m998_later",
                ),
                (
                    "DELETE FROM seaql_migrations WHERE version IN ('m998_later', 'm006_append_only')",
                    "without m006_append_only. Run `membership-server migrate`",
                ),
            ] {
                execute(store, sql).await?;
                let problem = browser.get(paths::READYZ).await?.problem()?;
                assert_eq!(problem.status, 503);
                assert!(problem.detail.contains(said), "{}", problem.detail);
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
