//! Invitations into an organization: one function that says what each command does in each state.

use chrono::{DateTime, Utc};

crate::codes! {
    /// How far an invitation is. That it expired is no state of its own: see [`shown`].
    #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
    InvitationState {
        /// It can be accepted, until it expires.
        Open = "open",
        /// Somebody joined with it.
        Accepted = "accepted",
        /// The invited person does not want it.
        Declined = "declined",
        /// An administrator withdrew it.
        Revoked = "revoked",
        /// It was not accepted in time; it can be sent again.
        Expired = "expired",
    }
}

/// What is done with an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvitationCommand {
    /// The invited person joins.
    Accept,
    /// The invited person refuses.
    Decline,
    /// An administrator withdraws it.
    Revoke,
    /// An administrator sends it once more, with a new end.
    SendAgain,
}

/// Why a command does nothing: the invitation's state, as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvitationRefusal(pub InvitationState);

/// The state as people see it: open becomes expired with time.
#[must_use]
pub fn shown(
    state: InvitationState,
    expires_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> InvitationState {
    match state {
        InvitationState::Open if now >= expires_at => InvitationState::Expired,
        other => other,
    }
}

/// The state after a command.
///
/// # Errors
/// The state, where it does not allow the command; nothing changes then.
pub fn after(
    shown: InvitationState,
    command: InvitationCommand,
) -> Result<InvitationState, InvitationRefusal> {
    use InvitationCommand as C;
    use InvitationState as S;
    match (shown, command) {
        (S::Open, C::Accept) => Ok(S::Accepted),
        (S::Open, C::Decline) => Ok(S::Declined),
        (S::Open | S::Expired, C::Revoke) => Ok(S::Revoked),
        // Who declined is asked again where an administrator insists.
        (S::Open | S::Expired | S::Declined, C::SendAgain) => Ok(S::Open),
        _ => Err(InvitationRefusal(shown)),
    }
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::*;
    use InvitationCommand as C;
    use InvitationState as S;

    #[test]
    fn each_state_allows_what_the_table_says() {
        let allowed = [
            (S::Open, C::Accept, S::Accepted),
            (S::Open, C::Decline, S::Declined),
            (S::Open, C::Revoke, S::Revoked),
            (S::Open, C::SendAgain, S::Open),
            (S::Expired, C::Revoke, S::Revoked),
            (S::Expired, C::SendAgain, S::Open),
            (S::Declined, C::SendAgain, S::Open),
        ];
        for state in S::ALL {
            for command in [C::Accept, C::Decline, C::Revoke, C::SendAgain] {
                let next = allowed
                    .iter()
                    .find(|(from, by, _)| from == state && *by == command);
                let next = next.map(|(_, _, next)| *next);
                assert_eq!(after(*state, command).ok(), next, "{state:?} {command:?}");
                let refused = after(*state, command).err();
                assert_eq!(refused.is_some(), next.is_none());
                assert!(refused.is_none_or(|refusal| refusal.0 == *state));
            }
        }
    }

    #[test]
    fn only_an_open_one_expires() {
        let end = DateTime::UNIX_EPOCH;
        for (now, open) in [
            (end - Duration::milliseconds(1), S::Open),
            (end, S::Expired),
        ] {
            assert_eq!(shown(S::Open, end, now), open);
            for other in [S::Accepted, S::Declined, S::Revoked] {
                assert_eq!(shown(other, end, now), other);
            }
        }
    }
}
