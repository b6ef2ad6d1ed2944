//! Buying, in sentences.

use membership_domain::purchase::attempt::DeclineReason;
use membership_domain::purchase::bank::BankEntryState;
use membership_domain::purchase::bill::{BillKind, PaymentMethod};
use membership_domain::purchase::order::{OrderRefusal, OrderState};
use membership_domain::purchase::quote::QuoteRefusal;

/// How far an order is.
#[must_use]
pub fn order_state(state: OrderState) -> &'static str {
    match state {
        OrderState::Draft => "Draft",
        OrderState::AwaitingPayment => "Waiting for payment",
        OrderState::Paying => "Payment in progress",
        OrderState::Unknown => "Payment being checked",
        OrderState::PartlyPaid => "Partly paid",
        OrderState::Fulfilled => "Paid",
        OrderState::Expired => "Expired",
        OrderState::Canceled => "Canceled",
        OrderState::Refunded => "Refunded",
        OrderState::Disputed => "Disputed",
    }
}

/// How something is paid.
#[must_use]
pub fn payment_method(method: PaymentMethod) -> &'static str {
    match method {
        PaymentMethod::Card => "Card",
        PaymentMethod::Wire => "Bank transfer",
    }
}

/// How far an entry of a bank is.
#[must_use]
pub fn bank_entry_state(state: BankEntryState) -> &'static str {
    match state {
        BankEntryState::Received => "Received",
        BankEntryState::Exact => "Matched",
        BankEntryState::TooLittle => "Too little",
        BankEntryState::TooMuch => "Too much",
        BankEntryState::Late => "Too late",
        BankEntryState::Unmatched => "Not matched",
        BankEntryState::Outgoing => "Outgoing",
        BankEntryState::Assigned => "Assigned",
        BankEntryState::ToReturn => "To return",
        BankEntryState::Returned => "Returned",
        BankEntryState::Fee => "Bank fee",
    }
}

/// What a bill is.
#[must_use]
pub fn bill_kind(kind: BillKind) -> &'static str {
    match kind {
        BillKind::OrderConfirmation => "Order confirmation",
        BillKind::Invoice => "Invoice",
        BillKind::Receipt => "Receipt",
        BillKind::CreditNote => "Credit note",
    }
}

/// Why a card was declined, and what to do.
#[must_use]
pub fn declined(reason: DeclineReason) -> &'static str {
    match reason {
        DeclineReason::Declined => {
            "The bank declined the card. Check that you entered the card's own billing address, \
             use another card, or pay by bank transfer."
        }
        DeclineReason::Funds => {
            "The card doesn't have enough money. Use another card, or pay by bank transfer."
        }
        DeclineReason::Expired => "The card has expired. Use another card.",
        DeclineReason::Authentication => {
            "The bank couldn't confirm that it's your card. Try again, or use another card."
        }
    }
}

/// Why a command of an order does nothing.
#[must_use]
pub fn order_refused(why: OrderRefusal) -> &'static str {
    match why {
        OrderRefusal::State => {
            "The order's status doesn't allow this anymore. Nothing was changed. Reload the page."
        }
        OrderRefusal::AttemptOpen => {
            "A card payment of this order is still open, or being checked. Nothing was changed. \
             Wait until it is known how it ended."
        }
        OrderRefusal::NotByCard => {
            "This order is paid by bank transfer. Nothing was changed. Change the payment method \
             first."
        }
        OrderRefusal::NotByWire => {
            "This order is paid by card, so there is no transfer to prove. Nothing was changed."
        }
        OrderRefusal::NotYet => "The order can still be paid. Nothing was changed.",
        OrderRefusal::MoneyReceived => {
            "Money was received for this order. Nothing was changed. Pay the rest, or cancel the \
             order to have the money returned."
        }
        OrderRefusal::NoAmount => "The amount must be above zero. Nothing was changed.",
    }
}

/// Why there is no quote.
#[must_use]
pub fn quote_refused(why: QuoteRefusal) -> &'static str {
    match why {
        QuoteRefusal::NotPossible => {
            "You can't order this now: a condition isn't met. Nothing was ordered. See Offers for \
             which one, and what to do."
        }
        QuoteRefusal::NoOffer => "No such offer. Nothing was ordered. See Offers.",
        QuoteRefusal::NoOption => {
            "Choose one of the benefits that this offer has for you. Nothing was ordered."
        }
        QuoteRefusal::NoPrice => {
            "No price is published for this offer, so nothing was ordered. Ask support."
        }
        QuoteRefusal::NoMethod => {
            "This payment method isn't available in your country or currency. Nothing was ordered. \
             Choose another one."
        }
        QuoteRefusal::NoBilling => {
            "No billing profile is linked yet. Nothing was ordered. A Global admin links it in \
             Billing profile."
        }
    }
}
