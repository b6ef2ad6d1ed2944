//! Organizations, and everything that is one's.

pub mod access;
pub mod assessments;
pub mod change;
pub mod evidence;
pub mod imports;
pub mod list;
pub mod lists;
pub mod locations;
pub mod overview;
pub mod read;

use axum::Json;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use membership_contract::organization::Organization;
use membership_contract::problem::FieldError;
use membership_domain::text::{is_invisible, trimmed};
use membership_store::organizations as stored;
use uuid::Uuid;

use crate::http::etag;
use crate::http::problem::{Answer, Refused};
use crate::{App, conversions};

/// An organization as it is now, and its tag.
async fn current(app: &App, id: Uuid) -> Answer<(Organization, String)> {
    let found = stored::by_id(app.store.read(), id)
        .await?
        .ok_or_else(Refused::not_found)?;
    let locations = stored::locations(app.store.read(), id).await?;
    let tag = etag::of_revision(found.revision);
    Ok((conversions::organization(found, locations)?, tag))
}

/// The organization's revision that the writer knows; 412 with the current one if it is none.
async fn expected(app: &App, id: Uuid, headers: &axum::http::HeaderMap) -> Answer<i64> {
    match etag::expected(headers)?.and_then(|tag| tag.parse().ok()) {
        Some(revision) => Ok(revision),
        None => Err(stale(app, id).await),
    }
}

async fn stale(app: &App, id: Uuid) -> Refused {
    match current(app, id).await {
        Ok((organization, tag)) => match serde_json::to_string(&organization) {
            Ok(current) => etag::stale(current, &tag),
            Err(error) => Refused::internal(error),
        },
        Err(refused) => refused,
    }
}

/// The organization with its tag, as every answer about it is sent.
fn tagged((organization, tag): (Organization, String)) -> Response {
    ([(header::ETAG, tag)], Json(organization)).into_response()
}

/// A company's name or address: Western European characters, as the registries have them.
pub(crate) fn check_text(pointer: &str, text: &str, longest: usize, errors: &mut Vec<FieldError>) {
    let western = |c: char| matches!(c, ' '..='~' | '\u{a0}'..='\u{17f}' | '‘'..='”' | '–' | '€');
    let length = trimmed(text).chars().count();
    if length == 0 {
        errors.push(FieldError::new(pointer, "empty", "Enter a text."));
    } else if length > longest {
        let detail = format!("At most {longest} characters; these are {length}.");
        errors.push(FieldError::new(pointer, "too_long", detail));
    } else if let Some(other) = text.chars().find(|c| !western(*c) || is_invisible(*c)) {
        let detail = format!("Western European characters only; this is none: {other:?}.");
        errors.push(FieldError::new(pointer, "characters", detail));
    }
}

/// A country's code.
pub(crate) fn check_country(pointer: &str, country: &str, errors: &mut Vec<FieldError>) {
    if country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_uppercase()) {
        let detail = "Two capital letters, as in ISO 3166-1: PT.";
        errors.push(FieldError::new(pointer, "country", detail));
    }
}
