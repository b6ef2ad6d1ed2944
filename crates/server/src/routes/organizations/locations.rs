//! `POST /api/v1/organizations/{organization}/locations`: adds a location.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use membership_contract::organization::{NewLocation, Organization};
use membership_contract::paths;
use membership_contract::problem::{Problem, code};
use membership_store::StoreError;
use membership_store::organizations::{self, Location};

use crate::guard::Member;
use crate::http::body::Body;
use crate::http::observe::RequestId;
use crate::http::problem::{Answer, Refused};
use crate::{App, chance, partner_ids, sessions};
use uuid::Uuid;

/// So many locations an organization can have: a thousand would be the largest of companies.
const MOST: usize = 1000;

/// Adds a location, which gets its own PartnerID. Needs the organization's ETag.
#[utoipa::path(
    post, path = paths::LOCATIONS, tag = "organizations", operation_id = "create_location",
    params(("organization" = Uuid, Path), ("If-Match" = String, Header)),
    request_body = NewLocation, security(("session" = [])),
    responses(
        (status = 201, body = Organization, headers(("ETag" = String))),
        (status = 409, body = Problem, content_type = "application/problem+json"),
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
    expect_room(&app, id).await?;
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

/// 409: every answer about the organization has them all.
async fn expect_room(app: &App, id: Uuid) -> Answer<()> {
    let there = organizations::locations(app.store.read(), id).await?.len();
    if there < MOST {
        return Ok(());
    }
    let detail = format!(
        "The organization has {there} locations, and can have {MOST}. Nothing was changed. Use one \
         of those that there are."
    );
    Err(Refused::new(StatusCode::CONFLICT, code::CONFLICT, detail))
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
    use membership_store::organizations;
    use serde_json::json;
    use uuid::Uuid;

    use crate::http::observe::RequestId;
    use crate::sessions;
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

    #[tokio::test]
    async fn there_is_room_for_so_many() -> Outcome {
        TestApp::each(async |app| {
            let browser = app.signed_in("account-admin@contoso.example").await?;
            let id = app.organization("Contoso").await?;
            let there = organizations::locations(app.app.store.read(), id).await?;
            let mut revision = organizations::by_id(app.app.store.read(), id)
                .await?
                .ok_or("no organization")?
                .revision;
            let write = app.app.store.write().await?;
            for number in there.len()..super::MOST {
                let mut place = there[0].clone();
                place.id = Uuid::from_u128(number as u128);
                place.partner_id = format!("x{number}");
                revision = organizations::add_location(&write, id, revision, place).await?;
            }
            let request_id = RequestId::default();
            let entry = sessions::entry(&app.app, &request_id, id, Some(id), "test", id);
            let entry = entry.map_err(|_| "no entry")?;
            write.commit(entry).await?;
            let before = browser.get(&paths::organization(id)).await?;
            assert!(before.body.len() < 1024 * 1024);
            let body = json!({"name": "Contoso Porto", "country": "PT", "address": "Rua 1"});
            let etag = [("if-match", before.header("etag"))];
            let path = paths::locations(id);
            let refused = browser.send("POST", &path, &etag, Some(body)).await?;
            let problem = refused.problem()?;
            assert_eq!(problem.status, 409);
            assert!(problem.detail.contains("1000"), "{}", problem.detail);
            Ok(())
        })
        .await
    }
}
