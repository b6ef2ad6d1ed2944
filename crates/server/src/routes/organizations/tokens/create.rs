//! `POST /api/v1/organizations/{organization}/tokens`: makes a token.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use membership_contract::paths;
use membership_contract::tokens::{NewToken, TokenRequest};
use membership_domain::roles::{TokenRefusal, may_make};
use membership_domain::text::trimmed;
use membership_store::audit::{Action, FieldChange};
use membership_store::tokens::{self, Token};
use serde_json::{Value, json};

use super::told;
use crate::change::{Done, Keyed, sent};
use crate::http::body::Body;
use crate::http::problem::{Answer, ApiError};
use crate::people::roles::places;
use crate::routes::organizations::users::held;
use crate::sessions::Proved;
use crate::tokens::Secret;
use crate::write::Tx;

/// Makes a token, which does at most what the caller may while the caller may. Its secret is in the
/// first answer, and nowhere afterwards.
#[utoipa::path(
    post, path = paths::TOKENS, tag = "tokens", operation_id = "create_token",
    request_body = TokenRequest,
    responses(
        (status = 201, body = NewToken),
        (status = 409, description = "The organization has as many tokens as it can have"),
    ),
)]
pub async fn create_token(
    by: Keyed,
    _: Proved,
    Body(request): Body<TokenRequest>,
) -> Answer<Response> {
    let (app, member) = (&by.app, &by.member);
    let access = &app.catalog.access;
    if request.days > access.token_days {
        let detail = format!("At most {} days.", access.token_days);
        return Err(ApiError::invalid_at("/days", "too_large", &detail));
    }
    let (secret, now) = (Secret::new()?, app.clock.real());
    let wanted = (trimmed(&request.name), request.grant());
    let maker = Some(member.person()?.user.id);
    let token = &secret.token(member.organization, wanted, maker, (now, request.days))?;
    let work = async |write: Tx| {
        let own = held(&write, member).await?;
        may_make(&own, &token.grant)?;
        places(&write, member.organization, &token.grant.scope).await?;
        let there = tokens::count_active(write.tx(), member.organization, now).await?;
        if there >= access.tokens.into() {
            return Err(TokenRefusal::TooMany(access.tokens).into());
        }
        tokens::insert(&write, token).await?;
        let told = told(app, write.tx(), vec![token.clone()]).await?.pop();
        let new = NewToken {
            token: told.ok_or_else(ApiError::not_found)?,
            secret: None,
        };
        Ok((new, vec![done(token)]))
    };
    let (kept, replayed) = by.kept(&request, StatusCode::CREATED, work).await?;
    if replayed {
        return Ok(sent(kept, replayed));
    }
    let mut new: NewToken = serde_json::from_str(&kept.body).map_err(ApiError::internal)?;
    new.secret = Some(secret.reveal());
    Ok((StatusCode::CREATED, Json(new)).into_response())
}

/// For the audit log; nothing of it leads to the secret.
pub fn done(token: &Token) -> Done {
    let codes: Vec<&str> = token
        .grant
        .permissions
        .iter()
        .map(|one| one.code())
        .collect();
    let mut changes = vec![
        FieldChange::of("name", Value::Null, token.name.clone()),
        FieldChange::of("permissions", Value::Null, json!(codes)),
        FieldChange::of("expires", Value::Null, json!(token.expires_at)),
    ];
    if let Some(locations) = token.grant.scope.locations() {
        changes.push(FieldChange::of("locations", Value::Null, json!(locations)));
    }
    Done {
        changes,
        ..Done::of(Action::TokenCreate, token.id)
    }
}
