//! Who sends a bank's files: operators, and programs with a token for exactly that.

use axum::extract::Request;
use chrono::Duration;
use membership_domain::id::{TokenId, UserId};
use membership_domain::roles::{TokenRefusal, TokenState};
use membership_store::audit::{self, Action, Actor};
use membership_store::bank_feeds;

use super::Operator;
use crate::change::Done;
use crate::hash::sha256;
use crate::http::observe::RequestId;
use crate::http::problem::Answer;
use crate::{App, tokens, trail};

/// How exactly the last use is kept.
const TOUCH: Duration = Duration::minutes(1);

/// Who sends a bank's file.
#[derive(Clone, Debug)]
pub enum BankSender {
    /// An operator.
    Operator(Box<Operator>),
    /// A program, with this token, by this request.
    Feed(TokenId, RequestId),
}

/// Lets a program with a token through.
pub async fn admit(app: &App, request: &mut Request, secret: &str) -> Answer<()> {
    let found = bank_feeds::by_hash(app.store.db(), &sha256(secret)).await?;
    let feed = found.ok_or_else(|| tokens::refused(TokenRefusal::Unknown))?;
    let now = app.clock.real();
    match TokenState::at(now, feed.expires_at, feed.revoked_at) {
        TokenState::Active => {}
        ended => return Err(tokens::refused(TokenRefusal::Ended(ended))),
    }
    if feed.used_at.is_none_or(|at| now - at >= TOUCH)
        && let Err(error) = bank_feeds::touch(&app.store, feed.id, now).await
    {
        // Failing to note the use must not fail it.
        tracing::warn!(%error, "bank feed not touched");
    }
    let request_id = RequestId::of(request);
    let sender = BankSender::Feed(feed.id, request_id);
    request.extensions_mut().insert(sender);
    Ok(())
}

impl BankSender {
    /// The person, where it is one.
    pub fn person(&self) -> Option<UserId> {
        match self {
            Self::Operator(operator) => Some(operator.id()),
            Self::Feed(..) => None,
        }
    }

    /// The audit entry of what is done.
    pub fn entry(&self, app: &App, done: Done) -> Answer<audit::Entry> {
        match self {
            Self::Operator(operator) => operator.entry(app, None, done),
            Self::Feed(id, request_id) => Ok(feed_entry(
                app,
                *id,
                request_id,
                done.action,
                &done.subject,
            )?),
        }
    }
}

fn feed_entry(
    app: &App,
    id: TokenId,
    request_id: &RequestId,
    action: Action,
    subject: &str,
) -> Result<audit::Entry, crate::random::NoRandomness> {
    Ok(audit::Entry {
        actor: Actor::Token,
        by: Some(id.to_string()),
        request_id: request_id.0.clone(),
        ..trail::entry(&app.clock, action, subject)?
    })
}
