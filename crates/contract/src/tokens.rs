//! Tokens for machines: what one is made with, and what is known about each.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use membership_domain::id::{LocationId, TokenId};
use membership_domain::json::given;
use membership_domain::roles::{Permission, TokenGrant, TokenState};
use serde::{Deserialize, Serialize};

use crate::check::{Check, Faults};
use crate::problem::FieldError;
use crate::users::scope;

/// A token to make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TokenRequest {
    /// What uses it, for people: 1 to 200 characters.
    pub name: String,
    /// What it may do, one at least, of what the caller may.
    pub permissions: Vec<Permission>,
    /// The locations to which it is limited; absent for the whole organization.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "given"
    )]
    #[cfg_attr(feature = "openapi", schema(nullable = false, value_type = Vec<uuid::Uuid>))]
    pub locations: Option<BTreeSet<LocationId>>,
    /// It works for so many days, from 1 to the catalog's limit.
    pub days: u32,
}

impl TokenRequest {
    /// What it is to have, as the rules have it.
    #[must_use]
    pub fn grant(&self) -> TokenGrant {
        TokenGrant {
            permissions: self.permissions.iter().copied().collect(),
            scope: scope(self.locations.as_ref()),
        }
    }
}

impl Check for TokenRequest {
    fn check(&self) -> Vec<FieldError> {
        let mut faults = Faults::default();
        faults.person("/name", &self.name);
        if self.permissions.is_empty() {
            let detail = "Choose at least one permission.";
            faults.add("/permissions", "empty", detail);
        }
        if self.locations.as_ref().is_some_and(BTreeSet::is_empty) {
            faults.add("/locations", "empty", "Choose at least one location.");
        }
        if self.days == 0 {
            faults.add("/days", "too_small", "Must be at least one day.");
        }
        faults.found()
    }
}

/// A token as the organization sees it. The secret itself is nowhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Token {
    /// UUIDv7.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: TokenId,
    /// What uses it.
    pub name: String,
    /// How the secret begins.
    pub hint: String,
    /// What it may do, while who created it may.
    pub permissions: Vec<Permission>,
    /// The locations to which it is limited; absent for the whole organization.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, value_type = Vec<uuid::Uuid>))]
    pub locations: Option<BTreeSet<LocationId>>,
    /// Whether it is the program owner's, and what it writes is confirmed.
    pub is_feed: bool,
    /// Who created it; absent for the program owner's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub created_by: Option<String>,
    /// When, in real time.
    pub created_at: DateTime<Utc>,
    /// Until when it works, in real time.
    pub expires_at: DateTime<Utc>,
    /// When it was last used, to the minute; absent where it never was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub used_at: Option<DateTime<Utc>>,
    /// How far it is.
    pub state: TokenState,
    /// Permissions that it doesn't have at the moment, because who created it lost them.
    pub suspended: Vec<Permission>,
}

/// A token that was just made.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewToken {
    /// What is known about it.
    pub token: Token,
    /// The secret, for `Authorization: Bearer`. It is told once, and absent where the answer to a
    /// request is given again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub secret: Option<String>,
}

impl std::fmt::Debug for NewToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewToken")
            .field("token", &self.token)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_token_needs_is_said_all_at_once() {
        let right = TokenRequest {
            name: "HR export".to_owned(),
            permissions: vec![Permission::EditEvidence],
            locations: None,
            days: 30,
        };
        assert!(right.check().is_empty());
        let wrong = TokenRequest {
            name: " ".to_owned(),
            permissions: Vec::new(),
            locations: Some(BTreeSet::new()),
            days: 0,
        };
        let at: Vec<String> = wrong.check().into_iter().map(|one| one.pointer).collect();
        assert_eq!(at, ["/name", "/permissions", "/locations", "/days"]);
        let long = TokenRequest {
            name: "x".repeat(201),
            ..right
        };
        assert_eq!(long.check().len(), 1);
    }
}
