//! Events that Stripe tells of. All that is taken of one is which payment it may be about.

use axum::http::HeaderMap;
use chrono::{DateTime, Utc};
use membership_contract::refusal::Refusal;
use serde_json::Value;

use super::account::Hidden;
use crate::gateway::{Event, signature};

/// The header that signs them.
pub const SIGNATURE: &str = "stripe-signature";

/// Reads one that is signed with one of the secrets, over the bytes as they came.
pub fn read(
    headers: &HeaderMap,
    body: &[u8],
    secrets: &[Hidden],
    now: DateTime<Utc>,
) -> Result<Event, Refusal> {
    let header = headers.get(SIGNATURE).and_then(|value| value.to_str().ok());
    if !header.is_some_and(|header| signature::is_right(header, body, secrets, now)) {
        return Err(Refusal::Forged);
    }
    let sent: Value = serde_json::from_slice(body).map_err(|_| Refusal::Forged)?;
    let text = |value: &Value| {
        value
            .as_str()
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let object = &sent["data"]["object"];
    let id = text(&object["id"]);
    let mut event = Event {
        id: text(&sent["id"]).ok_or(Refusal::Forged)?,
        payment: None,
        attempt: text(&object["metadata"]["attempt"]).and_then(|attempt| attempt.parse().ok()),
        behind: None,
    };
    match object["object"].as_str() {
        Some("checkout.session") => event.payment = id,
        Some("payment_intent") => event.behind = id,
        Some("charge" | "dispute" | "refund") => event.behind = text(&object["payment_intent"]),
        // About something that no attempt is paid by, whatever it is marked with.
        _ => event.attempt = None,
    }
    Ok(event)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(object: Value) -> Option<Event> {
        let body = json!({"id": "evt_1", "data": {"object": object}}).to_string();
        let (secret, now) = ("whsec_1", DateTime::UNIX_EPOCH);
        let header = signature::header(body.as_bytes(), secret, now);
        let headers = [(SIGNATURE.parse().ok()?, header.parse().ok()?)]
            .into_iter()
            .collect();
        let secrets: Vec<Hidden> = vec![secret.parse().ok()?];
        read(&headers, body.as_bytes(), &secrets, now).ok()
    }

    #[test]
    fn an_event_is_about_the_payment_behind_its_object() {
        let attempt = "0189f7ea-ae2f-7809-8aeb-b819cf5e9e7f";
        let marked = json!({"attempt": attempt});
        let event = |payment: Option<&str>, marked: bool, behind: Option<&str>| Event {
            id: "evt_1".to_owned(),
            payment: payment.map(str::to_owned),
            attempt: attempt.parse().ok().filter(|_| marked),
            behind: behind.map(str::to_owned),
        };
        for (object, expected) in [
            (
                json!({"object": "checkout.session", "id": "cs_1", "metadata": marked}),
                event(Some("cs_1"), true, None),
            ),
            (
                json!({"object": "checkout.session", "id": "cs_2", "metadata": {"attempt": "x"},
                    "client_reference_id": attempt}),
                event(Some("cs_2"), false, None),
            ),
            (
                json!({"object": "payment_intent", "id": "pi_1", "metadata": marked}),
                event(None, true, Some("pi_1")),
            ),
            (
                json!({"object": "charge", "id": "ch_1", "metadata": {}, "payment_intent": "pi_1"}),
                event(None, false, Some("pi_1")),
            ),
            (
                json!({"object": "dispute", "id": "dp_1", "payment_intent": "pi_1"}),
                event(None, false, Some("pi_1")),
            ),
            (
                json!({"object": "customer", "id": "cus_1", "metadata": marked}),
                event(None, false, None),
            ),
            (Value::Null, event(None, false, None)),
        ] {
            assert_eq!(told(object.clone()), Some(expected), "{object}");
        }
    }
}
