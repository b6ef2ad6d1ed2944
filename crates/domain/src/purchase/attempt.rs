//! Attempts to pay by card: what the payment provider says decides, whoever asked it and in which
//! order the answers come.

use serde::{Deserialize, Serialize};

crate::codes! {
    /// How far an attempt is.
    #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
    AttemptState {
        /// It is kept, and not sent yet.
        Created = "created",
        /// The provider waits for the buyer.
        Open = "open",
        /// The provider did not say what became of it.
        Unknown = "unknown",
        /// It was paid.
        Succeeded = "succeeded",
        /// It was refused.
        Declined = "declined",
        /// The buyer left it, or it was canceled.
        Canceled = "canceled",
    }
}

/// What the provider's own object says of a payment, at this moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GatewayStatus {
    /// It waits for the buyer, or is being worked on.
    Open,
    /// It was paid: so much, in minor units.
    Succeeded {
        /// What was captured.
        captured: i64,
    },
    /// It was refused for good.
    Declined {
        /// Why, as a code of ours.
        reason: DeclineReason,
    },
    /// It can't be paid any more.
    Canceled,
}

crate::codes! {
    /// Why a card was refused, as far as buyers are told.
    #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
    DeclineReason {
        /// The bank refused, without a reason that may be told.
        Declined = "declined",
        /// Not enough money.
        Funds = "insufficient_funds",
        /// The card is not valid any more.
        Expired = "expired_card",
        /// The bank could not confirm that it is the card's owner.
        Authentication = "authentication_failed",
    }
}

/// What is done with an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttemptCommand {
    /// The provider's object was read.
    Observe(GatewayStatus),
    /// The provider gave no answer, or none that says anything.
    Miss,
}

/// What came of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttemptEvent {
    /// It waits for the buyer.
    Opened,
    /// It was paid: so much.
    Succeeded(i64),
    /// It ended without money.
    Ended,
    /// What became of it is not known.
    Lost,
    /// It is known again, and open.
    Found,
}

/// The attempt after a command, and what came of it: nothing where the answer says nothing new.
///
/// Total: there is no answer that a provider cannot give. Once money came, no later answer takes it
/// back; that is what refunds and disputes are for. An attempt that was given up and was paid after
/// all has succeeded.
#[must_use]
pub fn after(
    state: AttemptState,
    command: &AttemptCommand,
) -> (AttemptState, Option<AttemptEvent>) {
    use AttemptEvent as E;
    use AttemptState as S;
    use GatewayStatus as G;
    match (state, command) {
        (S::Succeeded, _) => (S::Succeeded, None),
        (_, AttemptCommand::Observe(G::Succeeded { captured })) => {
            (S::Succeeded, Some(E::Succeeded(*captured)))
        }
        // What ended stays ended: another attempt may be open by now.
        (S::Declined | S::Canceled, _) => (state, None),
        (_, AttemptCommand::Observe(G::Declined { .. })) => (S::Declined, Some(E::Ended)),
        (_, AttemptCommand::Observe(G::Canceled)) => (S::Canceled, Some(E::Ended)),
        (S::Created, AttemptCommand::Observe(G::Open)) => (S::Open, Some(E::Opened)),
        (S::Unknown, AttemptCommand::Observe(G::Open)) => (S::Open, Some(E::Found)),
        (S::Open, AttemptCommand::Observe(G::Open)) => (S::Open, None),
        (S::Created | S::Open, AttemptCommand::Miss) => (S::Unknown, Some(E::Lost)),
        (S::Unknown, AttemptCommand::Miss) => (S::Unknown, None),
    }
}

impl AttemptState {
    /// Whether it can still become paid as far as anybody knows.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Created | Self::Open | Self::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::AttemptCommand as C;
    use super::AttemptEvent as E;
    use super::GatewayStatus as G;
    use super::*;

    fn commands() -> impl Strategy<Value = C> {
        prop_oneof![
            Just(C::Miss),
            Just(C::Observe(G::Open)),
            Just(C::Observe(G::Canceled)),
            Just(C::Observe(G::Succeeded { captured: 100 })),
            Just(C::Observe(G::Declined {
                reason: DeclineReason::Declined
            })),
        ]
    }

    proptest! {
        #[test]
        fn money_is_told_once_in_whatever_order_answers_come(
            sequence in prop::collection::vec(commands(), 0..30),
        ) {
            let (mut state, mut told, mut ended) = (AttemptState::Created, 0, 0);
            for command in &sequence {
                let (next, event) = after(state, command);
                prop_assert_eq!(next == state, event.is_none(), "what changes is told");
                told += i32::from(matches!(event, Some(E::Succeeded(_))));
                ended += i32::from(event == Some(E::Ended));
                state = next;
            }
            let paid = sequence.iter().any(|one| matches!(one, C::Observe(G::Succeeded { .. })));
            prop_assert_eq!(told, i32::from(paid));
            prop_assert_eq!(state == AttemptState::Succeeded, paid);
            prop_assert!(ended <= 1);
        }
    }
}
