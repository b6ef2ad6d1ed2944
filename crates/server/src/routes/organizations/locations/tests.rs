//! Changing locations, and removing them by request.

use axum::http::StatusCode;
use membership_contract::organization::{Location, Organization};
use membership_contract::paths;
use membership_contract::requests::{AccessRequest, AccessRequests};
use membership_domain::id::{LocationId, OrganizationId};
use membership_domain::request::RequestState;
use membership_domain::roles::Role;
use membership_store::audit::{Action, Actor};
use membership_store::users;
use serde_json::{Value, json};

use crate::cli::request;
use crate::testing::{Answer, Browser, Outcome, TestApp};

const EDITOR: &str = "account-admin@contoso.example";

async fn ask(browser: &Browser, id: OrganizationId, location: LocationId) -> Outcome<Answer> {
    let body = json!({"location": location, "reason": "We closed it."});
    browser.post(&paths::requests(id), body).await
}

/// The locations of Contoso: at home in the US, and in Canada.
async fn places(browser: &Browser, id: OrganizationId) -> Outcome<(Location, Location, String)> {
    let answer = browser.get(&paths::organization(id)).await?;
    let all: Organization = answer.json()?;
    let at = |country: &str| {
        all.locations
            .iter()
            .find(|one| one.country == country)
            .cloned()
    };
    let (home, abroad) = (at("US").ok_or("home")?, at("CA").ok_or("abroad")?);
    Ok((home, abroad, answer.header("etag").to_owned()))
}

