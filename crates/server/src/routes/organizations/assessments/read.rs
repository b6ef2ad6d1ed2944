//! `GET /api/v1/organizations/{organization}/assessments/{program}`: one program.

use axum::extract::Path;
use axum::response::Response;
use membership_contract::paths;
use membership_domain::Assessment;
use membership_domain::assess::ProgramAssessment;
use membership_domain::id::OrganizationId;

use super::{Parameters, assessed};
use crate::engines::Written;
use crate::evidence::look::Look;
use crate::http::problem::{Answer, ApiError};

/// One program: outcome, evidence that counted and that did not, next step.
///
/// With parameters it answers what would be if; nothing is kept.
#[utoipa::path(
    get, path = paths::ASSESSMENT, tag = "assessments", operation_id = "get_assessment",
    params(("program" = String, Path, description = "The program's id in the catalog")),
    responses((status = 200, body = ProgramAssessment)),
)]
pub async fn get_assessment(
    Path((_, program)): Path<(OrganizationId, String)>,
    look: Look<Parameters>,
) -> Answer<Response> {
    let name = format!("assessments/{program}");
    let tell = move |all: &Assessment, out: &mut Written| {
        let found = all.program(&program).ok_or_else(ApiError::not_found)?;
        serde_json::to_writer(out, found).map_err(ApiError::internal)
    };
    assessed(look, &name, tell).await
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
