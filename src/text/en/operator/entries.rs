//! The words of bank entries: queue, case and decision.

use membership_contract::desk::{BankDecisionKind, SuggestedBecause};
use membership_domain::purchase::bank::BankEntryState;

use crate::format;

pub const QUEUE: &str = "Queue";
pub const DECISION: &str = "Decision";
pub const ABOUT: &str = "What the bank told that no order took by itself, oldest first.";
pub const IMPORT: &str = "Import a statement";
pub const FIND: &str = "Find";
pub const SHOW: &str = "Show";
pub const WAITING: &str = "Waiting";
pub const LATER: &str = "Later entries";
pub const FROM_START: &str = "From the first";
pub const NO_PAYER: &str = "Name not given";
pub const NOTHING: &str = "Nothing waits";
pub const NOTHING_WHY: &str = "Every entry went to its order or was decided. The next statement \
    brings new ones.";
pub const NONE_OF_STATE: &str = "No entry has this status";
pub const NONE_OF_STATE_WHY: &str = "Choose another status, or go back to what waits.";
pub const SHOW_WAITING: &str = "Show what waits";
pub const CHOOSE: &str = "No entry is open";
pub const NOTHING_TO_DECIDE: &str = "Nothing is left to decide here.";

pub const TEXT: &str = "Bank text";
pub const REFERENCES: &str = "References";
pub const PAYER: &str = "Payer";
pub const PAYEE: &str = "Payee";
pub const ACCOUNT: &str = "Account";
pub const VALUE_DATE: &str = "Value date";
pub const NOTE: &str = "Note";
pub const NOT_GIVEN: &str = "Not given";

pub const SUGGESTIONS: &str = "Suggested orders";
pub const NO_SUGGESTION: &str =
    "No open order has this amount, this payer, or a number in the text.";
pub const ACCEPT: &str = "Accept";

pub const NOTE_LABEL: &str = "Note for colleagues";
pub const NOTE_HINT: &str = "Partners don't see it.";
pub const CHOOSE_DECISION: &str = "Choose a decision first.";
pub const UNDO: &str = "Undo";
pub const KEEP: &str = "Don't return it";

pub fn waiting(count: u64) -> String {
    match i64::try_from(count).unwrap_or(i64::MAX) {
        0 => "No bank entry waits for a decision".to_owned(),
        1 => "1 bank entry waits for a decision".to_owned(),
        many => format!("{} bank entries wait for a decision", format::number(many)),
    }
}

pub fn none_like(words: &str) -> String {
    format!("No entry in this list contains \u{201c}{words}\u{201d}.")
}

pub fn at_it(name: &str) -> String {
    format!("{name} is at it")
}

/// The case of another operator.
pub fn taken(name: &str) -> String {
    format!(
        "{name} is working on this entry, so you can't decide about it now. It's free again at \
         most five minutes after {name} leaves it."
    )
}

/// The headline of a case.
pub fn from(payer: &str) -> String {
    format!("from {payer}")
}

/// The headline of a case, of money that left.
pub fn to(payee: &str) -> String {
    format!("to {payee}")
}

pub fn opened(amount: &str, party: &str) -> String {
    format!("{amount} {party}")
}

/// Why nobody's order took it.
pub mod why {
    use super::{BankEntryState, format};

    pub const OUTGOING: &str = "Money left the account. Say whether it took back a payment that was \
        marked for return, or is a fee of the bank.";
    pub const NO_REFERENCE: &str = "Not matched: the bank text has no payment reference.";
    pub const SUM: &str = "Not matched: the bank told several payments as one sum, so it can't be \
        known which order gets what.";
    pub const SEVERAL: &str = "Not matched: the bank text names references of several orders.";
    pub const TO_RETURN: &str = "Marked for return. Tell the bank to send it back; when the money \
        leaves, the outgoing entry appears here.";

    pub fn came_back(reason: &str) -> String {
        match reason {
            "" => "Not matched: a payment of yours came back, without a reason.".to_owned(),
            reason => format!("Not matched: a payment of yours came back. Reason: {reason}."),
        }
    }

