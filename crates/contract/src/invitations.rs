//! Invitations: asking people to join an organization, and their answers.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use membership_domain::id::{InvitationId, LocationId};
use membership_domain::invitation::InvitationState;
use membership_domain::json::given;
use membership_domain::roles::{Grant, Role};
use membership_domain::text::{hidden_in_name, trimmed};
use serde::{Deserialize, Serialize};

use crate::check::LONGEST_PASSWORD;
use crate::check::{Check, Faults};
use crate::problem::FieldError;
use crate::users::scope;

/// So many people can be invited at once.
pub const MOST_INVITED: usize = 100;

/// So many characters the name of a person has.
pub const LONGEST_NAME: usize = 200;

/// People to invite, all with the same roles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InvitationRequest {
    /// Their email addresses, 1 to 100. Each has a result of its own.
    pub emails: Vec<String>,
    /// What they get when they accept; nothing more than a member where empty.
    pub roles: Vec<InvitedRole>,
}

/// A role that an invited person gets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InvitedRole {
    /// Which.
    pub role: Role,
    /// The locations at which it holds; absent for the whole organization.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "given"
    )]
    #[cfg_attr(feature = "openapi", schema(nullable = false, value_type = Vec<uuid::Uuid>))]
    pub locations: Option<BTreeSet<LocationId>>,
}

impl InvitedRole {
    /// As the rules have it.
    #[must_use]
    pub fn grant(&self) -> Grant {
        Grant {
            role: self.role,
            scope: scope(self.locations.as_ref()),
        }
    }
}

impl Check for InvitationRequest {
    fn check(&self) -> Vec<FieldError> {
        let mut faults = Faults::default();
        if self.emails.is_empty() {
            faults.add("/emails", "empty", "Enter at least one email address.");
        } else if self.emails.len() > MOST_INVITED {
            let detail = format!("At most {MOST_INVITED} people at a time.");
            faults.add("/emails", "too_many", detail);
        }
        let mut seen = BTreeSet::new();
        for (at, wanted) in self.roles.iter().enumerate() {
            if !seen.insert(wanted.role) {
                let detail = "Name each role once.";
                faults.add(&format!("/roles/{at}/role"), "repeated", detail);
            }
            if wanted.locations.as_ref().is_some_and(BTreeSet::is_empty) {
                let detail = "Choose at least one location.";
                faults.add(&format!("/roles/{at}/locations"), "empty", detail);
            }
        }
        faults.found()
    }
}

membership_domain::codes! {
    /// What came of inviting one address.
    #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
    InvitationOutcome {
        /// The invitation is on its way.
        Invited = "invited",
        /// The address can't be one.
        Unusable = "unusable",
        /// The same address is further up.
        Repeated = "repeated",
        /// The person is a member already.
        Member = "member",
        /// An invitation is open already.
        Open = "open",
    }
}

/// What came of inviting one address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitationResult {
    /// As it was sent.
    pub email: String,
    /// What came of it.
    pub outcome: InvitationOutcome,
    /// The same as a sentence, with what lifts a refusal.
    pub detail: String,
}

/// What came of inviting people, in the order in which they were named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitationResults {
    /// One for each address.
    pub results: Vec<InvitationResult>,
}

/// An invitation as the organization sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = UserInvitation))]
pub struct Invitation {
    /// UUIDv7.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: InvitationId,
    /// Lower case.
    pub email: String,
    /// What the person gets.
    pub roles: Vec<InvitedRole>,
    /// Who invited.
    pub invited_by: String,
    /// When, by the business day.
    pub invited_at: DateTime<Utc>,
    /// When it was last sent, in real time.
    pub sent_at: DateTime<Utc>,
    /// Until when it can be accepted, in real time.
    pub expires_at: DateTime<Utc>,
    /// How far it is.
    pub state: InvitationState,
    /// Why the mail server did not take the mail, in its own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub mail_refused: Option<String>,
}

/// What somebody who was invited answers with.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InvitationAcceptance {
    /// From the link.
    pub token: String,
    /// The person's name; absent where they have an account.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "given"
    )]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub name: Option<String>,
    /// The password of a new account; absent where they have one, in which they are signed in.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "given"
    )]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub password: Option<String>,
}

impl std::fmt::Debug for InvitationAcceptance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InvitationAcceptance { .. }")
    }
}

impl Check for InvitationAcceptance {
    fn check(&self) -> Vec<FieldError> {
        let mut faults = Faults::default();
        if let Some(name) = &self.name {
            faults.person("/name", name);
        }
        let password = self.password.as_deref().unwrap_or_default();
        if password.len() > LONGEST_PASSWORD {
            faults.add("/password", "too_long", "At most 1,024 bytes.");
        }
        faults.found()
    }
}

/// A link that somebody does not want to follow.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InvitationRefusal {
    /// From the link.
    pub token: String,
}

impl std::fmt::Debug for InvitationRefusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InvitationRefusal { .. }")
    }
}

impl Check for InvitationRefusal {}

impl Faults {
    /// The name of a person, or of what a person names, in any script.
    pub fn person(&mut self, pointer: &str, name: &str) {
        let length = trimmed(name).chars().count();
        if length == 0 {
            self.add(pointer, "empty", "Enter a name.");
        } else if length > LONGEST_NAME {
            let detail = format!("At most {LONGEST_NAME} characters; this has {length}.");
            self.add(pointer, "too_long", detail);
        } else if name.contains(char::is_control) || hidden_in_name(name).is_some() {
            let detail = "Enter the name without invisible characters.";
            self.add(pointer, "characters", detail);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_names_each_role_once_and_few_enough_people() {
        let role = |role| InvitedRole {
            role,
            locations: None,
        };
        let request = |many: usize, roles: Vec<InvitedRole>| InvitationRequest {
            emails: (0..many).map(|n| format!("{n}@contoso.example")).collect(),
            roles,
        };
        let codes = |request: InvitationRequest| {
            let found = request.check().into_iter();
            found.map(|one| one.code).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(codes(request(1, vec![])), "");
        assert_eq!(codes(request(0, vec![])), "empty");
        assert_eq!(codes(request(MOST_INVITED, vec![role(Role::Guest)])), "");
        assert_eq!(codes(request(MOST_INVITED + 1, vec![])), "too_many");
        let twice = vec![role(Role::Guest), role(Role::Guest)];
        assert_eq!(codes(request(1, twice)), "repeated");
        let nowhere = InvitedRole {
            locations: Some(BTreeSet::new()),
            ..role(Role::ReportViewer)
        };
        assert_eq!(codes(request(1, vec![nowhere])), "empty");
    }

    #[test]
    fn names_are_in_any_script_and_of_a_length() {
        let code = |name: &str| {
            let mut faults = Faults::default();
            faults.person("/name", name);
            faults
                .found()
                .into_iter()
                .map(|one| one.code)
                .collect::<String>()
        };
        for name in ["Ada", "名前", "José Ñandú", "O\u{2019}Brien"] {
            assert_eq!(code(name), "", "{name}");
        }
        assert_eq!(code(" "), "empty");
        assert_eq!(code(&"x".repeat(201)), "too_long");
        assert_eq!(code(&"x".repeat(300)), "too_long");
        assert_eq!(code("A\nB"), "characters");
        assert_eq!(code("A\u{200b}B"), "characters");
    }
}
