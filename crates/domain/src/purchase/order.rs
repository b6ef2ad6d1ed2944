//! Orders: one function that says what each command does in each state.
//!
//! Amounts are in minor units of the order's currency. What the order received is kept with its
//! state, so that no command can take more than its total: what is too much is parked.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::bill::PaymentMethod;

crate::codes! {
    /// How far an order is.
    #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
    OrderState {
        /// Answers are being given; nothing is owed.
        Draft = "draft",
        /// Placed; nothing was received.
        AwaitingPayment = "awaiting_payment",
        /// An attempt to pay by card is open.
        Paying = "paying",
        /// Nobody knows yet whether an attempt by card was paid.
        Unknown = "unknown",
        /// Some of it was received.
        PartlyPaid = "partly_paid",
        /// Paid, and what was ordered was given.
        Fulfilled = "fulfilled",
        /// It was not paid in time.
        Expired = "expired",
        /// The buyer canceled it.
        Canceled = "canceled",
        /// The money went back, and what was given ended.
        Refunded = "refunded",
        /// The card's owner disputes the payment.
        Disputed = "disputed",
    }
}

/// An order as its machine sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderStatus {
    /// How far it is.
    pub state: OrderState,
    /// How it is paid.
    pub method: PaymentMethod,
    /// What is to be paid.
    pub total: i64,
    /// What was received for it: never more than the total.
    pub received: i64,
    /// The last day on which it can be paid.
    pub expires_on: NaiveDate,
}

/// What is done with an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderCommand {
    /// The buyer places it.
    Place,
    /// The buyer begins to pay by card.
    StartAttempt,
    /// The open attempt ended without money: declined, or left.
    EndAttempt,
    /// The payment provider did not say what became of the open attempt.
    LoseAttempt,
    /// The open attempt is known again, and still open.
    FindAttempt,
    /// Money came: by card, or as a credit of the bank.
    Receive {
        /// How much; above zero.
        amount: i64,
    },
    /// The buyer pays otherwise.
    SwitchMethod {
        /// How.
        to: PaymentMethod,
    },
    /// The buyer shows that a transfer was sent (R10).
    ProveTransfer,
    /// Its last day has passed.
    Expire {
        /// Today.
        on: NaiveDate,
    },
    /// The buyer cancels it.
    Cancel,
    /// A refund of all of it succeeded.
    Refund,
    /// The card's owner disputes the payment.
    Dispute,
    /// The dispute was decided for the seller.
    WinDispute,
    /// The dispute was decided for the card's owner: the money is gone.
    LoseDispute,
}

/// What came of a command, for the audit log and for what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderEvent {
    /// It was placed.
    Placed,
    /// An attempt began.
    AttemptStarted,
    /// The attempt ended without money.
    AttemptEnded,
    /// What became of the attempt is not known.
    AttemptLost,
    /// It is known again.
    AttemptFound,
    /// So much was received for the order.
    Received(i64),
    /// So much was received that the order does not take.
    Parked(i64),
    /// All of it was received: what was ordered is given now, once.
    Fulfilled,
    /// It is paid otherwise.
    MethodSwitched(PaymentMethod),
    /// The buyer showed that a transfer was sent.
    TransferProved,
    /// It expired.
    Expired,
    /// It was canceled; so much had been received, and goes back.
    Canceled(i64),
    /// So much went back.
    Refunded(i64),
    /// The payment is disputed.
    Disputed,
    /// The dispute was won.
    DisputeWon,
    /// The dispute was lost.
    DisputeLost,
}

crate::codes! {
    /// Why a command does nothing.
    #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
    OrderRefusal {
        /// The order's state does not allow it.
        State = "state",
        /// Another attempt is open, or what became of it is not known.
        AttemptOpen = "attempt_open",
        /// It is paid by transfer.
        NotByCard = "not_by_card",
        /// It is paid by card.
        NotByWire = "not_by_wire",
        /// Its last day has not passed.
        NotYet = "not_yet",
        /// Money was received for it.
        MoneyReceived = "money_received",
        /// No amount above zero.
        NoAmount = "no_amount",
    }
}

impl OrderStatus {
    /// A new order.
    #[must_use]
    pub fn draft(method: PaymentMethod, total: i64, expires_on: NaiveDate) -> Self {
        Self {
            state: OrderState::Draft,
            method,
            total,
            received: 0,
            expires_on,
        }
    }

    /// What is still to be paid.
    #[must_use]
    pub fn due(&self) -> i64 {
        (self.total - self.received).max(0)
    }

    /// Whether it is placed and not ended: it can still become fulfilled.
    #[must_use]
    pub fn is_open(&self) -> bool {
        use OrderState as S;
        matches!(
            self.state,
            S::AwaitingPayment | S::Paying | S::Unknown | S::PartlyPaid
        )
    }

    /// Whether a command would do something now: what a page asks before it offers a control.
    #[must_use]
    pub fn allows(&self, command: OrderCommand) -> bool {
        after(self, command).is_ok()
    }