    pub fn unknown(references: &[String]) -> String {
        let all = format::list(references);
        match references.len() {
            1 => format!("Not matched: the reference {all} belongs to no order."),
            _ => format!("Not matched: the references {all} belong to no order."),
        }
    }

    pub fn other_currency(number: &str, order: &str, money: &str) -> String {
        format!(
            "Not matched: the reference is of the order {number}, which is in {order}, and the \
             money is in {money}."
        )
    }

    pub fn decided(state: BankEntryState, number: Option<&str>) -> String {
        use BankEntryState as S;
        let order = match number {
            Some(number) => format!("the order {number}"),
            None => "its order".to_owned(),
        };
        match state {
            S::Exact => format!("Matched by its reference: it paid {order} exactly."),
            S::TooLittle => {
                format!("Matched by its reference: {order} takes it, and isn't paid in full.")
            }
            S::TooMuch => {
                format!("Matched by its reference: it paid {order}, and the rest is parked.")
            }
            S::Late => format!(
                "Matched by its reference: {order} was over before, so the money is parked."
            ),
            S::Assigned => format!("An operator assigned it to {order}."),
            S::Returned => "It was sent back.".to_owned(),
            S::Fee => "It was booked as a fee of the bank.".to_owned(),
            _ => "It is being matched.".to_owned(),
        }
    }
}

pub fn because(why: SuggestedBecause) -> &'static str {
    match why {
        SuggestedBecause::Reference => "Its reference is in the text",
        SuggestedBecause::Number => "Its number is in the text",
        SuggestedBecause::NameAndAmount => "Name and amount agree, no reference",
        SuggestedBecause::Amount => "Only the amount agrees",
    }
}

/// What an order still takes: nothing where it was paid, and its payer may have paid again.
pub fn due(amount: Option<&str>) -> String {
    amount.map_or_else(
        || "Nothing due".to_owned(),
        |amount| format!("{amount} due"),
    )
}

pub fn accept(number: &str) -> String {
    format!("Accept {number}")
}

pub fn choice(kind: BankDecisionKind) -> &'static str {
    match kind {
        BankDecisionKind::Assign => "Assign to an order",
        BankDecisionKind::Return => "Mark for return",
        BankDecisionKind::Returned => "Sent back",
        BankDecisionKind::Fee => "Bank fee",
    }
}

/// What comes of it.
pub fn hint(kind: BankDecisionKind) -> &'static str {
    match kind {
        BankDecisionKind::Assign => {
            "The order takes the money at once, and what it doesn't need is parked. You can't undo \
             this."
        }
        BankDecisionKind::Return => "Nothing is sent from here: tell the bank. You can undo this.",
        BankDecisionKind::Returned => {
            "It took back a payment of the same amount that was marked for return. You can't undo \
             this."
        }
        BankDecisionKind::Fee => "It's booked as a fee of the bank. You can't undo this.",
    }
}

/// What decides, with the amount.
pub fn submit(kind: BankDecisionKind, amount: &str) -> String {
    match kind {
        BankDecisionKind::Assign => format!("Assign {amount} and next"),
        BankDecisionKind::Return => format!("Mark {amount} for return and next"),
        BankDecisionKind::Returned => format!("Book {amount} as sent back and next"),
        BankDecisionKind::Fee => format!("Book {amount} as a fee and next"),
    }
}

pub const SUBMIT: &str = "Decide and next";

/// What was done.
pub fn done(kind: BankDecisionKind, amount: &str, party: &str, number: Option<&str>) -> String {
    match kind {
        BankDecisionKind::Assign => {
            let number = number.unwrap_or_default();
            format!("{amount} {party} was assigned to the order {number}.")
        }
        BankDecisionKind::Return => format!("{amount} {party} is marked for return."),
        BankDecisionKind::Returned => format!("{amount} {party} was booked as sent back."),
        BankDecisionKind::Fee => format!("{amount} {party} was booked as a fee of the bank."),
    }
}

pub const UNDONE: &str = "The decision was undone. The entry waits again.";