#[tokio::test]
async fn a_location_changes_keeps_its_partner_id_and_goes_by_request() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(EDITOR).await?;
        let id = app.organization("Contoso").await?;
        let (_, abroad, tag) = places(&browser, id).await?;
        let path = paths::location(id, abroad.id);
        let body = json!({"name": " Contoso Ottawa ", "address": "1 Rideau Street, Ottawa"});
        let answer = browser.patch(&path, &tag, body.clone()).await?;
        let after: Organization = answer.json()?;
        let now = after
            .locations
            .iter()
            .find(|one| one.id == abroad.id)
            .ok_or("there")?;
        assert_eq!(
            (now.name.as_str(), &now.partner_id),
            ("Contoso Ottawa", &abroad.partner_id)
        );
        assert_eq!(now.country, "CA", "what is absent stays");
        let same = browser.patch(&path, "*", body).await?;
        assert_eq!(
            same.header("etag"),
            answer.header("etag"),
            "nothing changed"
        );
        let told = app.told("location.change", 1).await?;
        assert_eq!((told.len(), told[0].action), (1, Action::LocationChange));

        assert_eq!(browser.delete(&path).await?.problem()?.status, 405);
        let asked: AccessRequest = ask(&browser, id, abroad.id).await?.json()?;
        assert_eq!(asked.state, RequestState::Pending);
        let (_, still, _) = places(&browser, id).await?;
        assert_eq!(still.id, abroad.id, "until the program owner decides");
        let said = request::decide(&app.app, asked.id, None).await?;
        assert_eq!(said, "Removed the location Contoso Ottawa.");
        let left = browser.get(&paths::organization(id)).await?;
        let left: Organization = left.json()?;
        assert!(left.locations.iter().all(|one| one.id != abroad.id));
        let told = app.told("location.remove", 1).await?;
        assert_eq!(told[0].subject, abroad.id.to_string());
        assert_eq!((told[0].actor, told[0].user), (Actor::Operator, None));
        assert_eq!(told[0].organization, Some(id));
        // Decided is decided, and what is gone is gone.
        let again = request::decide(&app.app, asked.id, Some("No.")).await;
        assert!(again.is_err_and(|error| error.to_string().contains("no request")));
        let change = browser.patch(&path, "*", json!({"name": "A"})).await?;
        for again in [ask(&browser, id, abroad.id).await?, change] {
            assert_eq!(again.problem()?.status, 404);
        }
        let own = browser.get(&paths::requests(id)).await?;
        let own: AccessRequests = own.json()?;
        assert_eq!(own.items[0].state, RequestState::CarriedOut);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_location_that_something_refers_to_stays() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in("global-admin@contoso.example").await?;
        let id = app.organization("Contoso").await?;
        let (home, abroad, tag) = places(&browser, id).await?;
        let at_home = paths::location(id, home.id);
        let told = async |answer: Outcome<Answer>| -> Outcome<String> {
            let problem = answer?.problem()?;
            assert_eq!((problem.status, problem.code.as_str()), (409, "conflict"));
            Ok(problem.detail)
        };
        let country = told(ask(&browser, id, home.id).await).await?;
        assert!(country.contains("country"), "{country}");
        let moved = browser.patch(&at_home, "*", json!({"country": "CA"})).await;
        assert_eq!(told(moved).await?, country);

        let figures = paths::evidence_part(id, "figures");
        let before = browser.get(&figures).await?;
        for place in [abroad.partner_id.clone(), abroad.name.to_uppercase()] {
            let mut rows: Value = before.json()?;
            let row = json!({"key": "surface-training", "value": "3", "reported_on": "2023-10-01",
                "location": place, "region": "CA"});
            if let Some(rows) = rows.as_array_mut() {
                rows.push(row);
            }
            app.put_part(id, "figures", &rows).await?;
            let figures = told(ask(&browser, id, abroad.id).await).await?;
            assert!(figures.contains("evidence"), "{figures}");
        }
        app.put_part(id, "figures", &before.json()?).await?;
        assert_eq!(
            browser.get(&paths::organization(id)).await?.header("etag"),
            tag
        );
        // What comes to need it after the request keeps it as well.
        let asked: AccessRequest = ask(&browser, id, abroad.id).await?.json()?;
        let viewer = users::by_email(app.app.store.db(), "report-viewer@contoso.example").await?;
        let viewer = viewer.ok_or("no account")?.id;
        let role = paths::user_role(id, viewer, Role::ReportViewer);
        let here = json!({"locations": [abroad.id]});
        assert_eq!(browser.put(&role, here).await?.status, StatusCode::OK);
        let kept = request::decide(&app.app, asked.id, None).await;
        let kept = kept.err().map(|error| error.to_string());
        assert!(kept.is_some_and(|said| said.contains("are limited to this location")));
        assert_eq!(browser.put(&role, json!({})).await?.status, StatusCode::OK);
        let refused = request::decide(&app.app, asked.id, Some("Merge it first.")).await?;
        assert!(refused.starts_with("Refused to remove"));
        let asked: AccessRequest = ask(&browser, id, abroad.id).await?.json()?;
        request::decide(&app.app, asked.id, None).await?;
        let last = told(ask(&browser, id, home.id).await).await?;
        assert!(last.contains("last"), "{last}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_location_of_others_is_not_there() -> Outcome {
    TestApp::each(async |app| {
        let stranger = app.signed_in("global-admin@northwind.example").await?;
        let own = app.organization("Northwind").await?;
        let browser = app.signed_in(EDITOR).await?;
        let contoso = app.organization("Contoso").await?;
        let (home, ..) = places(&browser, contoso).await?;
        for path in [
            paths::location(own, home.id),
            paths::location(contoso, home.id),
            format!("{}/not-an-id", paths::locations(own)),
        ] {
            let change = stranger.patch(&path, "*", json!({"name": "Mine"})).await?;
            assert_eq!(change.problem()?.status, 404);
        }
        assert_eq!(ask(&stranger, own, home.id).await?.problem()?.status, 404);
        assert_eq!(
            ask(&stranger, contoso, home.id).await?.problem()?.status,
            404
        );
        let seller = app.signed_in("sales-agent@contoso.example").await?;
        let path = paths::location(contoso, home.id);
        let change = seller.patch(&path, "*", json!({"name": "Mine"})).await?;
        assert_eq!(change.problem()?.status, 403);
        assert_eq!(ask(&seller, contoso, home.id).await?.problem()?.status, 403);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn who_asks_for_the_same_gets_the_same_answer() -> Outcome {
    TestApp::each(async |app| {
        let id = app.organization("Contoso").await?;
        let (one, other) = (
            app.signed_in(EDITOR).await?,
            app.signed_in("global-admin@contoso.example").await?,
        );
        let (_, abroad, _) = places(&one, id).await?;
        let asked: AccessRequest = ask(&one, id, abroad.id).await?.json()?;
        assert_eq!(
            ask(&other, id, abroad.id).await?.status,
            StatusCode::CREATED
        );
        request::decide(&app.app, asked.id, None).await?;
        let own: AccessRequests = other.get(&paths::requests(id)).await?.json()?;
        assert_eq!(own.items[0].state, RequestState::CarriedOut);
        assert_eq!(app.told("request.approve", 2).await?.len(), 2);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_invitation_for_a_location_keeps_it() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in("global-admin@contoso.example").await?;
        let id = app.organization("Contoso").await?;
        let (_, abroad, _) = places(&browser, id).await?;
        let body = json!({
            "emails": ["ines@contoso.example"],
            "roles": [{"role": "report_viewer", "locations": [abroad.id]}],
        });
        let invited = browser.post(&paths::invitations(id), body).await?;
        assert_eq!(invited.status, StatusCode::CREATED);
        let problem = ask(&browser, id, abroad.id).await?.problem()?;
        assert_eq!(problem.status, 409);
        assert!(problem.detail.contains("invitations"), "{}", problem.detail);
        Ok(())
    })
    .await
}
