//! Signing in, and who is signed in.

use membership_domain::id::{OrganizationId, UserId};
use membership_domain::roles::Role;
use membership_domain::text::trimmed;
use serde::{Deserialize, Serialize};

use crate::account::check_code;
use crate::check::{Check, Faults, LONGEST_EMAIL, LONGEST_PASSWORD};
use crate::problem::FieldError;

/// What a person types to sign in with a local account.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignInRequest {
    /// Upper and lower case are the same.
    pub email: String,
    /// As it is, spaces included; at most 1,024 bytes.
    pub password: String,
    /// A code of the authenticator app, or a recovery code, for an account that has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

impl Check for SignInRequest {
    fn check(&self) -> Vec<FieldError> {
        let mut faults = Faults::default();
        let email = trimmed(&self.email);
        if email.is_empty() {
            faults.add("/email", "empty", "Enter your email.");
        } else if email.len() > LONGEST_EMAIL {
            faults.add("/email", "too_long", "The email is too long.");
        } else if email.contains(char::is_control) {
            // A database may refuse them, and no address has them.
            let detail = "Enter your email without invisible characters.";
            faults.add("/email", "unexpected", detail);
        }
        if self.password.is_empty() {
            faults.add("/password", "empty", "Enter your password.");
        } else if self.password.len() > LONGEST_PASSWORD {
            faults.add("/password", "too_long", "At most 1,024 bytes.");
        }
        if let Some(code) = &self.code {
            check_code(&mut faults, "/code", code);
        }
        faults.found()
    }
}

impl std::fmt::Debug for SignInRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SignInRequest { .. }")
    }
}

/// Who is signed in, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// The person.
    pub user: User,
    /// Every organization in which the person has an account, by name.
    pub organizations: Vec<SessionOrganization>,
    /// When the session ends even if it is used (RFC 3339); in real time, also in a demo. It is a
    /// text here: no page reads it, and to parse one is 5 kB in the program that is loaded first.
    #[cfg_attr(feature = "openapi", schema(value_type = chrono::DateTime<chrono::Utc>))]
    pub expires: String,
}

/// A person with an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct User {
    /// UUIDv7.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: UserId,
    /// As the person writes it.
    pub name: String,
    /// Lower case.
    pub email: String,
}

/// An organization as one of its users has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionOrganization {
    /// UUIDv7.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: OrganizationId,
    /// Legal name.
    pub name: String,
    /// The PartnerID of the partner global account.
    pub partner_id: String,
    /// The user's roles here; ask [`Role::may`] what they allow.
    pub roles: Vec<Role>,
    /// The organization asks its admins for two-step sign-in, and the user has none: it shows
    /// nothing until then.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub second_factor_missing: bool,
}
