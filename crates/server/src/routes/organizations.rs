//! Organizations, and everything that is one's.

pub mod access;
pub mod assessments;
pub mod change;
pub mod evidence;
pub mod imports;
pub mod list;
pub mod lists;
pub mod locations;
pub mod read;

use membership_contract::organization::Organization;
use membership_contract::problem::FieldError;
use membership_domain::text::{is_invisible, trimmed};
use membership_store::organizations::{self, Whole};
use membership_store::{StoreError, Write};
use uuid::Uuid;

use crate::change::Tagged;
use crate::conversions;
use crate::http::etag;
use crate::http::problem::Answer;

impl Tagged for Whole {
    type Told = Organization;

    async fn lock(write: &Write, organization: Uuid) -> Result<Self, StoreError> {
        organizations::lock_whole(write, organization).await
    }

    fn tag(&self) -> String {
        etag::of_revision(self.organization.revision)
    }

    fn told(&self) -> Answer<Organization> {
        conversions::organization(self.organization.clone(), self.locations.clone())
    }
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
