//! Requests to Stripe, each sent once: who asked asks again, under the same key.

use std::time::Duration;

use anyhow::Context as _;
use membership_domain::text::is_invisible;
use reqwest::header::HeaderValue;
use reqwest::{Method, RequestBuilder, StatusCode, redirect, retry};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use url::Url;

use super::account::Account;

/// The version of the API for which this is written. Accounts have others as their default.
pub const VERSION: &str = "2026-10-28.endive";

/// How long a connection may take.
const CONNECTING: Duration = Duration::from_secs(5);

/// The most bytes of an answer that are read: the largest are some pages of a hundred sessions.
const MOST: usize = 4 * 1024 * 1024;

/// So many characters are kept of what Stripe says.
const SAID: usize = 300;

/// Why there is no object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No answer, or none that says anything: whatever was asked for may have been done.
    Silent(String),
    /// It was not done.
    Refused(Refused),
}

/// What Stripe did not do, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The status of the answer.
    pub status: u16,
    /// The kind of the error.
    pub kind: String,
    /// For the log.
    pub said: String,
}

/// What makes requests.
#[derive(Debug)]
pub struct Client {
    http: reqwest::Client,
    url: Url,
    authorization: HeaderValue,
}

impl Client {
    /// One for an account; nothing is sent yet.
    ///
    /// # Errors
    /// The key has what no header can have, or TLS can't be used.
    pub fn new(account: &Account) -> anyhow::Result<Self> {
        let builder = reqwest::Client::builder()
            .connect_timeout(CONNECTING)
            .timeout(account.patience)
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .https_only(!account.is_local())
            .user_agent(concat!("membership-server/", env!("CARGO_PKG_VERSION")));
        let builder = match account.is_local() {
            true => builder.no_proxy(),
            false => builder,
        };
        let authorization = HeaderValue::try_from(format!("Bearer {}", account.key.as_ref()));
        let mut authorization = authorization
            .ok()
            .context("the secret key of Stripe has other characters than keys")?;
        authorization.set_sensitive(true);
        Ok(Self {
            http: builder.build().context("HTTPS to Stripe")?,
            url: account.url.clone(),
            authorization,
        })
    }

    /// Reads an object.
    pub async fn get<T: DeserializeOwned>(
        &self,
        path: &[&str],
        query: &[(&str, &str)],
    ) -> Result<T, Fault> {
        let mut url = self.at(path);
        url.query_pairs_mut().extend_pairs(query);
        self.answer(self.http.request(Method::GET, url)).await
    }

    /// Makes or changes an object; under a key it is done once.
    pub async fn post<T: DeserializeOwned>(
        &self,
        path: &[&str],
        form: &[(&str, String)],
        key: Option<&str>,
    ) -> Result<T, Fault> {
        let request = self.http.request(Method::POST, self.at(path)).form(form);
        self.answer(match key {
            Some(key) => request.header("idempotency-key", key),
            None => request,
        })
        .await
    }

    fn at(&self, path: &[&str]) -> Url {
        let mut url = self.url.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().push("v1").extend(path);
        }
        url
    }

    async fn answer<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, Fault> {
        let sent = request
            .header("authorization", self.authorization.clone())
            .header("stripe-version", VERSION)
            .send();
        let mut response = sent.await.map_err(silent)?;
        let status = response.status();
        let id = response.headers().get("request-id");
        let id = id
            .and_then(|id| id.to_str().ok())
            .unwrap_or("none")
            .to_owned();
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(silent)? {
            body.extend_from_slice(&piece);
            if body.len() > MOST {
                return Err(Fault::Silent(format!("too long an answer, request {id}")));
            }
        }
        read(status, &body, &id)
    }
}

/// What an answer says.
fn read<T: DeserializeOwned>(status: StatusCode, body: &[u8], id: &str) -> Result<T, Fault> {
    let code = status.as_u16();
    let id = shown(id);
    if status.is_success() {
        // What does not fit is named by its place; the answer itself has names and addresses.
        return serde_json::from_slice(body).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            Fault::Silent(format!(
                "unreadable at {line}:{column}, status {code}, request {id}"
            ))
        });
    }
    let said: Option<Failure> = serde_json::from_slice(body).ok();
    let error = said.map(|said| said.error).unwrap_or_default();
    let kind = shown(&error.kind);
    let said = format!(
        "status {code}, {kind} {}, parameter {}, request {id}: {}",
        shown(error.code.as_deref().unwrap_or("without a code")),
        shown(error.param.as_deref().unwrap_or("none")),
        shown(error.message.as_deref().unwrap_or_default()),
    );
    // 409 is another request with the same key that is under way; whether 424 and 5xx were done
    // nobody knows.
    let is_definite = matches!(code, 400..=404);
    let is_known = ["invalid_request_error", "card_error", "idempotency_error"].contains(&&*kind);
    Err(match is_definite && is_known {
        true => Fault::Refused(Refused {
            status: code,
            kind,
            said,
        }),
        false => Fault::Silent(said),
    })
}

