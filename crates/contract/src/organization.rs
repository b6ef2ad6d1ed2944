//! Organizations and their locations.

use membership_domain::evidence::Verification;
use membership_domain::roles::Role;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A line of the list of the user's organizations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrganizationSummary {
    /// UUIDv7.
    pub id: Uuid,
    /// The PartnerID of the partner global account.
    pub partner_id: String,
    /// Legal name.
    pub name: String,
    /// The user's roles here.
    pub roles: Vec<Role>,
}

/// A partner global account with its locations. Its `ETag` is that of the whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Organization {
    /// UUIDv7.
    pub id: Uuid,
    /// The PartnerID of the partner global account.
    pub partner_id: String,
    /// Legal name.
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Where the vetting of the account stands.
    pub verification: Verification,
    /// In the order of their creation; a new organization has none.
    pub locations: Vec<Location>,
}

/// A partner location account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Location {
    /// UUIDv7.
    pub id: Uuid,
    /// Its own PartnerID.
    pub partner_id: String,
    /// The name of the business at this address.
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Postal address, one line.
    pub address: String,
}

/// A change of company data. What is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OrganizationChange {
    /// Legal name, as on record: 1 to 200 Western European characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// ISO 3166-1 alpha-2; a location must exist there already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// A location to add; it gets its own PartnerID.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewLocation {
    /// 1 to 200 Western European characters.
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// 1 to 300 Western European characters.
    pub address: String,
}
