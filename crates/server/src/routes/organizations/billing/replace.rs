//! `PUT /api/v1/organizations/{organization}/billing-profile`: links it, or changes it.

use std::sync::Arc;

use axum::response::Response;
use membership_contract::paths;
use membership_contract::purchase::{check_tax_id, tidy};
use membership_domain::purchase::profile::BillingProfile;
use membership_store::audit::{Action, Whose, difference};
use membership_store::{billing, organizations};

use super::Billing;
use crate::change::{Change, Done};
use crate::http::body::Body;
use crate::http::problem::{Answer, ApiError};
use crate::write::Tx;

/// Links the billing profile, or changes it for later purchases. Orders and bills that are there
/// keep what they say.
#[utoipa::path(
    put, path = paths::BILLING_PROFILE, tag = "purchases",
    operation_id = "replace_billing_profile", request_body = BillingProfile,
    responses((status = 200, body = BillingProfile, headers(("ETag" = String)))),
)]
pub async fn replace_billing_profile(
    change: Change,
    Body(request): Body<BillingProfile>,
) -> Answer<Response> {
    let (app, id) = (&change.by.app, change.by.member.organization);
    let work = async |write: Tx, before: Arc<Billing>| {
        let organization = organizations::by_id(write.tx(), id).await?;
        let organization = organization.ok_or_else(ApiError::not_found)?;
        let rules = &app.catalog.catalog.billing;
        let errors = check_tax_id(&request, rules, &organization.country);
        if !errors.is_empty() {
            return Err(ApiError::invalid(errors));
        }
        let profile = tidy(&request);
        let known = before.0.as_ref().map(|one| &one.profile);
        if known == Some(&profile) {
            return Ok(None);
        }
        billing::put(&write, id, &profile, app.clock.now()).await?;
        let json = |profile: Option<&BillingProfile>| {
            serde_json::to_value(profile).map_err(ApiError::internal)
        };
        let (was, is) = (json(known)?, json(Some(&profile))?);
        Ok(Some(Done {
            changes: difference(&was, &is, &["email"], &Whose::somebody()),
            ..Done::of(Action::BillingLink, id)
        }))
    };
    change.of(&request, work).await
}
