//! `DELETE /api/v1/organizations/{organization}/locations/{location}`: removes a location.

use std::sync::Arc;

use axum::response::Response;
use membership_contract::organization::Organization;
use membership_contract::paths;
use membership_contract::refusal::{LocationNeed, Refusal};
use membership_domain::evidence::Figure;
use membership_domain::text::name_key;
use membership_store::audit::Action;
use membership_store::evidence;
use membership_store::organizations::{self, Location, Whole};

use super::Named;
use crate::change::{Change, Done};
use crate::http::problem::Answer;
use crate::write::Tx;

/// Removes a location that nothing refers to. Needs the organization's ETag, and answers with the
/// organization.
#[utoipa::path(
    delete, path = paths::LOCATION, tag = "organizations", operation_id = "delete_location",
    responses(
        (status = 200, body = Organization, headers(("ETag" = String))),
        (status = 409, description = "It is the last one, or something refers to it"),
    ),
)]
pub async fn delete_location(change: Change, named: Named) -> Answer<Response> {
    let work = async |write: Tx, before: Arc<Whole>| {
        let gone = named.of(&before)?;
        if let Some(need) = need(&write, &before, gone).await? {
            return Err(Refusal::LocationNeeded(need).into());
        }
        organizations::remove_location(&write, &before.organization, gone.id).await?;
        Ok(Some(Done {
            changes: super::changes(Some(gone), None),
            ..Done::of(Action::LocationRemove, gone.id)
        }))
    };
    change.of(&(), work).await
}

/// What needs the location. Evidence is written under the same lock.
async fn need(write: &Tx, all: &Whole, one: &Location) -> Answer<Option<LocationNeed>> {
    if all.locations.len() == 1 {
        return Ok(Some(LocationNeed::Last));
    }
    if is_only_at_home(all, one) {
        return Ok(Some(LocationNeed::Country));
    }
    let figures = evidence::part(write.tx(), all.organization.id, "figures").await?;
    let figures: Vec<Figure> = figures.map_or_else(|| Ok(Vec::new()), |known| known.rows())?;
    let names = [one.partner_id.clone(), name_key(&one.name)];
    let about = |figure: &Figure| {
        let place = figure.location.as_deref().map(name_key);
        place.is_some_and(|place| names.contains(&place))
    };
    Ok(figures.iter().any(about).then_some(LocationNeed::Figures))
}

/// Whether the organization would be in a country without a location.
pub(super) fn is_only_at_home(all: &Whole, one: &Location) -> bool {
    let home = &all.organization.country;
    let mut others = all.locations.iter().filter(|other| other.id != one.id);
    one.country == *home && !others.any(|other| other.country == *home)
}
