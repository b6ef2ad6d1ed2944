//! Locations of an organization, which share its tag.

pub mod change;
pub mod create;
#[cfg(test)]
mod tests;

use membership_store::organizations::{Location, Whole};

use crate::http::path_id::PathId;
use crate::http::problem::{Answer, ApiError};

/// The location of the address.
pub type Named = PathId<membership_domain::id::Location>;

/// The location, if the organization has it.
fn of(named: Named, organization: &Whole) -> Answer<&Location> {
    let mut places = organization.locations.iter();
    places
        .find(|one| one.id == named.0)
        .ok_or_else(ApiError::not_found)
}
