//! JSON bodies, with the place of what is wrong.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use membership_contract::check::Check;
use membership_contract::problem::FieldError;
use membership_contract::refusal::{JSON, Refusal};
use membership_contract::text::en;
use serde::de::DeserializeOwned;
use serde_path_to_error::{Path, Segment};
use tokio::time::timeout;

use super::large::length;
pub use super::large::{Document, File, Unread};
use super::named::Named;
use super::problem::{Answer, ApiError};
use super::timeouts;

/// A JSON body of type `T`, small enough to be received at once, whose values are checked.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<T: DeserializeOwned + Check, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Answer<Self> {
        expect_json(request.headers())?;
        let bytes = timeout(timeouts::FORM, Bytes::from_request(request, state)).await;
        let bytes = bytes.map_err(|_| too_late())?.map_err(unread)?;
        let body: T = parse(&bytes)?;
        match body.check() {
            errors if errors.is_empty() => Ok(Self(body)),
            errors => Err(ApiError::invalid(errors)),
        }
    }
}

/// A body of so many bytes arrives as fast as a form.
const SMALL: usize = 64 * 1024;

/// A body as it came, whatever it is: for what is signed byte by byte, and for files.
#[derive(Debug)]
pub struct Raw(pub Bytes);

impl<S: Send + Sync> FromRequest<S> for Raw {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Answer<Self> {
        // A large one has the time of a slow line; the layer around its route stops it if it stalls.
        let told = length(request.headers()).unwrap_or_default();
        let limit = match told > SMALL {
            true => timeouts::arriving(told),
            false => timeouts::FORM,
        };
        let bytes = timeout(limit, Bytes::from_request(request, state)).await;
        Ok(Self(bytes.map_err(|_| too_late())?.map_err(unread)?))
    }
}

/// Refuses what is not JSON, as it says itself.
pub(super) fn expect_json(headers: &HeaderMap) -> Answer<()> {
    if is_of(headers, "application/json") {
        return Ok(());
    }
    Err(Refusal::MediaType { known: JSON }.into())
}

/// Whether a body is of this media type.
pub(super) fn is_of(headers: &HeaderMap, wanted: &str) -> bool {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let kind = kind
        .and_then(|kind| kind.split(';').next())
        .unwrap_or_default();
    kind.trim().eq_ignore_ascii_case(wanted)
}

fn unread(rejection: BytesRejection) -> ApiError {
    match rejection.into_response().status() {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(),
        _ => broken_off(),
    }
}

/// 413.
pub(super) fn too_large() -> ApiError {
    Refusal::BodyTooLarge.into()
}

/// 408: it arrives too slowly.
fn too_late() -> ApiError {
    let seconds = timeouts::FORM.as_secs();
    Refusal::BodyTooLate { seconds }.into()
}

/// 400: it did not arrive.
pub(super) fn broken_off() -> ApiError {
    Refusal::BrokenOff.into()
}

/// Reads JSON. Takes a moment where it is large.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Answer<T> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(Named(&mut deserializer)).map_err(|error| {
        let path = pointer(error.path());
        refusal(&path, error.inner())
    })?;
    deserializer.end().map_err(|error| refusal("", &error))?;
    Ok(value)
}

fn refusal(pointer: &str, error: &serde_json::Error) -> ApiError {
    if error.is_data() {
        let reason = en::unread(plain(&error.to_string()));
        return invalid_at(pointer.to_owned(), &reason);
    }
    let (line, column) = (error.line(), error.column());
    let reason = plain(&error.to_string()).to_owned();
    Refusal::NotJson {
        line,
        column,
        reason,
    }
    .into()
}

/// 422: JSON, but not of the form that is wanted at this place.
pub fn invalid_at(pointer: String, detail: &str) -> ApiError {
    ApiError::invalid(vec![FieldError::new(pointer, "unexpected", detail)])
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
    use std::convert::Infallible;

    use futures_util::stream;
    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize)]
    struct Drops(u32);

    impl Check for Drops {}

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

    #[tokio::test(start_paused = true)]
    async fn a_form_has_seconds_to_arrive_however_it_drips() {
        let status = async |pause| {
            let drops = stream::unfold(0, move |sent| async move {
                tokio::time::sleep(std::time::Duration::from_secs(pause)).await;
                (sent < 4).then(|| (Ok::<_, Infallible>(Bytes::from_static(b"1")), sent + 1))
            });
            let body = axum::body::Body::from_stream(drops);
            let request = Request::post("/").header(header::CONTENT_TYPE, "application/json");
            let request = request.body(body).unwrap_or_default();
            let body = Body::<Drops>::from_request(request, &()).await;
            body.map(|body| body.0.0)
                .map_err(|refused| refused.into_response().status())
        };
        assert_eq!(status(1).await.ok(), Some(1111));
        assert_eq!(status(3).await.err(), Some(StatusCode::REQUEST_TIMEOUT));
    }

    #[test]
    fn lists_are_told_from_objects_at_any_depth() {
        #[derive(Debug, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[expect(dead_code, reason = "only read")]
        enum Either {
            One(Vec<u8>),
            Other { name: String },
        }
        #[derive(Debug, Deserialize)]
        #[expect(dead_code, reason = "only read")]
        struct Row {
            name: String,
            #[serde(default)]
            rows: Vec<Row>,
            row: Option<Box<Row>>,
            either: Option<Either>,
        }
        for (text, place) in [
            (r#"["a", [], null, null]"#, "\"\""),
            (
                r#"{"name": "a", "rows": [["b", [], null, null]]}"#,
                "/rows/0",
            ),
            (r#"{"name": "a", "row": ["b", [], null, null]}"#, "/row"),
            (r#"{"name": "a", "either": {"other": ["b"]}}"#, "/either"),
        ] {
            let refused = parse::<Row>(text.as_bytes()).map(|row| format!("{row:?}"));
            let told = format!("{refused:?}");
            assert!(
                told.contains(place) && told.contains("an object with names"),
                "{text}: {told}"
            );
        }
        let text = r#"{"name": "a", "rows": [{"name": "b"}], "row": {"name": "c"},
            "either": {"one": [1, 2]}}"#;
        assert!(parse::<Row>(text.as_bytes()).is_ok());
    }
}
