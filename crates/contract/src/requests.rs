//! Requests that somebody decides: for a role, for the removal of a location.

use membership_domain::id::{LocationId, RequestId, UserId};
use membership_domain::json::given;
use membership_domain::request::{RequestKind, RequestState};
use membership_domain::roles::Role;
use membership_domain::text::trimmed;
use serde::{Deserialize, Serialize};

use crate::check::{Check, Faults};
use crate::problem::FieldError;

/// So many characters a reason or a note has.
pub const LONGEST_REASON: usize = 1000;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewRequest {
    /// The role, for oneself; or absent.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "given"
    )]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub role: Option<Role>,
    /// The location to remove; or absent.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "given"
    )]
    #[cfg_attr(feature = "openapi", schema(nullable = false, value_type = uuid::Uuid))]
    pub location: Option<LocationId>,
    /// Why: 1 to 1,000 characters.
    pub reason: String,
}

impl Check for NewRequest {
    fn check(&self) -> Vec<FieldError> {
        let mut faults = Faults::default();
        if self.role.is_some() == self.location.is_some() {
            let detail = "Name either a role or a location.";
            faults.add("/role", "either", detail);
        }
        if trimmed(&self.reason).is_empty() {
            faults.add("/reason", "empty", "Say why.");
        }
        faults.words("/reason", &self.reason);
        faults.found()
    }
}

/// A request as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessRequest {
    /// UUIDv7.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: RequestId,
    /// What is asked for.
    pub kind: RequestKind,
    /// The role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub role: Option<Role>,
    /// The location.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, value_type = uuid::Uuid))]
    pub location: Option<LocationId>,
    /// What the location is called; absent where it is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub location_name: Option<String>,
    /// Why, in the words of who asks.
    pub reason: String,
    /// Who asks.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub asked_by: UserId,
    /// Their name.
    pub asked_by_name: String,
    /// When (RFC 3339). A text here: to parse one is 5 kB in a page that everybody loads.
    #[cfg_attr(feature = "openapi", schema(value_type = chrono::DateTime<chrono::Utc>))]
    pub asked_at: String,
    /// How far it is.
    pub state: RequestState,
    /// Who decided, where a person of the organization did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub decided_by: Option<String>,
    /// What was said with the decision; empty for nothing.
    pub note: String,
    /// Whether the caller may decide it.
    pub is_yours: bool,
}

/// The requests of an organization that the caller may see, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessRequests {
    /// At most 200, those that wait first.
    pub items: Vec<AccessRequest>,
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RequestDecision {
    /// Yes or no.
    pub approve: bool,
    /// What is said with it; needed with a no.
    #[serde(default)]
    pub note: String,
}

impl Check for RequestDecision {
    fn check(&self) -> Vec<FieldError> {
        let mut faults = Faults::default();
        if !self.approve && trimmed(&self.note).is_empty() {
            faults.add("/note", "empty", "Say why not.");
        }
        faults.words("/note", &self.note);
        faults.found()
    }
}

impl Faults {
    /// Something that somebody says in their own words.
    fn words(&mut self, pointer: &str, words: &str) {
        let length = words.chars().count();
        if length > LONGEST_REASON {
            let detail = format!("At most {LONGEST_REASON} characters; this has {length}.");
            self.add(pointer, "too_long", detail);
        } else if words.contains('\0') {
            self.add(
                pointer,
                "characters",
                "Write text without invisible characters.",
            );
        }
    }
}
