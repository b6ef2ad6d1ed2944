//! Entries of bank statements: what becomes of each, by itself or by a person's decision.

use serde::{Deserialize, Serialize};

use super::order::OrderEvent;

crate::codes! {
    /// How far an entry is.
    #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
    BankEntryState {
        /// It is kept, and nothing is decided.
        Received = "received",
        /// It paid its order exactly.
        Exact = "exact",
        /// Its order takes it and is not paid in full.
        TooLittle = "too_little",
        /// It paid its order, and something is left over.
        TooMuch = "too_much",
        /// Its order was paid, canceled or expired before.
        Late = "late",
        /// No order is named, or not clearly.
        Unmatched = "unmatched",
        /// Money left the account.
        Outgoing = "outgoing",
        /// A person gave it to an order.
        Assigned = "assigned",
        /// A person says that it goes back.
        ToReturn = "to_return",
        /// It went back; or, of money that left, it took back what had been sent.
        Returned = "returned",
        /// Of money that left: it is a fee of the bank.
        Fee = "fee",
    }
}

/// What is done with an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BankCommand {
    /// Its order was found, and took it as these events say.
    Apply(Vec<OrderEvent>),
    /// No order was found, or several.
    Miss,
    /// It is money that left the account.
    Leave,
    /// A person gives it to an order.
    Assign,
    /// A person says that it goes back.
    MarkReturn,
    /// A person says that it took parked money back.
    Return,
    /// A person says that it is a fee of the bank.
    BookFee,
    /// A person takes the last decision back.
    Undo,
}

/// Why a command does nothing: the entry's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BankRefusal(pub BankEntryState);

/// The state after a command.
///
/// # Errors
/// The state, where it does not allow the command; nothing changes then.
pub fn after(state: BankEntryState, command: &BankCommand) -> Result<BankEntryState, BankRefusal> {
    use BankCommand as C;
    use BankEntryState as S;
    match (state, command) {
        (S::Received, C::Apply(events)) => Ok(outcome(events)),
        (S::Received, C::Miss) => Ok(S::Unmatched),
        (S::Received, C::Leave) => Ok(S::Outgoing),
        (S::Unmatched | S::ToReturn, C::Assign) => Ok(S::Assigned),
        (S::Unmatched, C::MarkReturn) => Ok(S::ToReturn),
        (S::Outgoing | S::ToReturn, C::Return) => Ok(S::Returned),
        (S::Outgoing, C::BookFee) => Ok(S::Fee),
        (S::ToReturn, C::Undo) => Ok(S::Unmatched),
        _ => Err(BankRefusal(state)),
    }
}

/// What an entry is that an order took like this.
fn outcome(events: &[OrderEvent]) -> BankEntryState {
    let taken = (events.iter()).any(|event| matches!(event, OrderEvent::Received(_)));
    let parked = (events.iter()).any(|event| matches!(event, OrderEvent::Parked(_)));
    let paid = events.contains(&OrderEvent::Fulfilled);
    match (taken, parked, paid) {
        (false, ..) => BankEntryState::Late,
        (true, true, _) => BankEntryState::TooMuch,
        (true, false, true) => BankEntryState::Exact,
        (true, false, false) => BankEntryState::TooLittle,
    }
}

impl BankEntryState {
    /// Those that wait for a person.
    pub const WAITING: [Self; 3] = [Self::Unmatched, Self::ToReturn, Self::Outgoing];

    /// Whether a command would do something now.
    #[must_use]
    pub fn allows(self, command: &BankCommand) -> bool {
        after(self, command).is_ok()
    }
}

/// Which order an entry is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Matched<T> {
    /// This one.
    Order(T),
    /// None that is known by its references.
    Nobody,
    /// Several: a person looks which.
    Several(Vec<T>),
    /// One, whose currency is another one.
    OtherCurrency(T),
}

/// The order of an entry: by its references alone, which are unique, and its currency; never by the
/// amount.
#[must_use]
pub fn matched<T: Clone + PartialEq>(
    named: &[T],
    is_complete: bool,
    is_same_currency: impl Fn(&T) -> bool,
) -> Matched<T> {
    let mut different: Vec<T> = Vec::new();
    for one in named {
        if !different.contains(one) {
            different.push(one.clone());
        }
    }
    match different.as_slice() {
        [] => Matched::Nobody,
        // What stands for several transactions is for a person to take apart.
        [_] if !is_complete => Matched::Several(different),
        [one] if is_same_currency(one) => Matched::Order(one.clone()),
        [one] => Matched::OtherCurrency(one.clone()),
        _ => Matched::Several(different),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::BankCommand as C;
    use super::BankEntryState as S;
    use super::*;

    fn commands() -> Vec<C> {
        vec![
            C::Apply(vec![OrderEvent::Received(1), OrderEvent::Fulfilled]),
            C::Miss,
            C::Leave,
            C::Assign,
            C::MarkReturn,
            C::Return,
            C::BookFee,
            C::Undo,
        ]
    }

    #[test]
    fn each_state_allows_what_the_table_says() {
        let allowed = [
            (S::Received, 0, S::Exact),
            (S::Received, 1, S::Unmatched),
            (S::Received, 2, S::Outgoing),
            (S::Unmatched, 3, S::Assigned),
            (S::ToReturn, 3, S::Assigned),
            (S::Unmatched, 4, S::ToReturn),
            (S::Outgoing, 5, S::Returned),
            (S::ToReturn, 5, S::Returned),
            (S::Outgoing, 6, S::Fee),
            (S::ToReturn, 7, S::Unmatched),
        ];
        for state in S::ALL {
            for (number, command) in commands().iter().enumerate() {
                let next = (allowed.iter()).find(|(from, by, _)| from == state && *by == number);
                let wanted = next.map_or(Err(BankRefusal(*state)), |(_, _, next)| Ok(*next));
                assert_eq!(after(*state, command), wanted, "{state:?} {command:?}");
            }
        }
    }

    #[test]
    fn what_its_order_took_says_what_an_entry_is() {
        use OrderEvent as E;
        for (events, state) in [
            (vec![E::Received(5), E::Fulfilled], S::Exact),
            (vec![E::Received(5)], S::TooLittle),
            (vec![E::Received(5), E::Fulfilled, E::Parked(1)], S::TooMuch),
            (vec![E::Parked(5)], S::Late),
        ] {
            assert_eq!(after(S::Received, &C::Apply(events)), Ok(state));
        }
    }

    proptest! {
        #[test]
        fn one_order_of_the_same_currency_is_matched_and_nothing_else(
            named in prop::collection::vec(0_u8..3, 0..4),
            complete: bool,
            currency in prop::collection::vec(any::<bool>(), 3),
        ) {
            let same = |one: &u8| currency[usize::from(*one)];
            let found = matched(&named, complete, same);
            if let Matched::Order(one) = &found {
                prop_assert!(complete && same(one) && named.iter().all(|other| other == one));
            }
            prop_assert_eq!(found == Matched::Nobody, named.is_empty());
        }
    }
}
