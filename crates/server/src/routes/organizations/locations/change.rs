//! `PATCH /api/v1/organizations/{organization}/locations/{location}`: changes a location.

use std::sync::Arc;

use axum::response::Response;
use membership_contract::organization::{LocationChange, Organization};
use membership_contract::paths;
use membership_contract::refusal::{LocationNeed, Refusal};
use membership_domain::text::trimmed;
use membership_store::audit::Action;
use membership_store::organizations::{self, Location, Whole};

use super::{Named, of};
use crate::change::{Change, Done};
use crate::http::body::Body;
use crate::http::problem::Answer;
use crate::locations;
use crate::write::Tx;

/// Changes a location, which keeps its PartnerID. Needs the organization's ETag.
#[utoipa::path(
    patch, path = paths::LOCATION, tag = "organizations", operation_id = "update_location",
    request_body = LocationChange,
    responses(
        (status = 200, body = Organization, headers(("ETag" = String))),
        (status = 409, description = "It is the only one in the organization's country"),
    ),
)]
pub async fn update_location(
    change: Change,
    named: Named,
    Body(request): Body<LocationChange>,
) -> Answer<Response> {
    let work = async |write: Tx, before: Arc<Whole>| {
        let from = of(named, &before)?;
        let text = |new: &Option<String>, old: &String| match new {
            Some(new) => trimmed(new).to_owned(),
            None => old.clone(),
        };
        let to = Location {
            name: text(&request.name, &from.name),
            country: text(&request.country, &from.country),
            address: text(&request.address, &from.address),
            ..from.clone()
        };
        if to == *from {
            return Ok(None);
        }
        if to.country != from.country && locations::is_only_at_home(&before, from) {
            return Err(Refusal::LocationNeeded(LocationNeed::Country).into());
        }
        let done = Done {
            changes: locations::changes(Some(from), Some(&to)),
            ..Done::of(Action::LocationChange, to.id)
        };
        organizations::change_location(&write, &before.organization, to).await?;
        Ok(Some(done))
    };
    change.of(&request, work).await
}
