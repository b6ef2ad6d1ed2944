//! `POST /api/v1/organizations/{organization}/locations`: adds a location.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use membership_contract::organization::{NewLocation, Organization};
use membership_contract::paths;
use membership_contract::problem::Problem;
use membership_store::StoreError;
use membership_store::organizations::{self, Location};

use crate::guard::Member;
use crate::http::body::Body;
use crate::http::observe::RequestId;
use crate::http::problem::{Answer, Refused};
use crate::{App, chance, partner_ids, sessions};

/// Adds a location, which gets a PartnerID of its own. Needs the organization's ETag.
#[utoipa::path(
    post, path = paths::LOCATIONS, tag = "organizations", operation_id = "create_location",
    params(("organization" = Uuid, Path), ("If-Match" = String, Header)),
    request_body = NewLocation, security(("session" = [])),
    responses(
        (status = 201, body = Organization, headers(("ETag" = String))),
        (status = 412, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 428, body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn create_location(
    State(app): State<App>,
    member: Member,
    request_id: RequestId,
    headers: HeaderMap,
    Body(request): Body<NewLocation>,
) -> Answer<Response> {
    let id = member.organization;
    let expected = super::expected(&app, id, &headers).await?;
    check(&request)?;
    let location = Location {
        id: chance::id(app.clock.real())?,
        partner_id: partner_ids::free(&app.store).await?,
        name: request.name.trim().to_owned(),
        country: request.country,
        address: request.address.trim().to_owned(),
        created_at: app.clock.now(),
    };
    let user = member.caller.user.id;
    let mut entry = sessions::entry(
        &app,
        &request_id,
        user,
        Some(id),
        "location.add",
        location.id,
    )?;
    entry.detail = serde_json::json!({"partner_id": location.partner_id});
    let write = app.store.write().await?;
    match organizations::add_location(&write, id, expected, location).await {
        Ok(_) => write.commit(entry).await?,
        Err(StoreError::Stale { .. }) => {
            drop(write);
            return Err(super::stale(&app, id).await);
        }
        Err(error) => return Err(error.into()),
    }
    let (organization, tag) = super::current(&app, id).await?;
    Ok((
        StatusCode::CREATED,
        [(header::ETAG, tag)],
        Json(organization),
    )
        .into_response())
}

fn check(request: &NewLocation) -> Answer<()> {
    let mut errors = Vec::new();
    super::check_text("/name", &request.name, 200, &mut errors);
    super::check_country("/country", &request.country, &mut errors);
    super::check_text("/address", &request.address, 300, &mut errors);
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
    use serde_json::json;

    use crate::testing::{Outcome, TestApp};

    #[tokio::test]
    async fn a_location_gets_its_own_partner_id() -> Outcome {
        TestApp::each(async |app| {
            let browser = app.signed_in("account-admin@contoso.example").await?;
            let id = app.organization("Contoso").await?;
            let before = browser.get(&paths::organization(id)).await?;
            let old = before.json::<Organization>()?;
            app.app.clock.wait(chrono::Duration::seconds(1));
            let body =
                json!({"name": "Contoso Porto", "country": "PT", "address": "Rua das Flores 1"});
            let etag = [("if-match", before.header("etag"))];
            let answer = browser
                .send("POST", &paths::locations(id), &etag, Some(body))
                .await?;
            assert_eq!(answer.status, StatusCode::CREATED);
            let new: Organization = answer.json()?;
            assert_eq!(new.locations.len(), old.locations.len() + 1);
            let last = new
                .locations
                .last()
                .map(|place| (place.name.as_str(), place.partner_id.len()));
            assert_eq!(last, Some(("Contoso Porto", 7)));
            assert!(
                old.locations.iter().all(|place| Some(&place.partner_id)
                    != new.locations.last().map(|new| &new.partner_id))
            );
            assert_ne!(answer.header("etag"), before.header("etag"));
            Ok(())
        })
        .await
    }

    #[tokio::test]
    async fn every_wrong_field_is_named_at_once() -> Outcome {
        TestApp::each(async |app| {
            let browser = app.signed_in("global-admin@contoso.example").await?;
            let id = app.organization("Contoso").await?;
            let before = browser.get(&paths::organization(id)).await?;
            let etag = [("if-match", before.header("etag"))];
            let body = json!({"name": "", "country": "Portugal", "address": "адрес"});
            let answer = browser
                .send("POST", &paths::locations(id), &etag, Some(body))
                .await?;
            let problem = answer.problem()?;
            let pointers: Vec<_> = problem.errors.iter().map(|e| e.pointer.as_str()).collect();
            assert_eq!(pointers, ["/name", "/country", "/address"]);
            let after = browser.get(&paths::organization(id)).await?;
            assert_eq!(after.header("etag"), before.header("etag"));
            Ok(())
        })
        .await
    }
}
