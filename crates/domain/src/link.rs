//! One-time links: what a link that was sent by email may still do.

use chrono::{DateTime, Utc};

use crate::codes;

codes! {
    /// What a link is for. A code that was stored once keeps its meaning for good.
    #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
    LinkPurpose {
        /// To accept or decline an invitation.
        Invitation = "invitation",
        /// To set a new password.
        PasswordReset = "password_reset",
    }
}

codes! {
    /// Where a link is on its way.
    #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
    LinkState {
        /// It can be used.
        Issued = "issued",
        /// Somebody pressed the button on the page that it opens.
        Used = "used",
        /// Its time is over.
        Expired = "expired",
        /// A newer one was sent, or it was withdrawn.
        Revoked = "revoked",
    }
}

/// What can be done with a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkCommand {
    /// Do what it is for. Opening its page is not using it: mail scanners open links.
    Use,
    /// End it without using it.
    Revoke,
}

/// What happened to a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkEvent {
    /// See [`LinkState::Used`].
    Used,
    /// See [`LinkState::Revoked`].
    Revoked,
}

/// The state in which a link refuses every command: all but [`LinkState::Issued`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the link is {}", .0.code())]
pub struct LinkEnded(pub LinkState);

/// How long a link lasts, and how it ended, in real time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkTerm {
    /// From this instant on it is expired.
    pub expires_at: DateTime<Utc>,
    /// When it was used.
    pub used_at: Option<DateTime<Utc>>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
}

impl LinkTerm {
    /// A link that was just issued.
    #[must_use]
    pub const fn until(expires_at: DateTime<Utc>) -> Self {
        Self {
            expires_at,
            used_at: None,
            revoked_at: None,
        }
    }

    /// The state at an instant.
    #[must_use]
    pub fn state(&self, now: DateTime<Utc>) -> LinkState {
        match (self.used_at, self.revoked_at) {
            (Some(_), _) => LinkState::Used,
            (None, Some(_)) => LinkState::Revoked,
            (None, None) if self.expires_at <= now => LinkState::Expired,
            (None, None) => LinkState::Issued,
        }
    }

    /// The link after a command, with what happened.
    ///
    /// # Errors
    /// The state in which the link stays: only an issued one takes commands.
    pub fn after(
        self,
        command: LinkCommand,
        now: DateTime<Utc>,
    ) -> Result<(Self, LinkEvent), LinkEnded> {
        let state = self.state(now);
        if state != LinkState::Issued {
            return Err(LinkEnded(state));
        }
        Ok(match command {
            LinkCommand::Use => {
                let used_at = Some(now);
                (Self { used_at, ..self }, LinkEvent::Used)
            }
            LinkCommand::Revoke => {
                let revoked_at = Some(now);
                (Self { revoked_at, ..self }, LinkEvent::Revoked)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use proptest::prelude::*;

    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Duration::minutes(minutes)
    }

    fn command() -> impl Strategy<Value = LinkCommand> {
        prop_oneof![Just(LinkCommand::Use), Just(LinkCommand::Revoke)]
    }

    proptest! {
        /// Whatever is done in whatever order: at most one command is accepted, only before the
        /// end, it leads to its own state, and every ended state stays.
        #[test]
        fn a_link_ends_once_and_stays_ended(
            expires in 0_i64..40,
            commands in prop::collection::vec((0_i64..9, command()), 0..12),
        ) {
            let (mut link, mut now, mut accepted) = (LinkTerm::until(at(expires)), 0, 0);
            for (later, command) in commands {
                now += later;
                let before = link.state(at(now));
                match link.after(command, at(now)) {
                    Ok((after, event)) => {
                        prop_assert_eq!(before, LinkState::Issued);
                        prop_assert!(now < expires);
                        let (next, caused) = match command {
                            LinkCommand::Use => (LinkState::Used, LinkEvent::Used),
                            LinkCommand::Revoke => (LinkState::Revoked, LinkEvent::Revoked),
                        };
                        prop_assert_eq!((after.state(at(now)), event), (next, caused));
                        prop_assert_eq!(after.state(at(9_999)), next);
                        accepted += 1;
                        link = after;
                    }
                    Err(LinkEnded(state)) => {
                        prop_assert_ne!(state, LinkState::Issued);
                        prop_assert_eq!(state, before);
                        prop_assert_eq!(link.state(at(now)), before);
                    }
                }
            }
            prop_assert!(accepted <= 1);
        }
    }

    #[test]
    fn it_works_until_the_instant_at_which_it_expires() {
        let link = LinkTerm::until(at(60));
        assert_eq!(
            link.state(at(60) - Duration::milliseconds(1)),
            LinkState::Issued
        );
        assert_eq!(link.state(at(60)), LinkState::Expired);
        let late = link.after(LinkCommand::Use, at(60));
        assert_eq!(late, Err(LinkEnded(LinkState::Expired)));
    }
}
