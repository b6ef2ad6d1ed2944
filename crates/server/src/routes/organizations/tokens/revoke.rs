//! `DELETE /api/v1/organizations/{organization}/tokens/{token}`: ends a token.

use axum::http::StatusCode;
use axum::response::Response;
use membership_contract::paths;
use membership_contract::tokens::Token as Told;
use membership_domain::id::TokenId;
use membership_store::audit::{Action, FieldChange};
use membership_store::tokens;
use serde_json::Value;

use super::{Named, told};
use crate::change::{Done, Keyed};
use crate::http::problem::{Answer, ApiError};
use crate::write::Tx;

/// Revokes a token: its next request is refused, on every server.
#[utoipa::path(
    delete, path = paths::TOKEN, tag = "tokens", operation_id = "delete_token",
    responses((status = 200, body = Told)),
)]
pub async fn delete_token(by: Keyed, named: Named) -> Answer<Response> {
    let (app, member) = (&by.app, &by.member);
    let now = app.clock.real();
    let work = async |write: Tx| {
        let find = async || {
            let found = tokens::by_id(write.tx(), member.organization, named.0).await?;
            found.ok_or_else(ApiError::not_found)
        };
        let before = find().await?;
        let mut done = Vec::new();
        let by = Some(member.person()?.user.id);
        if tokens::revoke(&write, before.id, by, now).await? {
            done.push(revoked(before.id, &before.name));
        }
        let told = told(app, write.tx(), vec![find().await?]).await?.pop();
        Ok((told.ok_or_else(ApiError::not_found)?, done))
    };
    by.locked(&(), StatusCode::OK, work).await
}

/// For the audit log.
pub fn revoked(id: TokenId, name: &str) -> Done {
    Done {
        changes: vec![FieldChange::of("name", name, Value::Null)],
        ..Done::of(Action::TokenRevoke, id)
    }
}
