//! No sequence of commands leaves the table, and none loses or makes money.

use proptest::prelude::*;

use super::OrderCommand as C;
use super::OrderEvent as E;
use super::OrderState as S;
use super::*;

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 1, number).expect("a day")
}

fn order(total: i64) -> OrderStatus {
    OrderStatus::draft(PaymentMethod::Card, total, day(20))
}

fn in_state(state: S, received: i64) -> OrderStatus {
    OrderStatus {
        state,
        received,
        ..order(100)
    }
}

fn commands() -> impl Strategy<Value = C> {
    prop_oneof![
        Just(C::Place),
        Just(C::StartAttempt),
        Just(C::EndAttempt),
        Just(C::LoseAttempt),
        Just(C::FindAttempt),
        (-10_i64..150).prop_map(|amount| C::Receive { amount }),
        Just(C::SwitchMethod {
            to: PaymentMethod::Card
        }),
        Just(C::SwitchMethod {
            to: PaymentMethod::Wire
        }),
        Just(C::ProveTransfer),
        (10_u32..30).prop_map(|on| C::Expire { on: day(on) }),
        Just(C::Cancel),
        Just(C::Refund),
        Just(C::Dispute),
        Just(C::WinDispute),
        Just(C::LoseDispute),
    ]
}

proptest! {
    #[test]
    fn every_sequence_keeps_what_always_holds(
        total in 0_i64..200,
        sequence in prop::collection::vec(commands(), 0..40),
    ) {
        let mut order = order(total);
        let (mut came, mut returned, mut parked, mut given) = (0, 0, 0, 0);
        for command in sequence {
            let before = order;
            let Ok((next, events)) = after(&order, command) else {
                prop_assert_eq!(before, order, "a refusal changes nothing");
                continue;
            };
            order = next;
            prop_assert!(!events.is_empty(), "what is accepted is told");
            if let C::Receive { amount } = command {
                came += amount;
            }
            for event in events {
                match event {
                    E::Fulfilled => given += 1,
                    E::Parked(amount) => parked += amount,
                    E::Canceled(amount) | E::Refunded(amount) => returned += amount,
                    E::Expired => prop_assert!(before.received == 0
                        && !matches!(before.state, S::Paying | S::Unknown)),
                    _ => {}
                }
            }
            prop_assert!((0..=order.total).contains(&order.received));
            prop_assert!(given <= 1, "it is fulfilled at most once");
            prop_assert_eq!(came, order.received + parked + returned, "no money is lost or made");
            let paid = matches!(order.state, S::Fulfilled | S::Disputed);
            prop_assert!(!paid || order.received == order.total);
            prop_assert!(paid || order.state == S::Refunded || given == 0);
        }
    }
}

#[test]
fn each_state_allows_what_the_table_says() {
    let expire = C::Expire { on: day(21) };
    let wire = C::SwitchMethod {
        to: PaymentMethod::Wire,
    };
    let all = C::Receive { amount: 100 };
    let some = C::Receive { amount: 40 };
    let table: [(OrderStatus, C, Result<S, OrderRefusal>); 28] = [
        (order(100), C::Place, Ok(S::AwaitingPayment)),
        (order(0), C::Place, Ok(S::Fulfilled)),
        (order(100), C::Cancel, Ok(S::Canceled)),
        (order(100), all, Err(OrderRefusal::State)),
        (
            in_state(S::AwaitingPayment, 0),
            C::Place,
            Err(OrderRefusal::State),
        ),
        (
            in_state(S::AwaitingPayment, 0),
            C::StartAttempt,
            Ok(S::Paying),
        ),
        (
            in_state(S::AwaitingPayment, 0),
            wire,
            Ok(S::AwaitingPayment),
        ),
        (in_state(S::AwaitingPayment, 0), some, Ok(S::PartlyPaid)),
        (in_state(S::AwaitingPayment, 0), all, Ok(S::Fulfilled)),
        (in_state(S::AwaitingPayment, 0), expire, Ok(S::Expired)),
        (
            in_state(S::AwaitingPayment, 0),
            C::Expire { on: day(20) },
            Err(OrderRefusal::NotYet),
        ),
        (
            in_state(S::Paying, 0),
            C::StartAttempt,
            Err(OrderRefusal::AttemptOpen),
        ),
        (
            in_state(S::Paying, 0),
            C::EndAttempt,
            Ok(S::AwaitingPayment),
        ),
        (in_state(S::Paying, 0), C::LoseAttempt, Ok(S::Unknown)),
        (
            in_state(S::Paying, 0),
            C::Cancel,
            Err(OrderRefusal::AttemptOpen),
        ),
        (
            in_state(S::Unknown, 0),
            C::StartAttempt,
            Err(OrderRefusal::AttemptOpen),
        ),
        (
            in_state(S::Unknown, 0),
            wire,
            Err(OrderRefusal::AttemptOpen),
        ),
        (
            in_state(S::Unknown, 0),
            expire,
            Err(OrderRefusal::AttemptOpen),
        ),
        (in_state(S::Unknown, 0), all, Ok(S::Fulfilled)),
        (
            in_state(S::Unknown, 0),
            C::EndAttempt,
            Ok(S::AwaitingPayment),
        ),
        (
            in_state(S::PartlyPaid, 40),
            expire,
            Err(OrderRefusal::MoneyReceived),
        ),
        (in_state(S::PartlyPaid, 40), C::Cancel, Ok(S::Canceled)),
        (in_state(S::Expired, 0), all, Ok(S::Expired)),
        (in_state(S::Canceled, 0), all, Ok(S::Canceled)),
        (in_state(S::Fulfilled, 100), all, Ok(S::Fulfilled)),
        (in_state(S::Fulfilled, 100), C::Refund, Ok(S::Refunded)),
        (in_state(S::Fulfilled, 100), C::Dispute, Ok(S::Disputed)),
        (in_state(S::Disputed, 100), C::LoseDispute, Ok(S::Refunded)),
    ];
    for (before, command, wanted) in table {
        let state = after(&before, command).map(|(next, _)| next.state);
        assert_eq!(state, wanted, "{before:?} {command:?}");
    }
}

#[test]
fn what_is_too_much_and_what_is_too_late_is_parked() {
    let (_, events) =
        after(&in_state(S::PartlyPaid, 40), C::Receive { amount: 75 }).expect("taken");
    assert_eq!(events, [E::Received(60), E::Fulfilled, E::Parked(15)]);
    let (_, events) = after(&in_state(S::Canceled, 0), C::Receive { amount: 75 }).expect("taken");
    assert_eq!(events, [E::Parked(75)]);
}

#[test]
fn only_what_is_paid_by_card_has_attempts() {
    let wire = OrderStatus {
        method: PaymentMethod::Wire,
        ..in_state(S::AwaitingPayment, 0)
    };
    assert_eq!(after(&wire, C::StartAttempt), Err(OrderRefusal::NotByCard));
    let proved = after(&wire, C::ProveTransfer);
    assert_eq!(proved, Ok((wire, vec![E::TransferProved])));
    let card = in_state(S::AwaitingPayment, 0);
    assert_eq!(after(&card, C::ProveTransfer), Err(OrderRefusal::NotByWire));
    for state in [S::Draft, S::Paying, S::Fulfilled, S::Expired, S::Canceled] {
        let ended = OrderStatus { state, ..wire };
        assert_eq!(after(&ended, C::ProveTransfer), Err(OrderRefusal::State));
    }
}
