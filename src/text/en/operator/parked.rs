//! The words of money that its orders did not take.

use crate::format;

pub const ABOUT: &str = "Money that came for an order which didn't need it. It belongs to whoever \
    paid it until you decide.";
pub const NOTHING: &str = "No money is parked";
pub const NOTHING_WHY: &str = "What orders don't need appears here: too much, or too late.";
pub const TABLE: &str = "Parked money";
pub const SINCE: &str = "Since";
pub const WAITS: &str = "Waits";
pub const TO_RETURN: &str = "To return";
pub const DECIDE: &str = "Decide";
pub const DECISION: &str = "Decision";
pub const CHOOSE: &str = "Choose Decide beside a piece of money.";
pub const WHAT: &str = "What becomes of it?";
pub const ASSIGN: &str = "Assign to another order";
pub const ASSIGN_HINT: &str = "The order takes it at once. You can't undo this.";
pub const RETURN: &str = "Return it";
pub const RETURN_HINT: &str = "Nothing is sent from here: the bank does it, or for a card the \
    payment provider. Until the money leaves, you can keep it.";
pub const REFUNDED: &str = "It was refunded to the card";
pub const REFUNDED_HINT: &str = "For a refund that you made at the payment provider. You can't undo \
    this.";
pub const KEEP: &str = "Keep it here for now";
pub const KEEP_HINT: &str = "It stays parked and waits for a decision.";
pub const NO_CHOICE: &str = "Choose what becomes of it.";
pub const NO_NUMBER: &str = "Enter the number of an order.";
pub const SUBMIT: &str = "Decide";

pub fn title(count: usize) -> String {
    match i64::try_from(count).unwrap_or(i64::MAX) {
        1 => "1 payment is parked".to_owned(),
        many => format!("{} payments are parked", format::number(many)),
    }
}

/// The order for which it came, after its number: how far it is, and how the money came.
pub fn came(state: &str, method: &str) -> String {
    format!(", {state}, {method}")
}

pub fn decide(amount: &str, buyer: &str) -> String {
    format!("Decide about {amount} of {buyer}")
}

pub fn of(amount: &str, buyer: &str) -> String {
    format!("{amount} of {buyer}")
}

pub fn assigned(amount: &str, number: &str) -> String {
    format!("{amount} was assigned to the order {number}.")
}

pub fn to_return(amount: &str, by_card: bool) -> String {
    let how = match by_card {
        true => "Refund it at the payment provider, then say so here.",
        false => "Tell the bank to send it back.",
    };
    format!("{amount} is marked for return. {how}")
}

pub fn refunded(amount: &str) -> String {
    format!("{amount} went back to its card.")
}

pub fn kept(amount: &str) -> String {
    format!("{amount} stays parked.")
}
