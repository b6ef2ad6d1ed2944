//! A small Stripe on loopback, for tests: sessions of Checkout, keys, lists, disputes; and whatever
//! can go wrong on the way.

mod books;

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
use super::client::VERSION;
use crate::gateway::signature;
use crate::testing::Outcome;
pub(crate) use books::{Books, Seen};
use books::{Form, error, text};

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
