//! What is said to those who do not get a turn: whose requests were before them, and what helps.

use std::time::Duration;

use membership_contract::problem::FieldError;
use membership_contract::refusal::Refusal;
use membership_contract::text::en;

use crate::http::problem::ApiError;

/// 503: their own requests are first for too long; `whose` is "of this organization".
pub(super) fn own(whose: &str, waited: Duration) -> ApiError {
    let (whose, seconds) = (whose.to_owned(), text(waited));
    Refusal::OwnFirst { whose, seconds }.into()
}

/// 429: so many of their own wait already.
pub(super) fn too_many(whose: &str, many: usize) -> ApiError {
    let whose = whose.to_owned();
    Refusal::TooManyWait { whose, many }.into()
}

/// 503: others are first for too long.
pub(super) fn others() -> ApiError {
    Refusal::OthersFirst.into()
}

/// 503: what is being sent takes all the memory that there is for it.
pub(super) fn full() -> ApiError {
    Refusal::AnswersFull.into()
}

/// 503: what there is takes too long to go through.
pub(super) fn too_much(limit: Duration) -> ApiError {
    let seconds = text(limit);
    Refusal::EvidenceTooLong { seconds }.into()
}

/// 503: nobody waits for it any more. Nobody hears it either.
pub(super) fn left() -> ApiError {
    Refusal::ClientLeft.into()
}

/// 422, because it is what was sent that takes too long.
pub(super) fn too_slow(limit: Duration) -> ApiError {
    let detail = en::too_slow(&text(limit));
    ApiError::invalid(vec![FieldError::new("", "too_slow", detail)])
}

fn text(time: Duration) -> String {
    time.as_secs_f32().to_string()
}
