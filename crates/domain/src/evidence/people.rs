//! People and what they are certified in.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Authority;
use crate::catalog::Certificate;
use crate::text::{read_optional, read_trimmed};

/// Somebody who works for the partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Id, unique within the evidence.
    #[serde(deserialize_with = "read_trimmed")]
    pub id: String,
    /// Full name.
    #[serde(deserialize_with = "read_trimmed")]
    pub name: String,
    /// Work address.
    #[serde(
        default,
        deserialize_with = "read_optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub email: Option<String>,
    /// The day on which the person linked the learning profile to the organization; without a
    /// link the person does not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub linked_on: Option<NaiveDate>,
    /// The day on which the person left, where known: nothing counts from then on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_on: Option<NaiveDate>,
    /// The certificates held, also expired ones.
    #[serde(default)]
    pub certificates: Vec<Held>,
}

/// A certificate that a person holds or held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = HeldCertificate))]
#[serde(deny_unknown_fields)]
pub struct Held {
    /// The certificate's id in the catalog.
    pub certificate: String,
    /// The day it was earned.
    pub completed_on: NaiveDate,
    /// The last day it is valid; absent where it does not expire.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<NaiveDate>,
    /// The day on which this became known, where it differs from when it was earned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known_on: Option<NaiveDate>,
    /// Where this is known from: a file's name, `api`, `entered`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Authority::is_claimed")]
    pub authority: Authority,
}

impl Held {
    /// The last day it is valid: as reported, or as the catalog's validity makes it; `None` where
    /// it does not expire.
    #[must_use]
    pub fn last_day(&self, certificate: &Certificate) -> Option<NaiveDate> {
        self.expires_on.or_else(|| {
            self.completed_on
                .checked_add_months(Months::new(certificate.valid_months?))
        })
    }
}
