//! `POST /api/v1/organizations/{organization}/changes/preview`: what a change of company data causes.

use axum::Json;
use axum::extract::State;
use membership_contract::organization::OrganizationChange;
use membership_contract::paths;
use membership_domain::company::Effects;
use membership_store::organizations;

use super::change::effects;
use crate::App;
use crate::change::Tagged;
use crate::guard::Member;
use crate::http::body::Body;
use crate::http::problem::{Answer, ApiError};

/// What a change of company data causes. Nothing is changed.
#[utoipa::path(
    post, path = paths::CHANGE_PREVIEW, tag = "organizations", operation_id = "create_change_preview",
    request_body = OrganizationChange,
    responses(
        (status = 200, body = Effects),
        (status = 409, description = "The account is suspended"),
    ),
)]
pub async fn create_change_preview(
    State(app): State<App>,
    member: Member,
    Body(request): Body<OrganizationChange>,
) -> Answer<Json<Effects>> {
    let found = organizations::whole(app.store.db(), member.organization).await?;
    let now = found.ok_or_else(ApiError::not_found)?.told();
    effects(&request, &now).map(Json)
}

#[cfg(test)]
mod tests {
    use membership_contract::organization::Organization;
    use membership_contract::paths;
    use membership_domain::company::{Effects, Verified};
    use membership_domain::evidence::Verification;
    use serde_json::json;

    use crate::testing::{Outcome, TestApp};

    #[tokio::test]
    async fn what_is_said_before_is_what_comes() -> Outcome {
        TestApp::each(async |app| {
            let browser = app.signed_in("account-admin@contoso.example").await?;
            let id = app.organization("Contoso").await?;
            let (path, preview) = (paths::organization(id), paths::change_preview(id));
            let before = browser.get(&path).await?;
            let contact = json!({"name": "Arlo Jensen", "email": "arlo@contoso.example"});
            let change = json!({"name": "Contoso Consulting", "contact": contact});

            let said: Effects = browser.post(&preview, change.clone()).await?.json()?;
            assert_eq!(
                said.verifies,
                [Verified::LegalName, Verified::PrimaryContact]
            );
            assert_eq!(said.verification, Verification::Pending);
            assert!(said.stops_buying);
            assert_eq!(
                browser.get(&path).await?.body,
                before.body,
                "nothing changed"
            );

            let answer = browser.patch(&path, before.header("etag"), change).await?;
            let after: Organization = answer.json()?;
            assert_eq!(after.verification, said.verification);
            assert_eq!(after.in_verification, said.pending);

            let same = json!({"name": " Contoso Consulting "});
            let none: Effects = browser.post(&preview, same.clone()).await?.json()?;
            assert!(none.verifies.is_empty() && !none.stops_buying);
            let again = browser.patch(&path, "*", same).await?;
            assert_eq!(again.header("etag"), answer.header("etag"));
            Ok(())
        })
        .await
    }

    #[tokio::test]
    async fn what_cannot_be_saved_is_refused_as_when_saving() -> Outcome {
        TestApp::each(async |app| {
            let browser = app.signed_in("global-admin@contoso.example").await?;
            let id = app.organization("Contoso").await?;
            for (body, pointers) in [
                (json!({"name": ""}), vec!["/name"]),
                (json!({"country": "NZ"}), vec!["/country"]),
                (
                    json!({"address": {"street": "", "city": "東京", "region": " "}}),
                    vec!["/address/street", "/address/city", "/address/region"],
                ),
                (
                    json!({"contact": {"name": "A", "email": "a", "phone": "call me"}}),
                    vec!["/contact/email", "/contact/phone"],
                ),
                (json!({"address": {"street": "Rua 1"}}), vec!["/address"]),
                (
                    json!({"contact": {"name": "A", "mail": "a"}}),
                    vec!["/contact/mail"],
                ),
            ] {
                let seen = browser
                    .post(&paths::change_preview(id), body.clone())
                    .await?;
                let saved = browser
                    .patch(&paths::organization(id), "*", body.clone())
                    .await?;
                let (seen, saved) = (seen.problem()?, saved.problem()?);
                let at: Vec<_> = seen.errors.iter().map(|one| one.pointer.as_str()).collect();
                assert_eq!((seen.status, at), (422, pointers), "{body}");
                assert_eq!(seen.errors, saved.errors);
            }
            Ok(())
        })
        .await
    }
}
