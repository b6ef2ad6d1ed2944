//! `DELETE /api/v1/organizations/{organization}/requests/{request}`: takes a request back.

use axum::http::StatusCode;
use axum::response::Response;
use membership_contract::paths;
use membership_contract::requests::AccessRequest;
use membership_domain::request::{RequestCommand, RequestState};
use membership_store::audit::{Action, FieldChange};
use membership_store::requests::{self, Request};

use super::{Named, advanced, known, one};
use crate::App;
use crate::change::{Done, Keyed};
use crate::http::problem::{Answer, ApiError};
use crate::write::Tx;

/// Takes one of the caller's own requests back, while it waits.
#[utoipa::path(
    delete, path = paths::REQUEST, tag = "users", operation_id = "delete_request",
    responses(
        (status = 200, body = AccessRequest),
        (status = 409, description = "It is decided"),
    ),
)]
pub async fn delete_request(by: Keyed, named: Named) -> Answer<Response> {
    let (app, member) = (&by.app, &by.member);
    let work = async |write: Tx| {
        let before = known(write.tx(), member, named.0).await?;
        if before.asked_by != member.person()?.user.id {
            return Err(ApiError::not_found());
        }
        if before.state == RequestState::Withdrawn {
            return Ok((one(write.tx(), member, before).await?, Vec::new()));
        }
        let (now, done) = withdraw(app, &write, before).await?;
        Ok((one(write.tx(), member, now).await?, vec![done]))
    };
    by.locked(&(), StatusCode::OK, work).await
}

/// The request as it is then, and what was done.
pub async fn withdraw(app: &App, write: &Tx, before: Request) -> Answer<(Request, Done)> {
    let now = Request {
        decided_at: Some(app.clock.now()),
        ..advanced(before, RequestCommand::Withdraw)?
    };
    requests::update(write, now.clone()).await?;
    let done = Done {
        about: Some(now.asked_by),
        changes: vec![FieldChange::of("state", "pending", "withdrawn")],
        ..Done::of(Action::RequestWithdraw, now.id)
    };
    Ok((now, done))
}
