//! What the small Stripe has in its books, and does when it is asked.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Value, json};

use super::Trouble;
use crate::gateway::stripe::ask::kept_at;

pub(crate) type Form = BTreeMap<String, String>;

/// A request as it came.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Seen {
    pub(crate) call: String,
    pub(crate) key: Option<String>,
    pub(crate) form: Form,
}

#[derive(Default)]
pub(crate) struct Books {
    pub(crate) sessions: Vec<Value>,
    pub(crate) disputes: Vec<Value>,
    pub(crate) seen: Vec<Seen>,
    pub(crate) troubles: VecDeque<Trouble>,
    /// What is added to each amount.
    pub(crate) tax: i64,
    answers: BTreeMap<String, (Form, u16, Value)>,
}

pub(crate) fn error(kind: &str, message: &str) -> Value {
    json!({"error": {"type": kind, "message": message}})
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

impl Books {
    /// Under a key the same answer is given again, to the same request.
    pub(crate) fn keyed(&mut self, seen: &Seen) -> (u16, Value) {
        let Some(key) = &seen.key else {
            return self.done(seen);
        };
        match self.answers.get(key) {
            Some((form, ..)) if *form != seen.form => (
                400,
                error("idempotency_error", "the same key for another request"),
            ),
            Some((_, status, said)) => (*status, said.clone()),
            None => {
                let (status, said) = self.done(seen);
                self.answers
                    .insert(key.clone(), (seen.form.clone(), status, said.clone()));
                (status, said)
            }
        }
    }

    fn done(&mut self, seen: &Seen) -> (u16, Value) {
        let path = seen.call.trim_end_matches('/');
        let (call, id) = match path.strip_prefix("GET /v1/checkout/sessions/") {
            Some(id) => ("read", id),
            None => match path.strip_suffix("/expire") {
                Some(path) => ("expire", path.rsplit('/').next().unwrap_or_default()),
                None => (path, ""),
            },
        };
        let is_expanded = seen.form.contains_key("expand[0]");
        match call {
            "POST /v1/checkout/sessions" => self.begin(&seen.form),
            "GET /v1/checkout/sessions" => (200, self.list(&seen.form)),
            "GET /v1/disputes" => (200, json!({"data": self.disputes, "has_more": false})),
            "read" | "expire" => match self.sessions.iter_mut().find(|one| one["id"] == id) {
                None => (404, error("invalid_request_error", "no such session")),
                Some(session) if call == "expire" => {
                    if session["status"] != "open" {
                        return (400, error("invalid_request_error", "it is not open"));
                    }
                    session["status"] = json!("expired");
                    session["url"] = Value::Null;
                    (200, plain(session))
                }
                Some(session) if is_expanded => (200, session.clone()),
                Some(session) => (200, plain(session)),
            },
            _ => (404, error("invalid_request_error", "unrecognized request")),
        }
    }

    fn begin(&mut self, form: &Form) -> (u16, Value) {
        let said = |name: &str| form.get(name).cloned().unwrap_or_default();
        let kept = said("client_reference_id")
            .parse()
            .map(kept_at)
            .unwrap_or_default();
        let seconds = said("expires_at").parse::<i64>().unwrap_or_default() - kept.timestamp();
        if said("mode") != "payment" || !(1_800..=86_400).contains(&seconds) {
            return (400, error("invalid_request_error", "mode or expires_at"));
        }
        let id = format!("cs_test_{}", self.sessions.len() + 1);
        let amount = said("line_items[0][price_data][unit_amount]")
            .parse::<i64>()
            .unwrap_or(-1);
        let session = json!({
            "id": id, "object": "checkout.session", "status": "open", "payment_status": "unpaid",
            "url": format!("https://checkout.stripe.com/c/pay/{id}"), "created": kept.timestamp() + 1,
            "currency": said("line_items[0][price_data][currency]"),
            "amount_total": amount + self.tax,
            "payment_intent": null, "client_reference_id": said("client_reference_id"),
            "metadata": {"attempt": said("metadata[attempt]"), "order": said("metadata[order]"),
                "currency": said("metadata[currency]")},
        });
        self.sessions.push(session.clone());
        (200, session)
    }

    /// The newest first, two on a page.
    fn list(&self, form: &Form) -> Value {
        let number = |name: &str| form.get(name).and_then(|at| at.parse::<i64>().ok());
        let (from, to) = (number("created[gte]"), number("created[lte]"));
        let fits = |session: &&Value| {
            let at = session["created"].as_i64().unwrap_or_default();
            let intent = form.get("payment_intent");
            from.is_none_or(|from| at >= from)
                && to.is_none_or(|to| at <= to)
                && intent.is_none_or(|id| session["payment_intent"]["id"] == id.as_str())
        };
        let mut found: Vec<&Value> = self.sessions.iter().rev().filter(fits).collect();
        if let Some(last) = form.get("starting_after") {
            let at = found.iter().position(|one| one["id"] == last.as_str());
            found.drain(..at.map_or(0, |at| at + 1));
        }
        let page: Vec<Value> = found.iter().take(2).map(|one| plain(one)).collect();
        json!({"object": "list", "has_more": found.len() > 2, "data": page})
    }
}

/// Without the objects that were not asked for.
fn plain(session: &Value) -> Value {
    let mut plain = session.clone();
    plain["payment_intent"] = session["payment_intent"]["id"].clone();
    plain
}
