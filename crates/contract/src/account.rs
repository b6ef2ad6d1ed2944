//! One's own account: password, second factor, sessions.

use chrono::{DateTime, Utc};
use membership_domain::id::SessionId;
use membership_domain::text::trimmed;
use serde::{Deserialize, Serialize};

use crate::check::LONGEST_PASSWORD;
use crate::check::{Check, Faults};
use crate::problem::FieldError;

/// So many characters a new password has at least.
pub const SHORTEST_PASSWORD: usize = 12;

/// So many characters a code that somebody types has at most, with spaces and hyphens.
const LONGEST_CODE: usize = 40;

/// What a new password must be like, wherever one is chosen: its length. Common ones, and those
/// made of the account's names, are refused by the server, which has the list.
pub fn check_new_password(faults: &mut Faults, pointer: &str, password: &str) {
    let short = password.chars().count() < SHORTEST_PASSWORD;
    if password.is_empty() {
        faults.add(pointer, "empty", "Enter a new password.");
    } else if short {
        let detail = format!("Use at least {SHORTEST_PASSWORD} characters, such as several words.");
        faults.add(pointer, "too_short", detail);
    } else if password.len() > LONGEST_PASSWORD {
        faults.add(pointer, "too_long", "At most 1,024 bytes.");
    }
}

/// A password as somebody has it now.
fn check_password(faults: &mut Faults, pointer: &str, password: &str) {
    if password.is_empty() {
        faults.add(pointer, "empty", "Enter your password.");
    } else if password.len() > LONGEST_PASSWORD {
        faults.add(pointer, "too_long", "At most 1,024 bytes.");
    }
}

/// A code of an authenticator app, or a recovery code.
pub(crate) fn check_code(faults: &mut Faults, pointer: &str, code: &str) {
    if trimmed(code).is_empty() {
        faults.add(pointer, "empty", "Enter the code.");
    } else if code.len() > LONGEST_CODE || !code.is_ascii() {
        let detail = "Enter the six digits from your app, or a recovery code.";
        faults.add(pointer, "unexpected", detail);
    }
}

/// Types that do not tell what is in them.
macro_rules! secret {
    ($($name:ident)*) => {
        $(impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), " { .. }"))
            }
        })*
    };
}
pub(crate) use secret;

secret!(PasswordChange Proof CodeRequest TotpSetup RecoveryCodes);

/// Another password, by somebody who is signed in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    /// The present one.
    pub old: String,
    /// At least 12 characters, at most 1,024 bytes.
    pub new: String,
}

impl Check for PasswordChange {
    fn check(&self) -> Vec<FieldError> {
        let mut faults = Faults::default();
        check_password(&mut faults, "/old", &self.old);
        check_new_password(&mut faults, "/new", &self.new);
        faults.found()
    }
}

/// Shows again who somebody is: one of both.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// The account's password.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// A code of the authenticator app, or a recovery code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

impl Check for Proof {
    fn check(&self) -> Vec<FieldError> {
        let mut faults = Faults::default();
        match (&self.password, &self.code) {
            (Some(password), None) => check_password(&mut faults, "/password", password),
            (None, Some(code)) => check_code(&mut faults, "/code", code),
            _ => faults.add("", "unexpected", "Send either the password or a code."),
        }
        faults.found()
    }
}

/// A code of an authenticator app.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CodeRequest {
    /// Six digits; spaces do not matter.
    pub code: String,
}

impl Check for CodeRequest {
    fn check(&self) -> Vec<FieldError> {
        let mut faults = Faults::default();
        check_code(&mut faults, "/code", &self.code);
        faults.found()
    }
}

/// Two-step sign-in as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Totp {
    /// Since when it is on.
    pub since: Option<DateTime<Utc>>,
    /// How many recovery codes are left.
    pub recovery_codes: u64,
    /// Names of the organizations that ask this person for it.
    pub asked_by: Vec<String>,
}

/// What an authenticator app needs. Shown once; nothing is on before a code confirms it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TotpSetup {
    /// In base 32, to be typed where no picture can be taken.
    pub secret: String,
    /// `otpauth://totp/...`, for an app on the same device.
    pub uri: String,
    /// The same as a QR code: so many modules in a row, without a border.
    pub size: u16,
    /// Its dark modules as the path of an SVG, each one unit wide.
    pub path: String,
}

/// Codes for somebody without the app, each for one time. Shown once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecoveryCodes {
    /// In groups of four.
    pub codes: Vec<String>,
}

/// One's sessions, those that were used last first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnSessions {
    /// All that have not ended.
    pub items: Vec<OwnSession>,
}

/// A browser in which somebody is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnSession {
    /// Nobody can sign in with it.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: SessionId,
    /// Browser and system, such as "Firefox on Windows", where the browser says so.
    pub device: Option<String>,
    /// The network address from which it began.
    pub address: Option<String>,
    /// Whether that is the one from which is asked now.
    pub this_network: bool,
    /// When it began, in real time.
    pub begun_at: DateTime<Utc>,
    /// When it was last used, to within a minute.
    pub seen_at: DateTime<Utc>,
    /// Whether it is the one that asks.
    pub this: bool,
}

/// What an organization asks of its people when they sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignInPolicy {
    /// Whether admins need two-step sign-in. One without it sees nothing of the organization.
    pub admins_need_second_factor: bool,
}

impl Check for SignInPolicy {}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(request: &impl Check) -> Vec<String> {
        let found = request.check().into_iter();
        found.map(|one| one.pointer + " " + &one.code).collect()
    }

    #[test]
    fn passwords_are_as_long_as_they_must_be() {
        let change = |old: &str, new: &str| PasswordChange {
            old: old.to_owned(),
            new: new.to_owned(),
        };
        for (request, found) in [
            (change("old", "a lantern in the fog"), vec![]),
            (change("", ""), vec!["/old empty", "/new empty"]),
            (change("old", "elevenchars"), vec!["/new too_short"]),
            (change("old", &"x".repeat(1025)), vec!["/new too_long"]),
        ] {
            assert_eq!(codes(&request), found);
            assert!(!format!("{request:?}").contains("old"));
        }
    }

    #[test]
    fn a_proof_is_one_thing() {
        let proof = |password: Option<&str>, code: Option<&str>| Proof {
            password: password.map(str::to_owned),
            code: code.map(str::to_owned),
        };
        assert!(proof(Some("x"), None).check().is_empty());
        assert!(proof(None, Some("123 456")).check().is_empty());
        for wrong in [
            proof(None, None),
            proof(Some("x"), Some("1")),
            proof(Some(""), None),
            proof(None, Some(" ")),
            proof(None, Some("１２３４５６")),
        ] {
            assert_eq!(wrong.check().len(), 1);
        }
    }
}
