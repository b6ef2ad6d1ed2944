//! The id that an address has beside its organization's.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use membership_domain::Id;
use membership_domain::id::OrganizationId;

use super::problem::{Answer, ApiError};
use crate::App;
use crate::openapi::takes::{Taken, Takes};

/// `{order}` of `/organizations/{organization}/orders/{order}`: 404 where there can be none like it.
#[derive(Debug)]
pub struct PathId<T>(pub Id<T>);

// Not derived: that would ask of `T` what is asked of an id.
impl<T> Clone for PathId<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for PathId<T> {}

impl<T> FromRequestParts<App> for PathId<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Answer<Self> {
        let path = Path::<(OrganizationId, Id<T>)>::from_request_parts(parts, app).await;
        let Path((_, id)) = path.map_err(|_| ApiError::not_found())?;
        Ok(Self(id))
    }
}

/// `{entry}` of `/operator/bank-entries/{entry}`, of an address without an organization.
#[derive(Debug)]
pub struct OnlyId<T>(pub Id<T>);

impl<T> FromRequestParts<App> for OnlyId<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Answer<Self> {
        let path = Path::<Id<T>>::from_request_parts(parts, app).await;
        let Path(id) = path.map_err(|_| ApiError::not_found())?;
        Ok(Self(id))
    }
}

impl<T> Takes for OnlyId<T> {
    fn add(taken: &mut Taken) {
        Path::<()>::add(taken);
    }
}

impl<T> Takes for PathId<T> {
    fn add(taken: &mut Taken) {
        Path::<()>::add(taken);
    }
}
