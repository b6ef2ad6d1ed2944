//! What Stripe is asked for when a payment begins. All of it follows from what was kept before, so
//! that a retry asks for the same, which is what Stripe compares under a key.

use chrono::{DateTime, Duration, Utc};
use membership_domain::id::AttemptId;

use super::amount::to_stripe;
use crate::gateway::Asked;

/// How long a buyer has, from when the attempt was kept.
pub const LIFETIME: Duration = Duration::hours(3);

/// Until then it can begin: Stripe wants half an hour to be left.
pub const BEGINS: Duration = Duration::minutes(140);

/// By then whatever was sent has begun or never will.
pub const DECIDED: Duration = Duration::minutes(160);

/// The longest name of what is bought.
const NAME: usize = 200;

/// When an attempt was kept: its id begins with that.
#[must_use]
pub fn kept_at(attempt: AttemptId) -> DateTime<Utc> {
    let millis = (attempt.as_bytes().iter().take(6))
        .fold(0_i64, |millis, byte| millis << 8 | i64::from(*byte));
    DateTime::from_timestamp_millis(millis).unwrap_or_default()
}

/// The parameters of a session of Checkout; none where Stripe can't charge the amount.
#[must_use]
pub fn session(asked: &Asked) -> Option<Vec<(&'static str, String)>> {
    let amount = to_stripe(asked.money)?;
    let currency = asked.money.currency.code();
    let attempt = asked.attempt.to_string();
    let number = asked.order_number.clone();
    let name = match asked.description.trim() {
        "" => "Membership",
        name => name,
    };
    let expires = kept_at(asked.attempt) + LIFETIME;
    Some(vec![
        ("mode", "payment".to_owned()),
        // Other methods are paid days later, and have other disputes.
        ("allowed_payment_method_types[0]", "card".to_owned()),
        // The price is in the currency of the order, and so is what is paid.
        ("adaptive_pricing[enabled]", "false".to_owned()),
        ("line_items[0][quantity]", "1".to_owned()),
        (
            "line_items[0][price_data][currency]",
            currency.to_lowercase(),
        ),
        ("line_items[0][price_data][unit_amount]", amount.to_string()),
        (
            "line_items[0][price_data][product_data][name]",
            name.chars().take(NAME).collect(),
        ),
        ("client_reference_id", attempt.clone()),
        ("metadata[attempt]", attempt.clone()),
        ("metadata[currency]", currency.to_owned()),
        ("metadata[order]", number.clone()),
        (
            "payment_intent_data[description]",
            format!("Order {number}"),
        ),
        ("payment_intent_data[metadata][attempt]", attempt),
        ("payment_intent_data[metadata][order]", number),
        ("success_url", asked.return_to.clone()),
        ("cancel_url", asked.return_to.clone()),
        ("expires_at", expires.timestamp().to_string()),
        ("locale", "auto".to_owned()),
    ])
}