    fn with(self, state: OrderState) -> Self {
        Self { state, ..self }
    }

    /// Without an attempt: as much is paid as was received.
    fn between_attempts(self) -> Self {
        self.with(match self.received {
            0 => OrderState::AwaitingPayment,
            _ => OrderState::PartlyPaid,
        })
    }
}

/// The order after a command, and what came of it.
///
/// # Errors
/// Why the command does nothing; nothing changes then.
pub fn after(
    order: &OrderStatus,
    command: OrderCommand,
) -> Result<(OrderStatus, Vec<OrderEvent>), OrderRefusal> {
    use OrderCommand as C;
    use OrderEvent as E;
    use OrderState as S;
    let order = *order;
    let done = |order: OrderStatus, event: OrderEvent| Ok((order, vec![event]));
    match (order.state, command) {
        (S::Draft, C::Place) if order.total == 0 => {
            Ok((order.with(S::Fulfilled), vec![E::Placed, E::Fulfilled]))
        }
        (S::Draft, C::Place) => done(order.with(S::AwaitingPayment), E::Placed),
        (S::AwaitingPayment | S::PartlyPaid, C::StartAttempt) => match order.method {
            PaymentMethod::Card => done(order.with(S::Paying), E::AttemptStarted),
            PaymentMethod::Wire => Err(OrderRefusal::NotByCard),
        },
        (S::Paying | S::Unknown, C::StartAttempt | C::SwitchMethod { .. }) => {
            Err(OrderRefusal::AttemptOpen)
        }
        (S::Paying | S::Unknown, C::EndAttempt) => done(order.between_attempts(), E::AttemptEnded),
        (S::Paying, C::LoseAttempt) => done(order.with(S::Unknown), E::AttemptLost),
        (S::Unknown, C::FindAttempt) => done(order.with(S::Paying), E::AttemptFound),
        (S::AwaitingPayment, C::SwitchMethod { to }) if to != order.method => {
            let switched = OrderStatus {
                method: to,
                ..order
            };
            done(switched, E::MethodSwitched(to))
        }
        (S::AwaitingPayment | S::PartlyPaid, C::ProveTransfer) => match order.method {
            PaymentMethod::Wire => done(order, E::TransferProved),
            PaymentMethod::Card => Err(OrderRefusal::NotByWire),
        },
        (S::Draft, C::Receive { .. }) => Err(OrderRefusal::State),
        (_, C::Receive { amount }) if amount <= 0 => Err(OrderRefusal::NoAmount),
        (_, C::Receive { amount }) => Ok(receive(order, amount)),
        (S::AwaitingPayment, C::Expire { on }) => match order.received {
            0 if on > order.expires_on => done(order.with(S::Expired), E::Expired),
            0 => Err(OrderRefusal::NotYet),
            _ => Err(OrderRefusal::MoneyReceived),
        },
        (S::PartlyPaid, C::Expire { .. }) => Err(OrderRefusal::MoneyReceived),
        (S::Paying | S::Unknown, C::Expire { .. } | C::Cancel) => Err(OrderRefusal::AttemptOpen),
        (S::Draft | S::AwaitingPayment | S::PartlyPaid, C::Cancel) => {
            // What was received waits to be returned, and is the order's no more.
            let canceled = OrderStatus {
                received: 0,
                ..order.with(S::Canceled)
            };
            done(canceled, E::Canceled(order.received))
        }
        (S::Fulfilled, C::Refund) => {
            let refunded = OrderStatus {
                received: 0,
                ..order.with(S::Refunded)
            };
            done(refunded, E::Refunded(order.received))
        }
        (S::Fulfilled, C::Dispute) => done(order.with(S::Disputed), E::Disputed),
        (S::Disputed, C::WinDispute) => done(order.with(S::Fulfilled), E::DisputeWon),
        (S::Disputed, C::LoseDispute) => {
            let lost = OrderStatus {
                received: 0,
                ..order.with(S::Refunded)
            };
            Ok((lost, vec![E::DisputeLost, E::Refunded(order.received)]))
        }
        _ => Err(OrderRefusal::State),
    }
}

/// Money cannot be refused: what the order does not take is parked.
fn receive(order: OrderStatus, amount: i64) -> (OrderStatus, Vec<OrderEvent>) {
    use OrderEvent as E;
    if !order.is_open() {
        return (order, vec![E::Parked(amount)]);
    }
    let taken = amount.min(order.due());
    let received = order.received + taken;
    let mut events = vec![E::Received(taken)];
    let next = OrderStatus { received, ..order };
    let next = match order.state {
        _ if next.due() == 0 => {
            events.push(E::Fulfilled);
            next.with(OrderState::Fulfilled)
        }
        // An attempt goes on beside it.
        OrderState::Paying | OrderState::Unknown => next,
        _ => next.with(OrderState::PartlyPaid),
    };
    if amount > taken {
        events.push(E::Parked(amount - taken));
    }
    (next, events)
}

#[cfg(test)]
mod tests;
