//! `PATCH /api/v1/organizations/{organization}`: changes company data.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use membership_contract::organization::{Organization, OrganizationChange};
use membership_contract::paths;
use membership_contract::problem::{FieldError, Problem, code};
use membership_domain::verification::after_legal_change;
use membership_store::StoreError;
use membership_store::organizations::{self, Change};

use crate::guard::Member;
use crate::http::body::Body;
use crate::http::etag;
use crate::http::observe::RequestId;
use crate::http::problem::{Answer, Refused};
use crate::{App, conversions, sessions};

/// Changes company data. The account's verification starts over for what was changed.
#[utoipa::path(
    patch, path = paths::ORGANIZATION, tag = "organizations", operation_id = "update_organization",
    params(("organization" = Uuid, Path), ("If-Match" = String, Header)),
    request_body = OrganizationChange, security(("session" = [])),
    responses(
        (status = 200, body = Organization, headers(("ETag" = String))),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 412, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 428, body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn update_organization(
    State(app): State<App>,
    member: Member,
    request_id: RequestId,
    headers: HeaderMap,
    Body(request): Body<OrganizationChange>,
) -> Answer<Response> {
    let id = member.organization;
    let expected = super::expected(&app, id, &headers).await?;
    let (current, tag) = super::current(&app, id).await?;
    if tag != etag::of_revision(expected) {
        return Err(super::stale(&app, id).await);
    }
    check(&request, &current)?;
    let name = request
        .name
        .map(|name| name.trim().to_owned())
        .filter(|name| *name != current.name);
    let country = request
        .country
        .filter(|country| *country != current.country);
    if name.is_some() || country.is_some() {
        let verification = after_legal_change(current.verification).map_err(|suspended| {
            let detail = format!("Company data cannot be changed: {suspended}.");
            Refused::new(StatusCode::CONFLICT, code::CONFLICT, detail)
        })?;
        let verification = Some(conversions::verification_code(verification).to_owned());
        let user = member.caller.user.id;
        let mut entry =
            sessions::entry(&app, &request_id, user, Some(id), "organization.change", id)?;
        entry.detail = serde_json::json!({
            "before": {"name": current.name, "country": current.country},
            "after": {"name": name, "country": country},
        });
        let change = Change {
            name,
            country,
            verification,
        };
        let write = app.store.write().await?;
        match organizations::update(&write, id, expected, change).await {
            Ok(_) => write.commit(entry).await?,
            Err(StoreError::Stale { .. }) => {
                drop(write);
                return Err(super::stale(&app, id).await);
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(super::tagged(super::current(&app, id).await?))
}

fn check(request: &OrganizationChange, current: &Organization) -> Answer<()> {
    let mut errors = Vec::new();
    if let Some(name) = &request.name {
        super::check_text("/name", name, 200, &mut errors);
    }
    if let Some(country) = &request.country {
        super::check_country("/country", country, &mut errors);
        let known = current
            .locations
            .iter()
            .any(|place| place.country == *country);
        if errors.is_empty() && !known && *country != current.country {
            let detail = "There is no location in that country. Add one first.";
            errors.push(FieldError::new("/country", "no_location", detail));
        }
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Refused::invalid(errors))
    }
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use membership_contract::organization::Organization;
    use membership_contract::paths;
    use membership_domain::evidence::Verification;
    use membership_store::audit;
    use serde_json::json;

    use crate::testing::{Outcome, TestApp};

    #[tokio::test]
    async fn a_new_name_is_kept_verified_anew_and_audited() -> Outcome {
        TestApp::each(async |app| {
            let browser = app.signed_in("account-admin@contoso.example").await?;
            let id = app.organization("Contoso").await?;
            let path = paths::organization(id);
            let before = browser.get(&path).await?;
            let etag = before.header("etag").to_owned();
            assert_eq!(
                before.json::<Organization>()?.verification,
                Verification::Accepted
            );

            let body = json!({"name": " Contoso Consulting "});
            let answer = browser.patch(&path, &etag, body.clone()).await?;
            assert_eq!(answer.status, StatusCode::OK);
            let after: Organization = answer.json()?;
            assert_eq!(after.name, "Contoso Consulting");
            assert_eq!(after.verification, Verification::Pending);
            assert_eq!(browser.get(&path).await?.json::<Organization>()?, after);

            let trail = audit::of_organization(app.app.store.read(), id, 1).await?;
            assert_eq!(trail[0].action, "organization.change");
            assert_eq!(trail[0].detail["before"]["name"], "Contoso");

            let late = browser.patch(&path, &etag, body).await?;
            let problem = late.problem()?;
            assert_eq!((problem.status, problem.code.as_str()), (412, "stale"));
            assert_eq!(problem.current, serde_json::to_value(&after).ok());
            assert_eq!(late.header("etag"), answer.header("etag"));
            Ok(())
        })
        .await
    }

    #[tokio::test]
    async fn what_cannot_be_is_refused_and_changes_nothing() -> Outcome {
        TestApp::each(async |app| {
            let browser = app.signed_in("global-admin@contoso.example").await?;
            let path = paths::organization(app.organization("Contoso").await?);
            let before = browser.get(&path).await?;
            let etag = before.header("etag").to_owned();
            for (body, pointer) in [
                (json!({"name": "  "}), "/name"),
                (json!({"name": "名前"}), "/name"),
                (json!({"name": "x".repeat(201)}), "/name"),
                (json!({"country": "pt"}), "/country"),
                (json!({"country": "NZ"}), "/country"),
                (json!({"verification": "accepted"}), "/verification"),
            ] {
                let problem = browser.patch(&path, &etag, body).await?.problem()?;
                assert_eq!(
                    (problem.status, problem.errors[0].pointer.as_str()),
                    (422, pointer)
                );
            }
            for nonsense in ["", "*", "\"x\"", "W/\"1\""] {
                let problem = browser
                    .patch(&path, nonsense, json!({"name": "A"}))
                    .await?
                    .problem()?;
                assert_eq!(problem.status, 412, "{nonsense}");
            }
            let none = browser
                .send("PATCH", &path, &[], Some(json!({"name": "A"})))
                .await?;
            assert_eq!(none.problem()?.status, 428);
            assert_eq!(browser.get(&path).await?.header("etag"), etag);
            Ok(())
        })
        .await
    }
}
