//! `GET /api/v1/organizations/{organization}/overview`: what the overview shows.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use membership_contract::overview::Overview;
use membership_contract::paths;
use membership_domain::Basis;

use crate::App;
use crate::engines::{Engines, View, Written};
use crate::guard::Member;
use crate::hash::sha256;
use crate::http::accepts::Accepts;
use crate::http::etag;
use crate::http::problem::{Answer, ApiError};
use crate::turns::Watch;

/// What to do next, where the partner stands, what comes and what changed: names and sentences,
/// ready to be shown.
///
/// Send the ETag back as If-None-Match. It changes with the evidence, the day and the rules;
/// `evidence` is the tag of the evidence itself.
#[utoipa::path(
    get, path = paths::OVERVIEW, tag = "assessments", operation_id = "get_overview",
    responses(
        (status = 200, body = Overview, headers(("ETag" = String))),
        (status = 304, description = "The caller already has it"),
    ),
)]
pub async fn get_overview(
    State(app): State<App>,
    member: Member,
    accepts: Accepts,
    headers: HeaderMap,
) -> Answer<Response> {
    let view = Engines::view(&app, &member).await?;
    let make = |view: &View, watch: &Watch, out: &mut Written| {
        watch.expect()?;
        let [today, entered] = Basis::ALL.map(|basis| view.assessment(basis));
        let engine = view.engine().on(Basis::Decision);
        let overview = Overview::of(&engine, today, Some(entered), &view.tag());
        serde_json::to_writer(out, &overview).map_err(ApiError::internal)
    };
    let name = ("overview", accepts);
    let body = Engines::body(&app, member.organization, &view, name, make).await?;
    // Of the bytes that are sent: whoever takes another form has another tag.
    let tag = etag::weak(&sha256(body.bytes()));
    if etag::is_known(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let response = body.response("application/json", body.bytes().into());
    Ok(([(header::ETAG, tag)], response).into_response())
}

#[cfg(test)]
mod tests {
    use membership_contract::overview::Overview;
    use membership_contract::paths;
    use membership_contract::session::Session;
    use membership_domain::assess::Engine;
    use membership_domain::{Basis, Evidence, Hypothesis};
    use membership_store::audit::Action;
    use membership_store::grants;
    use serde_json::json;

    use crate::testing::{Outcome, TestApp};
    use crate::trail;

    /// The preview's worker says the same: a test of `membership-local` compares it with the same
    /// function.
    #[tokio::test]
    async fn it_is_what_the_engine_says_byte_for_byte_and_known_by_its_tag() -> Outcome {
        TestApp::each(async |app| {
            for name in ["Contoso", "Northwind", "Tailspin"] {
                let email = format!("global-admin@{}.example", name.to_lowercase());
                let browser = app.signed_in(&email).await?;
                let id = app.organization(name).await?;
                let read = browser.get(&paths::evidence(id)).await?;
                let (tag, evidence) = (read.header("etag").to_owned(), read.json::<Evidence>()?);
                let engine = Engine::new(&*app.app.catalog.catalog, &evidence, Basis::Decision);
                let day = app.app.clock.now().date_naive();
                let nothing = Hypothesis::default();
                let today = engine.assess(day, &nothing);
                let entered = engine.on(Basis::Entered).assess(day, &nothing);
                let expected = Overview::of(&engine, &today, Some(&entered), &tag);
                let answer = browser.get(&paths::overview(id)).await?;
                assert_eq!(answer.text(), serde_json::to_string(&expected)?);
                assert!(answer.body.len() < 16 * 1024, "{}", answer.body.len());

                let known = [("if-none-match", answer.header("etag"))];
                let again = browser.get_with(&paths::overview(id), &known).await?;
                assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
            }
            Ok(())
        })
        .await
    }

    #[tokio::test]
    async fn it_changes_with_the_evidence() -> Outcome {
        TestApp::each(async |app| {
            let editor = app.signed_in("mpn-partner-admin@contoso.example").await?;
            let id = app.organization("Contoso").await?;
            let before = editor.get(&paths::overview(id)).await?;
            app.put_part(id, "people", &json!([])).await?;
            let known = [("if-none-match", before.header("etag"))];
            let after = editor.get_with(&paths::overview(id), &known).await?;
            let (before, after): (Overview, Overview) = (before.json()?, after.json()?);
            assert_ne!(before.evidence, after.evidence);
            assert_ne!(before.standings, after.standings);
            Ok(())
        })
        .await
    }

    /// Also for what the person has already: a tag that is known is no permission.
    #[tokio::test]
    async fn somebody_whose_role_was_just_taken_gets_nothing_more() -> Outcome {
        TestApp::each(async |app| {
            let browser = app.signed_in("mpn-partner-admin@contoso.example").await?;
            let id = app.organization("Contoso").await?;
            let before = browser.get(&paths::overview(id)).await?;
            assert_eq!(before.status, 200);
            let session: Session = browser.get(paths::SESSION).await?.json()?;
            let write = app.app.store.write().await?;
            for role in session.organizations.iter().flat_map(|one| &one.roles) {
                grants::delete(&write, session.user.id, id, *role).await?;
            }
            let entry = trail::entry(&app.app.clock, Action::RoleChange, "overview")?;
            write.commit(entry).await?;
            let known = [("if-none-match", before.header("etag"))];
            for headers in [&[][..], &known] {
                let after = browser.get_with(&paths::overview(id), headers).await?;
                // Still a member, who may do nothing here but for themselves.
                assert_eq!(after.problem()?.status, 403);
            }
            Ok(())
        })
        .await
    }
}
