//! `POST /api/v1/organizations/{organization}/locations`: adds a location.

use std::sync::Arc;

use axum::response::Response;
use membership_contract::organization::{NewLocation, Organization};
use membership_contract::paths;
use membership_contract::refusal::Refusal;
use membership_domain::text::trimmed;
use membership_store::audit::Action;
use membership_store::organizations::{self, Location, Whole};

use crate::change::{Change, Done};
use crate::http::body::Body;
use crate::http::problem::Answer;
use crate::locations;
use crate::write::Tx;
use crate::{partner_ids, random};

/// So many locations an organization can have: a thousand would be the largest of companies.
const MOST: usize = 1000;

/// Adds a location, which gets a PartnerID of its own. Needs the organization's ETag.
#[utoipa::path(
    post, path = paths::LOCATIONS, tag = "organizations", operation_id = "create_location",
    request_body = NewLocation,
    responses(
        (status = 201, body = Organization, headers(("ETag" = String))),
        (status = 409, description = "There is no room for another one"),
    ),
)]
pub async fn create_location(change: Change, Body(request): Body<NewLocation>) -> Answer<Response> {
    let (store, clock) = (&change.by.app.store, &change.by.app.clock);
    let location = Location {
        id: random::id(clock.real())?,
        partner_id: partner_ids::free(store).await?,
        name: trimmed(&request.name).to_owned(),
        country: request.country.clone(),
        address: trimmed(&request.address).to_owned(),
        created_at: clock.now(),
    };
    let work = async |write: Tx, before: Arc<Whole>| {
        let (there, most) = (before.locations.len(), MOST);
        if there >= most {
            // Every answer about the organization has them all.
            return Err(Refusal::LocationsFull { there, most }.into());
        }
        organizations::add_location(&write, &before.organization, location.clone()).await?;
        Ok(Some(Done {
            changes: locations::changes(None, Some(&location)),
            ..Done::of(Action::LocationAdd, location.id)
        }))
    };
    change.of(&request, work).await
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use membership_contract::organization::Organization;
    use membership_contract::paths;
    use membership_domain::id::LocationId;
    use membership_store::audit::Action;
    use membership_store::organizations;
    use serde_json::json;

    use crate::testing::{Outcome, TestApp};
    use crate::trail;

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
            // Two capital letters alone are no country yet.
            for country in ["Portugal", "XX"] {
                let body = json!({"name": "", "country": country, "address": "адрес"});
                let answer = browser
                    .send("POST", &paths::locations(id), &etag, Some(body))
                    .await?;
                let problem = answer.problem()?;
                let pointers: Vec<_> = problem.errors.iter().map(|e| e.pointer.as_str()).collect();
                assert_eq!(pointers, ["/name", "/country", "/address"]);
                assert!(problem.errors[1].detail.contains(country), "{problem:?}");
            }
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
            let there = organizations::locations(app.app.store.db(), id).await?;
            let write = app.app.store.write().await?;
            for number in there.len()..super::MOST {
                let mut place = there[0].clone();
                place.id = LocationId::from_u128(number as u128);
                place.partner_id = format!("x{number}");
                let current = organizations::lock(&write, id).await?;
                organizations::add_location(&write, &current, place).await?;
            }
            write
                .commit(trail::entry(&app.app.clock, Action::LocationAdd, id)?)
                .await?;
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
