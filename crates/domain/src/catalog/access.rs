//! The periods and numbers of access: how long a link works, when somebody proves again who they
//! are.

use super::Catalog;

/// The limits of the catalog by which people get in, each above zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    /// An invitation can be accepted for so many days.
    pub invitation_days: u32,
    /// A link to reset a password works for so many minutes.
    pub password_reset_minutes: u32,
    /// So many minutes after the last proof of identity, sensitive changes ask for another one.
    pub step_up_minutes: u32,
    /// The personal values of somebody who was removed are erased after so many days.
    pub removed_person_days: u32,
    /// A token lasts for at most so many days.
    pub token_days: u32,
    /// An organization has at most so many tokens that work.
    pub tokens: u32,
}

impl Access {
    /// What the catalog must have for it, in the order of the fields.
    pub const LIMITS: [&str; 6] = [
        "invitation-days",
        "password-reset-minutes",
        "step-up-minutes",
        "removed-person-days",
        "token-days",
        "tokens-max",
    ];
}

impl Catalog {
    /// The limits of access; nothing where one of [`Access::LIMITS`] is missing, which no checked
    /// catalog lacks.
    #[must_use]
    pub fn access(&self) -> Option<Access> {
        let [
            invitation_days,
            password_reset_minutes,
            step_up_minutes,
            rest @ ..,
        ] = Access::LIMITS.map(|id| self.limit(id).filter(|value| *value > 0));
        let [removed_person_days, token_days, tokens] = rest;
        Some(Access {
            invitation_days: invitation_days?,
            password_reset_minutes: password_reset_minutes?,
            step_up_minutes: step_up_minutes?,
            removed_person_days: removed_person_days?,
            token_days: token_days?,
            tokens: tokens?,
        })
    }
}
