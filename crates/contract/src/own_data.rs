//! What is known about one person, for that person.

use chrono::{DateTime, Utc};
use membership_domain::id::UserId;
use serde::{Deserialize, Serialize};

use crate::account::OwnSession;
use crate::audit::AuditEntry;
use crate::users::UserRole;

/// All of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnData {
    /// When it was put together, by the server's clock.
    pub at: DateTime<Utc>,
    /// The account.
    pub account: OwnAccount,
    /// Where one is signed in.
    pub sessions: Vec<OwnSession>,
    /// The organizations that one belongs or belonged to.
    pub organizations: Vec<OwnMembership>,
    /// Emails of the last 90 days.
    pub emails: Vec<OwnEmail>,
    /// What one did and what was done for one, newest first; of each organization 1,000 of both at
    /// most. Others have names in it where one still belongs to the organization.
    pub log: Vec<OwnEntry>,
}

/// The account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnAccount {
    /// UUIDv7.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Email that one signs in with.
    pub email: String,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// Whether two-step sign-in is on.
    pub has_second_factor: bool,
}

/// An organization that one belongs or belonged to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnMembership {
    /// Its name.
    pub organization: String,
    /// Its PartnerID.
    pub partner_id: String,
    /// Since when.
    pub joined_at: DateTime<Utc>,
    /// Last sign-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub signed_in_at: Option<DateTime<Utc>>,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub removed_at: Option<DateTime<Utc>>,
    /// Roles, and who gave them when.
    pub roles: Vec<UserRole>,
    /// What one asked for.
    pub requests: Vec<OwnRequest>,
}

/// Something that one asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnRequest {
    /// The role, or the id of the location.
    pub subject: String,
    /// Why, in one's own words.
    pub reason: String,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// How far it is.
    pub state: membership_domain::request::RequestState,
    /// Why not.
    pub note: String,
}

/// An email that was sent to one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnEmail {
    /// What for.
    pub purpose: String,
    /// When it was queued.
    pub queued_at: DateTime<Utc>,
    /// When the mail server took it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub sent_at: Option<DateTime<Utc>>,
}

/// An entry of the audit log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnEntry {
    /// Of which organization; absent for what is about the account alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub organization: Option<String>,
    /// The entry.
    pub entry: AuditEntry,
}
