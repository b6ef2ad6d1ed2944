//! One-time links: what they are for, and what they do.

use membership_domain::link::{LinkPurpose, LinkState};
use serde::{Deserialize, Serialize};

use crate::account::{check_new_password, secret};
use crate::check::{Check, Faults};
use crate::problem::FieldError;

/// So many characters a token of a link has at most: more than ours have.
const LONGEST_TOKEN: usize = 128;

secret!(LinkToken PasswordResetUse);

/// The token of a link, as every request has it that looks at one or uses one.
pub fn check_token(faults: &mut Faults, token: &str) {
    let ours = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if token.is_empty() || token.len() > LONGEST_TOKEN || !token.chars().all(ours) {
        let detail = "Send the part of the link's address that follows the #.";
        faults.add("/token", "unexpected", detail);
    }
}

/// What is wrong with the name and the password of an account that a link makes.
#[must_use]
pub fn check_new_account(name: &str, password: &str) -> Vec<FieldError> {
    let mut faults = Faults::default();
    faults.person("/name", name);
    check_new_password(&mut faults, "/password", password);
    faults.found()
}

/// What a link carries.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LinkToken {
    /// What follows the `#` in the link's address.
    pub token: String,
}

impl Check for LinkToken {
    fn check(&self) -> Vec<FieldError> {
        let mut faults = Faults::default();
        check_token(&mut faults, &self.token);
        faults.found()
    }
}

/// What a link is for, and what it may still do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkLook {
    /// What it is for.
    pub purpose: LinkPurpose,
    /// Only an issued one can be used.
    pub state: LinkState,
    /// To which address it was sent.
    pub email: String,
    /// The name of the organization that it is about.
    pub organization: Option<String>,
    /// Whether the address has an account already; only said of an invitation.
    pub has_account: bool,
    /// Whether the recipient can request a newer one.
    pub renewable: bool,
}

/// Asks for a link to reset a password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PasswordResetRequest {
    /// Upper and lower case are the same.
    pub email: String,
}

impl Check for PasswordResetRequest {
    fn check(&self) -> Vec<FieldError> {
        let mut faults = Faults::default();
        faults.email("/email", &self.email);
        faults.found()
    }
}

/// Sets a password with the link that was mailed for it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PasswordResetUse {
    /// What follows the `#` in the link's address.
    pub token: String,
    /// At least 12 characters, at most 1,024 bytes.
    pub password: String,
}

impl Check for PasswordResetUse {
    fn check(&self) -> Vec<FieldError> {
        let mut faults = Faults::default();
        check_token(&mut faults, &self.token);
        check_new_password(&mut faults, "/password", &self.password);
        faults.found()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_what_an_address_can_have() {
        let token = |token: &str| LinkToken {
            token: token.to_owned(),
        };
        assert!(token("aZ09-_").check().is_empty());
        for wrong in ["", "a b", "a/b", "é", &"a".repeat(129)] {
            let found = token(wrong).check();
            assert_eq!(found.len(), 1, "{wrong}");
            assert_eq!(found[0].pointer, "/token");
        }
    }
}
