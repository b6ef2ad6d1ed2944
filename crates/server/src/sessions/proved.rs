//! Step-up: what is worth stealing a session for asks who it is again, unless they just showed it.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use chrono::{DateTime, Duration, Utc};
use membership_contract::refusal::Refusal;
use membership_store::sessions::Session;

use super::Caller;
use crate::App;
use crate::http::problem::{Answer, ApiError};

/// That the caller gave the password or a code within the minutes of the catalog. As an argument of
/// a handler it refuses others with 403 `proof_required`; it stands before the body.
#[derive(Clone, Copy, Debug)]
pub struct Proved;

impl FromRequestParts<App> for Proved {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Answer<Self> {
        let caller = Caller::from_request_parts(parts, app).await?;
        let minutes = app.catalog.access.step_up_minutes;
        match is_fresh(&caller.session, minutes, app.clock.real()) {
            true => Ok(Self),
            false => Err(Refusal::ProofRequired.into()),
        }
    }
}

fn is_fresh(session: &Session, minutes: u32, now: DateTime<Utc>) -> bool {
    // A session of an earlier version was proved when it began.
    let proved_at = session.proved_at.unwrap_or(session.created_at);
    now - proved_at < Duration::minutes(minutes.into())
}

#[cfg(test)]
mod tests {
    use membership_domain::id::UserId;

    use super::*;

    #[test]
    fn a_proof_lasts_its_minutes_and_not_one_instant_longer() {
        let at = |minutes| DateTime::UNIX_EPOCH + Duration::minutes(minutes);
        let session = |proved_at| Session {
            token_hash: String::new(),
            user: UserId::nil(),
            created_at: at(0),
            seen_at: at(100),
            expires_at: at(1_000),
            proved_at,
            device: None,
            address: None,
        };
        assert!(is_fresh(
            &session(Some(at(50))),
            10,
            at(60) - Duration::milliseconds(1)
        ));
        assert!(!is_fresh(&session(Some(at(50))), 10, at(60)));
        assert!(is_fresh(&session(None), 10, at(9)));
        assert!(!is_fresh(&session(None), 10, at(50)));
    }
}
