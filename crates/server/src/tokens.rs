//! Tokens for machines: a secret that a request brings along, and its hash in the database.

use axum::http::{HeaderMap, header};
use chrono::{DateTime, Duration, Utc};
use membership_contract::refusal::Refusal;
use membership_domain::id::{OrganizationId, UserId};
use membership_domain::roles::{TokenGrant, TokenRefusal, TokenState};
use membership_store::bank_feeds::BankFeed;
use membership_store::tokens::{self, Token};

use crate::App;
use crate::hash::sha256;
use crate::http::problem::{Answer, ApiError};
use crate::random::{self, NoRandomness};

/// What every token begins with, so that programs that look for leaked secrets find it.
const PREFIX: &str = "mwt_";

/// What the token of a bank feed begins with.
const BANK_PREFIX: &str = "mwb_";

/// So many characters of a token are kept, to tell it from others.
const HINT: usize = 10;

/// How exactly the last use is kept: each request would otherwise be a write.
const TOUCH: Duration = Duration::minutes(1);

/// A new token, which nobody knows yet.
pub struct Secret(String);

impl Secret {
    /// 256 random bits.
    pub fn new() -> Result<Self, NoRandomness> {
        Ok(Self(format!("{PREFIX}{}", random::token()?)))
    }

    /// The same, for a bank feed.
    pub fn bank_feed() -> Result<Self, NoRandomness> {
        Ok(Self(format!("{BANK_PREFIX}{}", random::token()?)))
    }

    /// The bank feed with this secret, for so many days from now.
    pub fn feed(
        &self,
        name: &str,
        (now, days): (DateTime<Utc>, u32),
    ) -> Result<BankFeed, NoRandomness> {
        Ok(BankFeed {
            id: random::id(now)?,
            token_hash: sha256(&self.0),
            hint: self.hint(),
            name: name.to_owned(),
            created_at: now,
            expires_at: now + Duration::days(days.into()),
            used_at: None,
            revoked_at: None,
        })
    }

    fn hint(&self) -> String {
        self.0.chars().take(HINT).collect()
    }

    /// The token with this secret, for so many days from now.
    pub fn token(
        &self,
        organization: OrganizationId,
        (name, grant): (&str, TokenGrant),
        created_by: Option<UserId>,
        (now, days): (DateTime<Utc>, u32),
    ) -> Result<Token, NoRandomness> {
        Ok(Token {
            id: random::id(now)?,
            organization,
            token_hash: sha256(&self.0),
            hint: self.hint(),
            name: name.to_owned(),
            grant,
            created_by,
            created_at: now,
            expires_at: now + Duration::days(days.into()),
            used_at: None,
            revoked_at: None,
            revoked_by: None,
        })
    }

    /// As it is shown, once.
    pub fn reveal(&self) -> String {
        self.0.clone()
    }
}

/// What a request brings along as `Authorization: Bearer`. Other ways to say who asks are for those
/// in between, and not looked at.
pub fn presented(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim())
}

/// Whether this is the secret of a bank feed, by how it begins.
pub fn is_bank_feed(secret: &str) -> bool {
    secret.starts_with(BANK_PREFIX)
}

/// The token with this secret, while it works; else 401.
pub async fn known(app: &App, secret: &str) -> Answer<Token> {
    let found = tokens::by_hash(app.store.db(), &sha256(secret)).await?;
    let token = found.ok_or_else(|| refused(TokenRefusal::Unknown))?;
    match token.state(app.clock.real()) {
        TokenState::Active => Ok(token),
        ended => Err(refused(TokenRefusal::Ended(ended))),
    }
}

/// Notes that it was used. Failing to must not fail the request that is the use.
pub async fn used(app: &App, token: &Token) {
    let now = app.clock.real();
    if token.used_at.is_some_and(|at| now - at < TOUCH) {
        return;
    }
    if let Err(error) = tokens::touch(&app.store, token.id, now).await {
        tracing::warn!(%error, "token not touched");
    }
}

/// The refusal of a token.
pub fn refused(why: TokenRefusal) -> ApiError {
    let error = ApiError::from(Refusal::Token(why));
    match why {
        TokenRefusal::Unknown | TokenRefusal::Ended(_) => {
            error.with_header(header::WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")
        }
        _ => error,
    }
}
