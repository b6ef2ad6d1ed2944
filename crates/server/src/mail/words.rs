//! What mails say: one set of words for each purpose, of which text and HTML are made.

use chrono::NaiveDate;
use membership_contract::text::{Plain, Words as _, en};
use membership_domain::roles::Role;
use membership_domain::text::is_invisible;
use serde::{Deserialize, Serialize};

/// What a mail is about, with what it names. Names are as somebody typed them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "purpose", rename_all = "snake_case")]
pub enum About {
    /// Somebody is invited to an organization.
    Invitation {
        /// The organization's name.
        organization: String,
        /// The name of who invited.
        by: String,
        /// What the person would be there.
        roles: Vec<Role>,
        /// The last day on which it can be accepted.
        until: NaiveDate,
    },
    /// Somebody forgot a password, or says so.
    PasswordReset {
        /// The link works for so many minutes.
        minutes: u32,
    },
    /// Somebody says that an address is theirs.
    EmailOwnership {
        /// The link works for so many hours.
        hours: u32,
    },
    /// Somebody wants to sign in with another address, to which this goes.
    EmailChange {
        /// The link works for so many hours.
        hours: u32,
    },
    /// A password was changed.
    PasswordChanged,
    /// A second step of signing in was switched on or off.
    SecondFactorChanged {
        /// Whether it is on now.
        on: bool,
    },
    /// Somebody asks for a role; to those who may grant it.
    RoleRequest {
        /// The organization's name.
        organization: String,
        /// The name of who asks.
        by: String,
        /// Which role.
        role: Role,
        /// Why, in their words.
        reason: String,
    },
    /// A person got a role.
    RoleGranted {
        /// The organization's name.
        organization: String,
        /// The name of who granted it.
        by: String,
        /// Which role.
        role: Role,
    },
    /// A person lost a role.
    RoleRevoked {
        /// The organization's name.
        organization: String,
        /// The name of who revoked it.
        by: String,
        /// Which role.
        role: Role,
    },
    /// A request for a role was refused.
    RoleRefused {
        /// The organization's name.
        organization: String,
        /// The name of who refused it.
        by: String,
        /// Which role.
        role: Role,
        /// Why, in their words; can be empty.
        reason: String,
    },
}

/// The words of a mail, without markup and without line breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The subject.
    pub subject: String,
    /// What it says.
    pub paragraphs: Vec<String>,
    /// What the link does.
    pub button: &'static str,
    /// Why it came, and what to do if it shouldn't have.
    pub why: String,
}

/// So many characters of a name.
const NAME: usize = 80;

/// So many characters of what somebody gave as a reason.
const REASON: usize = 1000;

impl About {
    /// The code of what it is for, as it is stored.
    pub fn purpose(&self) -> &'static str {
        match self {
            Self::Invitation { .. } => "invitation",
            Self::PasswordReset { .. } => "password_reset",
            Self::EmailOwnership { .. } => "email_ownership",
            Self::EmailChange { .. } => "email_change",
            Self::PasswordChanged => "password_changed",
            Self::SecondFactorChanged { .. } => "second_factor_changed",
            Self::RoleRequest { .. } => "role_request",
            Self::RoleGranted { .. } => "role_granted",
            Self::RoleRevoked { .. } => "role_revoked",
            Self::RoleRefused { .. } => "role_refused",
        }
    }

    /// Whether others can have it sent as often as they like, so that it is limited. What tells of a
    /// change that went through is not.
    pub fn is_caused_by_others(&self) -> bool {
        match self {
            Self::Invitation { .. }
            | Self::PasswordReset { .. }
            | Self::EmailOwnership { .. }
            | Self::EmailChange { .. }
            | Self::RoleRequest { .. } => true,
            Self::PasswordChanged
            | Self::SecondFactorChanged { .. }
            | Self::RoleGranted { .. }
            | Self::RoleRevoked { .. }
            | Self::RoleRefused { .. } => false,
        }
    }

    /// What it says.
    pub fn words(&self) -> Words {
        match self {
            Self::Invitation {
                organization,
                by,
                roles,
                until,
            } => invitation(&name(organization), &name(by), roles, *until),
            Self::PasswordReset { minutes } => password_reset(*minutes),
            Self::EmailOwnership { hours } => email_ownership(*hours),
            Self::EmailChange { hours } => email_change(*hours),
            Self::PasswordChanged => notice(
                "Your password was changed",
                "The password of your account was changed, and your other sessions ended.",
            ),
            Self::SecondFactorChanged { on: true } => notice(
                "Codes are on for your account",
                "Signing in to your account now asks for a code from your authenticator app.",
            ),
            Self::SecondFactorChanged { on: false } => notice(
                "Codes are off for your account",
                "Signing in to your account no longer asks for a code.",
            ),
            Self::RoleRequest {
                organization,
                by,
                role,
                reason,
            } => role_request(&name(organization), &name(by), *role, &cut(reason, REASON)),
            Self::RoleGranted {
                organization,
                by,
                role,
            } => {
                let said = format!("gave you the role {}", en::role(*role));
                role_changed(&name(organization), &name(by), &said)
            }
            Self::RoleRevoked {
                organization,
                by,
                role,
            } => {
                let said = format!("removed your role {}", en::role(*role));
                role_changed(&name(organization), &name(by), &said)
            }
            Self::RoleRefused {
                organization,
                by,
                role,
                reason,
            } => {
                let said = format!("declined your request for the role {}", en::role(*role));
                let mut words = role_changed(&name(organization), &name(by), &said);
                words.paragraphs.extend(quoted(&cut(reason, REASON)));
                words
            }
        }
    }
}

