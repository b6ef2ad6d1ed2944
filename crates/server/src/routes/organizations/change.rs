//! `PATCH /api/v1/organizations/{organization}`: changes company data.

use std::sync::Arc;

use axum::response::Response;
use membership_contract::organization::{Organization, OrganizationChange};
use membership_contract::paths;
use membership_contract::refusal::Refusal;
use membership_domain::company::{Company, Effects};
use membership_domain::evidence::Verification;
use membership_store::audit::{Action, Whose, difference};
use membership_store::organizations::{self, Whole};
use serde_json::json;

use crate::change::{Change, Done, Tagged};
use crate::http::body::Body;
use crate::http::problem::{Answer, ApiError};
use crate::write::Tx;

/// Changes company data. What was changed is verified again.
#[utoipa::path(
    patch, path = paths::ORGANIZATION, tag = "organizations", operation_id = "update_organization",
    request_body = OrganizationChange,
    responses(
        (status = 200, body = Organization, headers(("ETag" = String))),
        (status = 409, description = "The account is suspended"),
    ),
)]
pub async fn update_organization(
    change: Change,
    Body(request): Body<OrganizationChange>,
) -> Answer<Response> {
    let work = async |write: Tx, before: Arc<Whole>| {
        let now = before.told();
        let effects = effects(&request, &now)?;
        let (from, to) = (now.company(), request.applied(&now.company()));
        if from == to {
            return Ok(None);
        }
        let before_told = told(&from, now.verification);
        let after_told = told(&to, effects.verification);
        let changes = difference(&before_told, &after_told, &["contact"], &Whose::somebody());
        let detail = json!({"verifies": effects.verifies});
        let changed = organizations::Organization {
            name: to.name,
            country: to.country,
            address: to.address,
            contact: to.contact,
            verification: effects.verification,
            pending: effects.pending,
            ..before.organization.clone()
        };
        organizations::update(&write, changed).await?;
        Ok(Some(Done {
            changes,
            detail,
            ..Done::of(Action::OrganizationChange, now.id)
        }))
    };
    change.of(&request, work).await
}

/// What a change causes, if it can be made.
pub(super) fn effects(request: &OrganizationChange, now: &Organization) -> Answer<Effects> {
    let errors = request.check_against(now);
    if !errors.is_empty() {
        return Err(ApiError::invalid(errors));
    }
    let effects = request.effects(now);
    effects.map_err(|_| Refusal::Suspended.into())
}

/// For the audit log.
fn told(company: &Company, verification: Verification) -> serde_json::Value {
    json!({
        "verification": verification,
        "name": company.name,
        "country": company.country,
        "address": company.address,
        "contact": company.contact,
    })
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use membership_contract::organization::Organization;
    use membership_contract::paths;
    use membership_domain::evidence::Verification;
    use membership_store::audit::{self, Actor, FieldChange};
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

            let trail = audit::of_organization(app.app.store.db(), id, 1).await?;
            assert_eq!(trail[0].action, "organization.change");
            let changes = [
                FieldChange::of("name", "Contoso", "Contoso Consulting"),
                FieldChange::of("verification", "accepted", "pending"),
            ];
            assert_eq!(trail[0].changes, changes);
            assert!(trail[0].session.is_some() && trail[0].actor == Actor::Person);
            assert_eq!(trail[0].request_id, answer.header("x-request-id"));

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
            for nonsense in ["", "*, *", "\"x\"", "W/\"1\""] {
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
