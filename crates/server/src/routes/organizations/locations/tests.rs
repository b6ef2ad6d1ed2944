//! Changing and removing locations.

use axum::http::StatusCode;
use membership_contract::organization::{Location, Organization};
use membership_contract::paths;
use membership_domain::id::OrganizationId;
use membership_store::audit::Action;
use serde_json::{Value, json};

use crate::testing::{Answer, Browser, Outcome, TestApp};

const EDITOR: &str = "account-admin@contoso.example";

async fn remove(browser: &Browser, path: &str, tag: &str) -> Outcome<Answer> {
    browser
        .send("DELETE", path, &[("if-match", tag)], None)
        .await
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
async fn a_location_changes_keeps_its_partner_id_and_goes() -> Outcome {
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

        assert_eq!(remove(&browser, &path, &tag).await?.problem()?.status, 412);
        let gone = remove(&browser, &path, answer.header("etag")).await?;
        let left: Organization = gone.json()?;
        assert!(left.locations.iter().all(|one| one.id != abroad.id));
        assert_eq!(
            app.told("location.remove", 1).await?[0].subject,
            abroad.id.to_string()
        );
        for again in [
            remove(&browser, &path, "*").await?,
            browser.patch(&path, "*", json!({"name": "A"})).await?,
        ] {
            assert_eq!(again.problem()?.status, 404);
        }
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
        let (home, away) = (paths::location(id, home.id), paths::location(id, abroad.id));
        let told = async |answer: Outcome<Answer>| -> Outcome<String> {
            let problem = answer?.problem()?;
            assert_eq!((problem.status, problem.code.as_str()), (409, "conflict"));
            Ok(problem.detail)
        };
        let country = told(remove(&browser, &home, "*").await).await?;
        assert!(country.contains("country"), "{country}");
        let moved = browser.patch(&home, "*", json!({"country": "CA"})).await;
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
            let figures = told(remove(&browser, &away, "*").await).await?;
            assert!(figures.contains("evidence"), "{figures}");
        }
        app.put_part(id, "figures", &before.json()?).await?;
        assert_eq!(
            browser.get(&paths::organization(id)).await?.header("etag"),
            tag
        );
        assert_eq!(remove(&browser, &away, &tag).await?.status, StatusCode::OK);
        let last = told(remove(&browser, &home, "*").await).await?;
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
            assert_eq!(remove(&stranger, &path, "*").await?.problem()?.status, 404);
            let change = stranger.patch(&path, "*", json!({"name": "Mine"})).await?;
            assert_eq!(change.problem()?.status, 404);
        }
        let seller = app.signed_in("sales-agent@contoso.example").await?;
        let path = paths::location(contoso, home.id);
        assert_eq!(remove(&seller, &path, "*").await?.problem()?.status, 403);
        Ok(())
    })
    .await
}
