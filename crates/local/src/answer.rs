//! What comes back, as the API would say it.

use membership_contract::problem::{FieldError, Problem, code};
use serde::Serialize;

use crate::Request;

/// An answer, as it would come from the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// As in HTTP.
    pub status: u16,
    /// The `ETag`, where there is one.
    pub tag: Option<String>,
    /// JSON, or a table.
    pub body: String,
    /// In place of the body: evidence in little space.
    pub packed: Option<Vec<u8>>,
}

/// A success or a refusal that does not know yet what it answers.
pub(crate) enum Said {
    /// With its tag.
    Well(String, Option<String>),
    /// Evidence in little space, with its tag.
    Packed(Vec<u8>, String),
    /// What the asker knows is still so.
    Same(String),
    /// Status, code, and what, why and what lifts it.
    Refused(u16, &'static str, String, Vec<FieldError>),
}

impl Said {
    pub fn json(value: &impl Serialize) -> Self {
        match serde_json::to_string(value) {
            Ok(body) => Self::Well(body, None),
            Err(error) => Self::Refused(500, code::INTERNAL, error.to_string(), Vec::new()),
        }
    }

    pub fn tagged(self, tag: String) -> Self {
        match self {
            Self::Well(body, _) => Self::Well(body, Some(tag)),
            other => other,
        }
    }

    /// What a reader gets who knows `known` already.
    pub fn unless(self, known: Option<&str>) -> Self {
        match self {
            Self::Well(_, Some(tag)) | Self::Packed(_, tag) if known == Some(&tag) => {
                Self::Same(tag)
            }
            other => other,
        }
    }

    pub fn not_found() -> Self {
        let detail = "There is nothing at this address in a preview. It may need an account.";
        Self::Refused(404, code::NOT_FOUND, detail.to_owned(), Vec::new())
    }

    pub fn invalid(errors: Vec<FieldError>) -> Self {
        let detail = Problem::invalid_detail(&errors, errors.len());
        Self::Refused(422, code::INVALID, detail, errors)
    }
}

impl Answer {
    pub(crate) fn of(said: Said, request: &Request<'_>) -> Self {
        let plain = |status, tag, body| Self {
            status,
            tag,
            body,
            packed: None,
        };
        match said {
            Said::Well(body, tag) => plain(200, tag, body),
            Said::Packed(packed, tag) => Self {
                packed: Some(packed),
                ..plain(200, Some(tag), String::new())
            },
            Said::Same(tag) => plain(304, Some(tag), String::new()),
            Said::Refused(status, code, detail, errors) => {
                let problem = Problem {
                    instance: request.path().to_owned(),
                    errors,
                    ..Problem::new(status, code, detail)
                };
                // A problem is text and numbers, which JSON can always say.
                let body = serde_json::to_string(&problem).unwrap_or_default();
                plain(status, None, body)
            }
        }
    }
}
