//! What an answer of Stripe says: an object, a refusal, or nothing.

use membership_domain::text::is_invisible;
use reqwest::StatusCode;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::gateway::GatewayError;

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

/// What is refused says nothing of a payment that may have begun: a key is wrong, or the object is
/// another account's. Who begins one looks at refusals first.
impl From<Fault> for GatewayError {
    fn from(fault: Fault) -> Self {
        Self::NoAnswer(match fault {
            Fault::Silent(why) => why,
            Fault::Refused(told) if matches!(told.status, 401 | 403) => {
                format!("{}; check --stripe-secret-key", told.said)
            }
            Fault::Refused(told) if told.status == 404 => {
                let hint = "is --stripe-secret-key of the account and mode in which it began?";
                format!("{}; {hint}", told.said)
            }
            Fault::Refused(told) => told.said,
        })
    }
}

/// Reads an answer; `id` is Stripe's own of the request.
pub fn read<T: DeserializeOwned>(status: StatusCode, body: &[u8], id: &str) -> Result<T, Fault> {
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
pub fn silent(error: reqwest::Error) -> Fault {
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
