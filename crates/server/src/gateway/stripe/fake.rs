//! A small Stripe on loopback, for tests: sessions of Checkout, keys, lists, disputes; and whatever
//! can go wrong on the way.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, Uri};
use chrono::{DateTime, Utc};
use futures_util::stream;
use serde_json::{Value, json};
use url::Url;
use url::form_urlencoded;

use super::account::{Account, Hidden};
use super::ask::kept_at;
use super::client::VERSION;
use crate::gateway::signature;
use crate::testing::Outcome;

pub(crate) const KEY: &str = "sk_test_planted";
pub(crate) const SECRET: &str = "whsec_planted";

/// As long as anybody waits for the fake.
const PATIENCE: Duration = Duration::from_millis(400);

/// What goes wrong with one request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Trouble {
    /// It is done, and no answer comes.
    Stalls,
    /// It is done, and the connection breaks within the answer.
    Breaks,
    /// It is done, and the answer is no JSON.
    Garbles,
    /// It is not done, with this status and type of error.
    Refuses(u16, &'static str),
}

type Form = BTreeMap<String, String>;

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

type Shared = Arc<Mutex<Books>>;

/// One that runs until the test ends.
#[derive(Clone)]
pub(crate) struct Fake {
    url: Url,
    books: Shared,
}

impl Fake {
    pub(crate) async fn start() -> Outcome<Self> {
        let books = Shared::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let url = Url::parse(&format!("http://{}", listener.local_addr()?))?;
        let router = Router::new().fallback(answer).with_state(books.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { url, books })
    }

    pub(crate) fn account(&self) -> Account {
        let hidden = |text: &str| -> Hidden { text.parse().unwrap_or_else(|never| match never {}) };
        let mut account = Account::new(self.url.clone(), hidden(KEY), vec![hidden(SECRET)]);
        account.patience = PATIENCE;
        account
    }

    pub(crate) fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn trouble(&self, trouble: Trouble) {
        self.books().troubles.push_back(trouble);
    }

    /// What the newest session is called.
    pub(crate) fn newest(&self) -> String {
        let books = self.books();
        books
            .sessions
            .last()
            .map(|one| text(&one["id"]))
            .unwrap_or_default()
    }

    pub(crate) fn change(&self, id: &str, change: impl FnOnce(&mut Value)) {
        self.books()
            .sessions
            .iter_mut()
            .find(|one| one["id"] == id)
            .map(change);
    }

    /// The buyer enters a card.
    pub(crate) fn pay(&self, id: &str) {
        self.change(id, |session| {
            session["status"] = json!("complete");
            session["payment_status"] = json!("paid");
            session["url"] = Value::Null;
            session["payment_intent"] = json!({
                "id": id.replace("cs_", "pi_"), "object": "payment_intent", "status": "succeeded",
                "currency": session["currency"], "amount_received": session["amount_total"],
                "latest_charge": {"id": "ch_1", "disputed": false,
                    "payment_method_details": {"card": {"last4": "4242", "brand": "visa"}}},
            });
        });
    }
}

/// An event as Stripe sends it.
pub(crate) fn event(id: &str, kind: &str, object: &Value) -> String {
    json!({"id": id, "object": "event", "type": kind, "data": {"object": object}}).to_string()
}

/// The header that signs it.
pub(crate) fn signed(body: &str, secret: &str, at: DateTime<Utc>) -> String {
    signature::header(body.as_bytes(), secret, at)
}

async fn answer(
    State(books): State<Shared>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let trouble = {
        let mut books = books.lock().unwrap_or_else(PoisonError::into_inner);
        books.troubles.pop_front()
    };
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let read = |bytes: &[u8]| form_urlencoded::parse(bytes).into_owned().collect::<Form>();
    let call = format!("{method} {}", uri.path());
    let form = match method {
        Method::GET => read(uri.query().unwrap_or_default().as_bytes()),
        _ => read(&body),
    };
    let key = header("idempotency-key").map(str::to_owned);
    let (status, said) = {
        let mut books = books.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = Seen { call, key, form };
        books.seen.push(seen.clone());
        if let Some(Trouble::Refuses(status, kind)) = trouble {
            (status, error(kind, "as the test wants it"))
        } else if header("authorization") != Some(&format!("Bearer {KEY}")) {
            (
                401,
                error(
                    "invalid_request_error",
                    "Invalid API Key provided: sk_test_***",
                ),
            )
        } else if header("stripe-version") != Some(VERSION) {
            (400, error("invalid_request_error", "which version?"))
        } else {
            books.keyed(&seen)
        }
    };
    let said = said.to_string();
    let body = match trouble {
        Some(Trouble::Stalls) => {
            tokio::time::sleep(PATIENCE * 5).await;
            Body::empty()
        }
        Some(Trouble::Breaks) => {
            let half = said.get(..said.len() / 2).unwrap_or_default().to_owned();
            let pieces = [Ok(half), Err(std::io::Error::other("broken"))];
            Body::from_stream(stream::iter(pieces))
        }
        Some(Trouble::Garbles) => Body::from(format!("<html>{said}")),
        _ => Body::from(said),
    };
    let answer = Response::builder()
        .status(status)
        .header("request-id", "req_1");
    answer.body(body).unwrap_or_default()
}

fn error(kind: &str, message: &str) -> Value {
    json!({"error": {"type": kind, "message": message}})
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

impl Books {
    /// Under a key the same answer is given again, to the same request.
    fn keyed(&mut self, seen: &Seen) -> (u16, Value) {
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
        let amount = said("line_items[0][price_data][unit_amount]").parse::<i64>().unwrap_or(-1);
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
