//! `GET /api/v1/organizations`: the organizations in which the user has a role.

use axum::Json;
use axum::extract::State;
use membership_contract::organization::OrganizationSummary;
use membership_contract::page::Page;
use membership_contract::paths;
use membership_domain::id::OrganizationId;
use membership_store::{grants, organizations};

use crate::http::problem::Answer;
use crate::sessions::Caller;
use crate::{App, conversions};

/// The organizations in which the user has a role, by name.
///
/// One page: nobody has roles in more organizations than fit on it.
#[utoipa::path(
    get, path = paths::ORGANIZATIONS, tag = "organizations", operation_id = "list_organizations",
    responses((status = 200, body = Page<OrganizationSummary>)),
)]
pub async fn list_organizations(
    State(app): State<App>,
    caller: Caller,
) -> Answer<Json<Page<OrganizationSummary>>> {
    let mut held = grants::of_user(app.store.db(), caller.user.id).await?;
    let ids: Vec<OrganizationId> = held.keys().copied().collect();
    let found = organizations::by_ids(app.store.db(), &ids).await?;
    let items = found.into_iter().map(|one| {
        let held = held.remove(&one.id).unwrap_or_default();
        conversions::summary(one, &held)
    });
    Ok(Json(Page {
        items: items.collect(),
        next: None,
    }))
}

#[cfg(test)]
mod tests {
    use membership_contract::organization::OrganizationSummary;
    use membership_contract::page::Page;
    use membership_contract::paths;

    use crate::testing::{Outcome, TestApp};

    #[tokio::test]
    async fn only_ones_own_are_listed() -> Outcome {
        TestApp::each(async |app| {
            for (email, expected) in [
                ("advisor@fabrikam.example", vec!["Contoso", "Northwind"]),
                ("global-admin@tailspin.example", vec!["Tailspin"]),
            ] {
                let browser = app.signed_in(email).await?;
                let page: Page<OrganizationSummary> =
                    browser.get(paths::ORGANIZATIONS).await?.json()?;
                let names: Vec<_> = page.items.iter().map(|one| one.name.as_str()).collect();
                assert_eq!(names, expected);
                assert!(page.items.iter().all(|one| !one.roles.is_empty()));
            }
            Ok(())
        })
        .await
    }
}
