//! One request and its answer.

use std::cell::Cell;
use std::pin::Pin;

use gloo_net::http::{Request, RequestBuilder, Response};
use leptos::prelude::Update;
use membership_contract::evidence::MEDIA_TYPE;
use membership_contract::paths;
use membership_contract::problem::{Problem, code};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::RequestCredentials;

use super::abort::AbortSignal;
use super::boot::{self, api_base};
use super::connection::connection;
use super::error::ApiError;
use super::json;
use super::upload::Upload;

/// The methods that the pages use.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Adds or starts.
    Post,
    /// Replaces.
    Put,
    /// Changes a part.
    Patch,
    /// Ends or removes.
    Delete,
}

impl Method {
    /// As HTTP names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// What is sent along.
#[derive(Clone, Default)]
pub struct Body {
    /// JSON.
    pub json: Option<String>,
    /// A file, as its bytes.
    pub file: Option<Upload>,
    /// `If-Match`, for a write over something that was read.
    pub if_match: Option<String>,
    /// `Idempotency-Key`, for a write: sent again, it is done once.
    pub key: Option<String>,
    /// `If-None-Match`, for a read of something that is already here.
    pub if_none_match: Option<String>,
}

impl Body {
    /// A body of this value. What the contract's types cannot write as JSON does not exist.
    pub fn json<T: serde::Serialize>(value: &T) -> Self {
        Self {
            json: json::write(value),
            ..Self::default()
        }
    }
}

/// A success.
#[derive(Clone, Debug)]
pub struct Reply {
    /// 200 to 299, or 304.
    pub status: u16,
    /// What to send as `If-None-Match` next time.
    pub etag: Option<String>,
    /// The body, as text.
    pub body: String,
    /// In place of the body: evidence in little space, or a document.
    pub packed: Option<Vec<u8>>,
}

impl Reply {
    /// The body as a value.
    ///
    /// # Errors
    /// [`ApiError::Unreadable`] when the body has another form.
    pub fn json<T: serde::de::DeserializeOwned>(&self, path: &str) -> Result<T, ApiError> {
        json::read(&self.body).map_err(|reason| ApiError::Unreadable {
            path: path.to_owned(),
            reason,
        })
    }
}

/// What answers in place of the API.
type Instead = fn(Method, String, Body) -> Pin<Box<dyn Future<Output = Result<Reply, ApiError>>>>;

thread_local! {
    static INSTEAD: Cell<Option<Instead>> = const { Cell::new(None) };
}

/// From now on `answer` gets every request, and the API none.
pub fn instead(answer: Instead) {
    INSTEAD.set(Some(answer));
}

/// Sends a request to a path of the API (see `membership_contract::paths`).
///
/// # Errors
/// Every answer that is not a success, as [`ApiError`]. The page's [`connection`] learns of it.
pub async fn send(
    method: Method,
    path: &str,
    body: Body,
    abort: AbortSignal,
) -> Result<Reply, ApiError> {
    match ask(method, path, body, &abort).await? {
        Some(answer) => answer.judge(path),
        None if abort.is_ended() => Err(ApiError::Aborted),
        None => Err(away()),
    }
}

/// Reads what nobody has asked for yet. A refusal is nothing: whoever needs it asks, and is told.
/// The page that is open stays, also where the session has ended.
pub async fn try_read(path: &str, abort: AbortSignal) -> Option<Reply> {
    let answer = ask(Method::Get, path, Body::default(), &abort).await;
    let answer = answer.ok().flatten()?;
    answer.is_success().then_some(answer.0)
}

/// What answered, whatever it says; nothing where nobody did.
async fn ask(
    method: Method,
    path: &str,
    body: Body,
    abort: &AbortSignal,
) -> Result<Option<Answer>, ApiError> {
    let (url, signal) = match (INSTEAD.get(), path) {
        (None, _) => (format!("{}{path}", api_base()), abort.get()),
        // The rules are a file there. A service worker brings it, and its browser takes a request
        // that is ended for one that failed: let it end by itself.
        (Some(_), paths::CATALOG) => (boot::local().unwrap_or_default().catalog, None),
        (Some(answer), _) => {
            let reply = answer(method, path.to_owned(), body).await?;
            return Ok(Some(Answer(reply)));
        }
    };
    Ok(match body.file {
        Some(file) => {
            let headers = [("If-Match", body.if_match), ("Idempotency-Key", body.key)];
            file.post((method.name(), url), headers, signal)
                .await
                .map(Answer)
        }
        None => {
            let begun = || abort.begun();
            let reply = fetch(method, &url, body, signal.as_ref(), begun).await;
            reply.ok().map(Answer)
        }
    })
}

async fn fetch(
    method: Method,
    url: &str,
    body: Body,
    signal: Option<&web_sys::AbortSignal>,
    begun: impl FnOnce(),
) -> Result<Reply, gloo_net::Error> {
    let mut builder = start(method, url)
        .credentials(RequestCredentials::Include)
        .abort_signal(signal);
    for (name, tag) in [
        ("If-None-Match", body.if_none_match),
        ("If-Match", body.if_match),
        ("Idempotency-Key", body.key),
    ] {
        if let Some(tag) = tag {
            builder = builder.header(name, &tag);
        }
    }
    let request = match body.json {
        Some(json) => builder
            .header("Content-Type", "application/json")
            .body(json),
        None => builder.build(),
    };
    let response = request?.send().await?;
    begun();
    Answer::of(&response).await.map(|answer| answer.0)
}

fn start(method: Method, url: &str) -> RequestBuilder {
    match method {
        Method::Get => Request::get(url),
        Method::Post => Request::post(url),
        Method::Put => Request::put(url),
        Method::Patch => Request::patch(url),
        Method::Delete => Request::delete(url),
    }
}

fn away() -> ApiError {
    connection().missed();
    ApiError::Unreachable
}

/// The answer that boot.js asked for already, if it did and that is about this path, and if it came
/// whole; otherwise it has to be asked for.
///
/// # Errors
/// As [`send`].
pub async fn asked(path: &str) -> Option<Result<Reply, ApiError>> {
    let promise = boot::take_asked(path.rsplit('/').next()?)?;
    let response = JsFuture::from(promise).await.ok()?;
    let response = Response::from(response.dyn_into::<web_sys::Response>().ok()?);
    if !response.url().ends_with(path) {
        return None;
    }
    Some(Answer::of(&response).await.ok()?.judge(path))
}

/// An answer that arrived whole.
struct Answer(Reply);

impl Answer {
    async fn of(response: &Response) -> Result<Self, gloo_net::Error> {
        let headers = response.headers();
        let kind = headers.get("Content-Type");
        let is_packed = matches!(
            kind.as_deref(),
            Some(MEDIA_TYPE | "application/pdf" | "image/jpeg" | "image/png")
        );
        let (body, packed) = if is_packed {
            (String::new(), Some(response.binary().await?))
        } else {
            (response.text().await?, None)
        };
        Ok(Self(Reply {
            status: response.status(),
            etag: headers.get("ETag"),
            body,
            packed,
        }))
    }

    fn is_success(&self) -> bool {
        (200..300).contains(&self.0.status) || self.0.status == 304
    }

    /// Tells success from refusal, and the page's connection what it learned.
    fn judge(self, path: &str) -> Result<Reply, ApiError> {
        if self.is_success() {
            connection().found();
            return Ok(self.0);
        }
        let Reply { status, body, .. } = &self.0;
        match json::read::<Problem>(body) {
            Ok(problem) if problem.code == code::UNAVAILABLE => Err(away()),
            Ok(problem) => {
                connection().found();
                if problem.code == code::NOT_SIGNED_IN {
                    connection().signed_out.update(|count| *count += 1);
                }
                Err(ApiError::Problem(Box::new(problem)))
            }
            // A gateway in front of a server that is away answers with a page of its own.
            Err(_) if *status >= 500 => Err(away()),
            Err(error) => Err(ApiError::Unreadable {
                path: path.to_owned(),
                reason: format!("{status}, {error}"),
            }),
        }
    }
}
