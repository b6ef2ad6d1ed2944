//! `GET /api/v1/organizations/{organization}/assessments/{program}`: one program.

use axum::extract::{Path, State};
use axum::response::Response;
use membership_contract::paths;
use membership_contract::problem::Problem;
use membership_domain::assess::ProgramAssessment;
use membership_domain::{Assessment, Basis};
use uuid::Uuid;

use crate::App;
use crate::guard::Member;
use crate::http::accepts::Accepts;
use crate::http::problem::{Answer, ApiError};
use crate::http::query::Pairs;

/// One program: outcome, evidence that counted and that did not, next step.
///
/// With parameters it answers what would be if; nothing is kept.
#[utoipa::path(
    get, path = paths::ASSESSMENT, tag = "assessments", operation_id = "get_assessment",
    params(
        ("organization" = Uuid, Path),
        ("program" = String, Path, description = "The program's id in the catalog"),
        ("day" = Option<String>, Query, description = "2023-12-01; the server's today if absent"),
        ("people" = Option<String>, Query, description = "dp-203*3,az-104*-1"),
        ("measures" = Option<String>, Query, description = "azure-net-adds.all*2"),
        ("met" = Option<String>, Query, description = "azure-expert-msp.audit"),
        (
            "basis" = Option<Basis>, Query,
            description = "decision, which it is if absent, or entered: which rows are counted",
        ),
    ),
    security(("session" = [])),
    responses(
        (status = 200, body = ProgramAssessment),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn get_assessment(
    State(app): State<App>,
    member: Member,
    Path((_, program)): Path<(Uuid, String)>,
    accepts: Accepts,
    query: Pairs,
) -> Answer<Response> {
    let name = format!("assessments/{program}");
    let tell = move |all: &Assessment| {
        let found = all.program(&program).ok_or_else(ApiError::not_found)?;
        serde_json::to_vec(found).map_err(ApiError::internal)
    };
    super::assessed(&app, &member, &query, (&name, accepts), tell).await
}

#[cfg(test)]
mod tests {
    use membership_contract::paths;
    use membership_domain::Assessment;
    use membership_domain::assess::ProgramAssessment;

    use crate::testing::{Outcome, TestApp};

    #[tokio::test]
    async fn each_program_is_the_same_as_in_the_list() -> Outcome {
        TestApp::each(async |app| {
            let browser = app.signed_in("mpn-partner-admin@contoso.example").await?;
            let id = app.organization("Contoso").await?;
            let all: Assessment = browser.get(&paths::assessments(id)).await?.json()?;
            assert!(!all.programs.is_empty());
            for program in all.programs {
                let path = paths::assessment(id, &program.program);
                assert_eq!(
                    browser.get(&path).await?.json::<ProgramAssessment>()?,
                    program
                );
            }
            let nowhere = browser
                .get(&paths::assessment(id, "no-such-program"))
                .await?;
            assert_eq!(nowhere.problem()?.status, 404);
            Ok(())
        })
        .await
    }
}
