//! What is said to those who do not get a turn: whose requests were before them, and what helps.

use std::time::Duration;

use axum::http::{StatusCode, header};
use membership_contract::problem::{FieldError, code};

use crate::http::problem::Refused;

fn busy(detail: String) -> Refused {
    Refused::new(StatusCode::SERVICE_UNAVAILABLE, code::BUSY, detail)
        .with_header(header::RETRY_AFTER, "60")
}

/// 503: their own requests are first for too long; `whose` is "of this organization".
pub(super) fn own(whose: &str, waited: Duration) -> Refused {
    busy(format!(
        "Other requests {whose} took more than {} seconds, so this one was not carried out. Try \
         again when they are answered.",
        waited.as_secs_f32()
    ))
}

/// 429: so many of their own wait already.
pub(super) fn too_many(whose: &str, many: usize) -> Refused {
    let detail = format!(
        "{many} requests {whose} wait already, so this one was not carried out. Try again when \
         they are answered."
    );
    Refused::new(StatusCode::TOO_MANY_REQUESTS, code::TOO_MANY, detail)
        .with_header(header::RETRY_AFTER, "10")
}

/// 503: others are first for too long.
pub(super) fn others() -> Refused {
    let detail = "The server was busy with requests of others for too long, so this one was not \
                  carried out. Try again in a minute.";
    busy(detail.to_owned())
}

/// 503: what is being sent takes all the memory that there is for it.
pub(super) fn full() -> Refused {
    let detail = "Large answers that are still being sent take all the memory for them, so this \
                  request was not carried out. Try again in a minute.";
    busy(detail.to_owned())
}

/// 503: what there is takes too long to go through.
pub(super) fn too_much(limit: Duration) -> Refused {
    busy(format!(
        "Going through this evidence took longer than {} seconds and was stopped, because others \
         wait too. Try again in a minute; if it stays, remove what is no longer needed, such as \
         usage of years that no rule looks at.",
        limit.as_secs_f32()
    ))
}

/// 503: nobody waits for it any more. Nobody hears it either.
pub(super) fn left() -> Refused {
    busy("The client left, so this request was not carried out.".to_owned())
}

/// 422, because it is what was sent that takes too long.
pub(super) fn too_slow(limit: Duration) -> Refused {
    let detail = format!(
        "This took longer than {} seconds and was stopped, because others wait too. Send fewer \
         rows at a time.",
        limit.as_secs_f32()
    );
    Refused::invalid(vec![FieldError::new("", "too_slow", detail)])
}