#[derive(Deserialize)]
struct Failure {
    error: ErrorObject,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ErrorObject {
    #[serde(rename = "type")]
    kind: String,
    code: Option<String>,
    param: Option<String>,
    message: Option<String>,
}

/// The error with its causes, without the address.
fn silent(error: reqwest::Error) -> Fault {
    let error = anyhow::Error::new(error.without_url());
    Fault::Silent(shown(&format!("{error:#}")))
}

/// What may be logged of what Stripe says: short, seen, without keys and without long numbers.
fn shown(text: &str) -> String {
    let seen = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let seen: String = seen.filter(|c| !is_invisible(*c)).take(SAID).collect();
    let is_secret = |word: &str| {
        ["sk_", "rk_", "whsec_"]
            .iter()
            .any(|key| word.contains(key))
    };
    let words = without_numbers(&seen);
    let words = words
        .split(' ')
        .map(|word| if is_secret(word) { HIDDEN } else { word });
    words.collect::<Vec<_>>().join(" ")
}

const HIDDEN: &str = "[hidden]";

/// Without numbers as long as those of cards, in whatever groups they are written.
fn without_numbers(text: &str) -> String {
    let (mut kept, mut run) = (String::new(), String::new());
    for c in text.chars().chain(['\0']) {
        if c.is_ascii_digit() || (!run.is_empty() && [' ', '-'].contains(&c)) {
            run.push(c);
            continue;
        }
        let digits = run.chars().filter(char::is_ascii_digit).count();
        if digits > 8 {
            kept.push_str(HIDDEN);
            kept.extend(run.ends_with(' ').then_some(' '));
        } else {
            kept.push_str(&run);
        }
        run.clear();
        kept.extend(Some(c).filter(|c| *c != '\0'));
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(status: u16, body: &str) -> Fault {
        let status = StatusCode::from_u16(status).expect("a status");
        let read = read::<serde_json::Value>(status, body.as_bytes(), "req_1");
        read.expect_err("a fault")
    }

    #[test]
    fn only_what_says_that_nothing_was_done_is_a_refusal() {
        let error = |kind: &str| format!(r#"{{"error":{{"type":"{kind}","code":"x"}}}}"#);
        for status in [400, 401, 402, 403, 404] {
            for kind in ["invalid_request_error", "card_error", "idempotency_error"] {
                let fault = fault(status, &error(kind));
                let refused = matches!(&fault, Fault::Refused(told)
                    if told.status == status && told.kind == kind);
                assert!(refused, "{status} {kind}: {fault:?}");
            }
        }
        for (status, body) in [
            (200, "{"),
            (204, ""),
            (302, "{}"),
            (400, "not JSON"),
            (400, "{}"),
            (400, &error("api_error")),
            (408, &error("invalid_request_error")),
            (409, &error("idempotency_error")),
            (424, &error("invalid_request_error")),
            (429, &error("invalid_request_error")),
            (500, &error("api_error")),
            (503, "<html>"),
        ] {
            let fault = fault(status, body);
            assert!(
                matches!(fault, Fault::Silent(_)),
                "{status} {body}: {fault:?}"
            );
        }
    }

    #[test]
    fn what_is_logged_has_neither_keys_nor_card_numbers() {
        for (said, kept) in [
            (
                "Invalid API Key provided: sk_live_*****abcd",
                "Invalid API Key provided: [hidden]",
            ),
            ("No such card 4242424242424242.", "No such card [hidden]."),
            ("of 4242 4242-4242 4242 it", "of [hidden] it"),
            ("since 2026-10-28 only", "since 2026-10-28 only"),
            ("two\nlines\u{202e}", "two lines"),
            (
                "No such session: cs_test_a1B2c3",
                "No such session: cs_test_a1B2c3",
            ),
        ] {
            assert_eq!(shown(said), kept);
        }
        assert_eq!(shown(&"x".repeat(900)).len(), SAID);
    }
}