fn invitation(organization: &str, by: &str, roles: &[Role], until: NaiveDate) -> Words {
    let roles: Vec<_> = roles
        .iter()
        .map(|role| en::role(*role).to_owned())
        .collect();
    let as_what = match roles.as_slice() {
        [] => String::new(),
        roles => format!(" as {}", Plain.list(roles)),
    };
    Words {
        subject: format!("{by} invited you to {organization}"),
        paragraphs: vec![
            format!("{by} invited you to join {organization}{as_what}."),
            format!("You can accept or decline until {}.", Plain.day(until)),
        ],
        button: "Open the invitation",
        why: format!(
            "You received this email because {by} entered your address. If you don't know them, \
             ignore it: nothing happens unless you accept."
        ),
    }
}

fn password_reset(minutes: u32) -> Words {
    Words {
        subject: "Reset your password".to_owned(),
        paragraphs: vec![format!(
            "Someone asked to reset the password of your account. The link works once, for \
             {minutes} minutes."
        )],
        button: "Choose a new password",
        why:
            "You received this email because someone entered your address on the sign-in page. If \
              it wasn't you, ignore it: your password stays the same."
                .to_owned(),
    }
}

fn email_ownership(hours: u32) -> Words {
    Words {
        subject: "Confirm your email address".to_owned(),
        paragraphs: vec![format!(
            "Confirm that this address is yours. The link works once, for {hours} hours."
        )],
        button: "Confirm the address",
        why: "You received this email because someone entered your address. If it wasn't you, \
              ignore it: nothing happens unless you confirm."
            .to_owned(),
    }
}

fn email_change(hours: u32) -> Words {
    Words {
        subject: "Confirm your new email address".to_owned(),
        paragraphs: vec![format!(
            "Confirm that you want to sign in with this address from now on. The link works once, \
             for {hours} hours."
        )],
        button: "Confirm the address",
        why: "You received this email because someone entered your address as the new one of \
              their account. If it wasn't you, ignore it: nothing happens unless you confirm."
            .to_owned(),
    }
}

/// About the recipient's own account.
fn notice(subject: &str, said: &str) -> Words {
    Words {
        subject: subject.to_owned(),
        paragraphs: vec![
            said.to_owned(),
            "If it wasn't you, reset your password now and tell an admin of your organization."
                .to_owned(),
        ],
        button: "Open your account",
        why: "You received this email because it's about the security of your account.".to_owned(),
    }
}

fn role_request(organization: &str, by: &str, role: Role, reason: &str) -> Words {
    let role = en::role(role);
    let mut paragraphs = vec![format!("{by} asks for the role {role} at {organization}.")];
    paragraphs.extend(quoted(reason));
    Words {
        subject: format!("{by} asks for the role {role}"),
        paragraphs,
        button: "Answer the request",
        why: format!("You received this email because you can grant this role at {organization}."),
    }
}

fn role_changed(organization: &str, by: &str, said: &str) -> Words {
    Words {
        subject: format!("Your roles at {organization}"),
        paragraphs: vec![format!("{by} {said} at {organization}.")],
        button: "See your access",
        why: format!("You received this email because you have an account at {organization}."),
    }
}

fn quoted(reason: &str) -> Option<String> {
    (!reason.is_empty()).then(|| format!("Reason: \"{reason}\""))
}

/// A name as a mail shows it: one line, of bounded length, without what nobody can see.
fn name(name: &str) -> String {
    match cut(name, NAME) {
        empty if empty.is_empty() => "(no name)".to_owned(),
        name => name,
    }
}

fn cut(text: &str, most: usize) -> String {
    let seen: String = text
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .filter(|letter| !is_invisible(*letter))
        .collect();
    let words: Vec<_> = seen.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(most) {
        Some((end, _)) => format!("{}...", line[..end].trim_end()),
        None => line,
    }
}
