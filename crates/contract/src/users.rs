//! People who can act for an organization, and their roles.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use membership_domain::id::{LocationId, UserId};
use membership_domain::json::given;
use membership_domain::member::MemberState;
use membership_domain::roles::{Grant, Role, Scope};
use serde::{Deserialize, Serialize};

use crate::check::{Check, Faults};
use crate::problem::FieldError;

/// A role of a person, and where it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserRole {
    /// Which.
    pub role: Role,
    /// The locations at which it holds; absent where that is the whole organization.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, value_type = Vec<uuid::Uuid>))]
    pub locations: Option<BTreeSet<LocationId>>,
    /// The role with which it comes, where nobody gave it by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub comes_with: Option<Role>,
    /// Who gave it; absent where nobody of the organization did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub granted_by: Option<String>,
    /// When it was given; absent where it comes with another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub granted_at: Option<DateTime<Utc>>,
}

impl UserRole {
    /// As the rules have it.
    #[must_use]
    pub fn grant(&self) -> Grant {
        Grant {
            role: self.role,
            scope: scope(self.locations.as_ref()),
        }
    }
}

/// The scope that these locations say; the whole organization where none are named.
#[must_use]
pub fn scope(locations: Option<&BTreeSet<LocationId>>) -> Scope {
    match locations {
        None => Scope::Organization,
        Some(all) => Scope::Locations(all.clone()),
    }
}

/// A line of the list of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserRow {
    /// UUIDv7.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: UserId,
    /// As the person writes it.
    pub name: String,
    /// Lower case.
    pub email: String,
    /// Whether this is the caller.
    pub is_you: bool,
    /// In the order in which roles are shown.
    pub roles: Vec<UserRole>,
    /// Whether they can act for the organization.
    pub state: MemberState,
    /// Whether signing in takes a second factor.
    pub has_second_factor: bool,
    /// In real time; absent for somebody who never signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub signed_in_at: Option<DateTime<Utc>>,
}

/// A page of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserPage {
    /// At most as many as `limit` asked for.
    pub items: Vec<UserRow>,
    /// So many there are on all pages.
    pub total: u64,
    /// So many can act for the organization, whatever was asked for.
    pub active: u64,
    /// So many of those have no second factor.
    pub without_second_factor: u64,
    /// Pass it as `cursor` to go on; absent at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub next: Option<String>,
}

/// One person of an organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserDetail {
    /// As in the list.
    pub user: UserRow,
    /// Since when they are a member.
    pub joined_at: DateTime<Utc>,
    /// Since when they are deactivated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub deactivated_at: Option<DateTime<Utc>>,
    /// Who deactivated them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub deactivated_by: Option<String>,
    /// Since when they are no member any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub removed_at: Option<DateTime<Utc>>,
    /// Roles that nobody else has and the organization needs: they can't be taken.
    pub only_holder_of: Vec<Role>,
    /// Roles that come with others and were taken.
    pub withheld: Vec<Role>,
    /// Browsers in which they are signed in.
    pub open_sessions: u64,
    /// Name and email are erased so many days after they were removed.
    pub erased_after_days: u32,
    /// Why the mail server did not take the last email to them, in its own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub mail_refused: Option<String>,
}

/// Where a role shall hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RoleRequest {
    /// The locations, one at least; absent for the whole organization.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "given"
    )]
    #[cfg_attr(feature = "openapi", schema(nullable = false, value_type = Vec<uuid::Uuid>))]
    pub locations: Option<BTreeSet<LocationId>>,
}

impl Check for RoleRequest {
    fn check(&self) -> Vec<FieldError> {
        let mut faults = Faults::default();
        if self.locations.as_ref().is_some_and(BTreeSet::is_empty) {
            faults.add("/locations", "empty", "Choose at least one location.");
        }
        faults.found()
    }
}
