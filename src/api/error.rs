//! Why a request gave no answer that can be used.

use membership_contract::problem::{Problem, code};

use crate::text;

/// One of four reasons; each says what it means for a person.
#[derive(Clone, Debug, PartialEq)]
pub enum ApiError {
    /// The server refused, and said why.
    Problem(Box<Problem>),
    /// Nobody answered, or somebody between here and the server answered for it.
    Unreachable,
    /// An answer that is not what this page understands: versions that do not fit.
    Unreadable {
        /// The address that was asked.
        path: String,
        /// What is wrong with the answer, for support.
        reason: String,
    },
    /// The page no longer wants the answer.
    Aborted,
}

impl ApiError {
    /// A short headline.
    pub fn title(&self) -> String {
        match self {
            Self::Problem(problem) => problem.title.clone(),
            Self::Unreachable | Self::Aborted => text::errors::UNREACHABLE.to_owned(),
            Self::Unreadable { .. } => text::errors::UNREADABLE.to_owned(),
        }
    }

    /// What happened and what lifts it.
    pub fn detail(&self) -> String {
        match self {
            Self::Problem(problem) => problem.detail.clone(),
            Self::Unreachable | Self::Aborted => {
                [text::errors::NOT_CHANGED, text::errors::OFFLINE].join(" ")
            }
            Self::Unreadable { path, reason } => text::errors::unreadable_detail(path, reason),
        }
    }

    /// The same of something that was only to be read: nobody asks whether it was changed.
    pub fn detail_of_reading(&self) -> String {
        let detail = self.detail();
        let detail = detail.replace(text::errors::NOT_CHANGED, "");
        detail.trim().to_owned()
    }

    /// What support needs to find it in the server's log; a preview has none.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Problem(problem) if problem.code == code::INTERNAL => {
                Some(problem.request_id.as_str()).filter(|id| !id.is_empty())
            }
            _ => None,
        }
    }

    /// Whether the same request may succeed later without anybody doing anything.
    pub fn passes_by_itself(&self) -> bool {
        matches!(self, Self::Unreachable)
    }

    /// Whether it is a problem with this code (see [`code`]).
    pub fn is(&self, code: &str) -> bool {
        matches!(self, Self::Problem(problem) if problem.code == code)
    }
}
