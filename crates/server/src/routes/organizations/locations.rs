//! Locations of an organization, which share its tag.

pub mod change;
pub mod create;
#[cfg(test)]
mod tests;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use membership_domain::id::{LocationId, OrganizationId};
use membership_store::organizations::{Location, Whole};

use crate::App;
use crate::http::problem::{Answer, ApiError};
use crate::openapi::takes::{Taken, Takes};

/// The location of the address.
#[derive(Clone, Copy, Debug)]
pub struct Named(LocationId);

impl FromRequestParts<App> for Named {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Answer<Self> {
        let path = Path::<(OrganizationId, LocationId)>::from_request_parts(parts, app).await;
        let Path((_, location)) = path.map_err(|_| ApiError::not_found())?;
        Ok(Self(location))
    }
}

impl Takes for Named {
    fn add(taken: &mut Taken) {
        Path::<()>::add(taken);
    }
}

impl Named {
    /// The location, if the organization has it.
    fn of(self, organization: &Whole) -> Answer<&Location> {
        let mut places = organization.locations.iter();
        places
            .find(|one| one.id == self.0)
            .ok_or_else(ApiError::not_found)
    }
}
