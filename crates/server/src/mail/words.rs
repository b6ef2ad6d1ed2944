//! What mails say: one set of words for each purpose, of which text and HTML are made.

mod said;

use chrono::NaiveDate;
use membership_contract::text::{Plain, Words as _, en};
use membership_domain::roles::Role;
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
    /// A location was removed that somebody asked to remove.
    LocationRemoved {
        /// The organization's name.
        organization: String,
        /// The location's.
        location: String,
    },
    /// A location stays that somebody asked to remove.
    LocationKept {
        /// The organization's name.
        organization: String,
        /// The location's.
        location: String,
        /// Why, in the program owner's words.
        reason: String,
    },
    /// An order was placed that waits for its payment.
    OrderPlaced {
        /// The organization's name.
        organization: String,
        /// The order's number.
        number: String,
        /// What is to be paid, as a decimal number with its currency.
        total: String,
        /// The last day on which it can be paid.
        until: NaiveDate,
    },
    /// An order was paid, and its invoice is there in a moment.
    OrderPaid {
        /// The organization's name.
        organization: String,
        /// The order's number.
        number: String,
        /// What was paid, as a decimal number with its currency.
        total: String,
    },
    /// An order was not paid in time.
    OrderExpired {
        /// The organization's name.
        organization: String,
        /// The order's number.
        number: String,
    },
    /// A membership can be renewed, soon or now.
    RenewalReminder {
        /// The organization's name.
        organization: String,
        /// What is held: the offer's name.
        offer: String,
        /// Its anniversary.
        anniversary: NaiveDate,
        /// The first day of the renewal window.
        opens: NaiveDate,
        /// The last day of the renewal window.
        closes: NaiveDate,
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

impl About {
    /// The code of what it is for, as it is stored.
    pub fn purpose(&self) -> &'static str {
        match self {
            Self::Invitation { .. } => "invitation",
            Self::PasswordReset { .. } => "password_reset",
            Self::PasswordChanged => "password_changed",
            Self::SecondFactorChanged { .. } => "second_factor_changed",
            Self::RoleRequest { .. } => "role_request",
            Self::RoleGranted { .. } => "role_granted",
            Self::RoleRevoked { .. } => "role_revoked",
            Self::RoleRefused { .. } => "role_refused",
            Self::LocationRemoved { .. } => "location_removed",
            Self::LocationKept { .. } => "location_kept",
            Self::OrderPlaced { .. } => "order_placed",
            Self::OrderPaid { .. } => "order_paid",
            Self::OrderExpired { .. } => "order_expired",
            Self::RenewalReminder { .. } => "renewal_reminder",
        }
    }

    /// Whether others can have it sent as often as they like, so that it is limited. What tells of a
    /// change that went through is not.
    pub fn is_caused_by_others(&self) -> bool {
        match self {
            Self::Invitation { .. } | Self::PasswordReset { .. } | Self::RoleRequest { .. } => true,
            Self::PasswordChanged
            | Self::SecondFactorChanged { .. }
            | Self::RoleGranted { .. }
            | Self::RoleRevoked { .. }
            | Self::RoleRefused { .. }
            | Self::LocationRemoved { .. }
            | Self::LocationKept { .. }
            | Self::OrderPlaced { .. }
            | Self::OrderPaid { .. }
            | Self::OrderExpired { .. }
            | Self::RenewalReminder { .. } => false,
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
            } => said::invitation(&said::name(organization), &said::name(by), roles, *until),
            Self::PasswordReset { minutes } => said::password_reset(*minutes),
            Self::PasswordChanged => said::notice(
                "Your password was changed",
                "The password of your account was changed, and your other sessions ended.",
            ),
            Self::SecondFactorChanged { on: true } => said::notice(
                "Codes are on for your account",
                "Signing in to your account now asks for a code from your authenticator app.",
            ),
            Self::SecondFactorChanged { on: false } => said::notice(
                "Codes are off for your account",
                "Signing in to your account no longer asks for a code.",
            ),
            Self::RoleRequest {
                organization,
                by,
                role,
                reason,
            } => said::role_request(
                &said::name(organization),
                &said::name(by),
                *role,
                &said::reason(reason),
            ),
            Self::RoleGranted {
                organization,
                by,
                role,
            } => {
                let said = format!("gave you the role {}", en::role(*role));
                said::role_changed(&said::name(organization), &said::name(by), &said)
            }
            Self::RoleRevoked {
                organization,
                by,
                role,
            } => {
                let said = format!("removed your role {}", en::role(*role));
                said::role_changed(&said::name(organization), &said::name(by), &said)
            }
            Self::RoleRefused {
                organization,
                by,
                role,
                reason,
            } => {
                let said = format!("declined your request for the role {}", en::role(*role));
                let mut words =
                    said::role_changed(&said::name(organization), &said::name(by), &said);
                words.paragraphs.extend(said::quoted(&said::reason(reason)));
                words
            }
            Self::OrderPlaced {
                organization,
                number,
                total,
                until,
            } => said::order(
                &said::name(organization),
                format!("Order {number} is placed"),
                vec![
                    format!("The order {number} is placed: {total} are due."),
                    format!(
                        "It can be paid until {}. How to pay, with the reference for a bank \
                         transfer, is on the order's page.",
                        Plain.day(*until)
                    ),
                ],
            ),
            Self::OrderPaid {
                organization,
                number,
                total,
            } => said::order(
                &said::name(organization),
                format!("Order {number} is paid"),
                vec![
                    format!("We received {total} for the order {number}."),
                    "The membership has started. The invoice is on the order's page.".to_owned(),
                ],
            ),
            Self::OrderExpired {
                organization,
                number,
            } => said::order(
                &said::name(organization),
                format!("Order {number} expired"),
                vec![
                    format!("The order {number} wasn't paid in time and expired."),
                    "If you already sent the money, don't pay again: we'll find it. Otherwise \
                     order again under Offers."
                        .to_owned(),
                ],
            ),
            Self::RenewalReminder {
                organization,
                offer,
                anniversary,
                opens,
                closes,
            } => said::renewal(
                &said::name(organization),
                &said::name(offer),
                [*anniversary, *opens, *closes],
            ),
            Self::LocationRemoved {
                organization,
                location,
            } => {
                let location = said::name(location);
                let said = format!("The location {location} was removed, as you asked.");
                said::company(&said::name(organization), said)
            }
            Self::LocationKept {
                organization,
                location,
                reason,
            } => {
                let location = said::name(location);
                let said = format!("Your request to remove the location {location} was refused.");
                let mut words = said::company(&said::name(organization), said);
                words.paragraphs.extend(said::quoted(&said::reason(reason)));
                words
            }
        }
    }
}
