//! JSON bodies, with the place of what is wrong.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use membership_contract::problem::{FieldError, code};
use membership_contract::text::en;
use membership_import::list_for_object;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_path_to_error::{Path, Segment};

use super::problem::{Answer, Refused};

/// A JSON body of type `T`.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<T: DeserializeOwned + Serialize, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, state: &S) -> Answer<Self> {
        if !is_of(request.headers(), "application/json") {
            let detail = "The body must be sent as application/json; nothing was changed.";
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            return Err(Refused::new(status, code::MEDIA_TYPE, detail));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(unread)?;
        parse(&bytes).map(Self)
    }
}

/// The bytes of a file to import.
#[derive(Debug)]
pub struct File(pub Bytes);

impl<S: Send + Sync> FromRequest<S> for File {
    type Rejection = Refused;

    async fn from_request(request: Request, state: &S) -> Answer<Self> {
        if !FILES.iter().any(|kind| is_of(request.headers(), kind)) {
            let detail = format!(
                "The file must be sent as {}; nothing was changed.",
                FILES.join(", ")
            );
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            return Err(Refused::new(status, code::MEDIA_TYPE, detail));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(unread)?;
        Ok(Self(bytes))
    }
}

const FILES: [&str; 4] = [
    "application/json",
    "text/csv",
    "text/tab-separated-values",
    "application/octet-stream",
];

fn is_of(headers: &HeaderMap, wanted: &str) -> bool {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let kind = kind
        .and_then(|kind| kind.split(';').next())
        .unwrap_or_default();
    kind.trim().eq_ignore_ascii_case(wanted)
}

fn unread(rejection: BytesRejection) -> Refused {
    if rejection.into_response().status() == StatusCode::PAYLOAD_TOO_LARGE {
        let detail = "The body is larger than this address takes; nothing was changed. Send it \
                      in parts.";
        return Refused::new(StatusCode::PAYLOAD_TOO_LARGE, code::TOO_LARGE, detail);
    }
    let detail = "The body broke off before its end; nothing was changed. Send it again.";
    Refused::new(StatusCode::BAD_REQUEST, code::MALFORMED, detail)
}

fn parse<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Answer<T> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = pointer(error.path());
        refusal(&path, error.inner())
    })?;
    deserializer.end().map_err(|error| refusal("", &error))?;
    let given = serde_json::from_slice(bytes).map_err(|error| refusal("", &error))?;
    match list_for_object(&given, &value) {
        None => Ok(value),
        Some(at) => Err(unnamed(&at)),
    }
}

/// A list of values where an object must be, which the reader would have taken.
pub fn unnamed(at: &str) -> Refused {
    let detail = "Must be an object with names, and not a list of values.";
    Refused::invalid(vec![FieldError::new(at, "unexpected", detail)])
}

fn refusal(pointer: &str, error: &serde_json::Error) -> Refused {
    if error.is_data() {
        let reason = en::unread(plain(&error.to_string()));
        return Refused::invalid(vec![FieldError::new(pointer, "unexpected", reason)]);
    }
    let (line, column) = (error.line(), error.column());
    let text = error.to_string();
    let reason = plain(&text);
    let detail = format!("The body is not JSON: line {line}, column {column}: {reason}.");
    Refused::new(StatusCode::BAD_REQUEST, code::MALFORMED, detail)
}

/// The reason, without the position that serde_json appends.
fn plain(error: &str) -> &str {
    error.split(" at line ").next().unwrap_or(error)
}

/// `people[3].name` as `/people/3/name`.
pub fn pointer(path: &Path) -> String {
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { variant } => format!("/{variant}"),
            Segment::Unknown => String::new(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn refused(text: &str) -> String {
        match parse::<BTreeMap<String, Vec<u8>>>(text.as_bytes()) {
            Ok(value) => format!("{value:?}"),
            Err(refused) => format!("{refused:?}"),
        }
    }

    #[test]
    fn wrong_places_are_named() {
        let text = refused(r#"{"a": [1, 2, 300]}"#);
        assert!(
            text.contains("/a/2") && text.contains("300") && text.contains("422"),
            "{text}"
        );
        let text = refused(r#"{"a/b~c": [true]}"#);
        assert!(text.contains("/a~1b~0c/0"), "{text}");
    }

    #[test]
    fn broken_json_has_line_and_column() {
        for (broken, place) in [
            ("{\n  \"a\": [1,]\n}", "line 2, column 11"),
            ("", "line 1, column 0"),
            ("{} {}", "line 1, column 4"),
        ] {
            let text = refused(broken);
            assert!(text.contains(place) && text.contains("400"), "{text}");
        }
    }
}
