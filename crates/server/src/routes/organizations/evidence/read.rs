//! `GET /api/v1/organizations/{organization}/evidence`: everything known about it.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use membership_contract::evidence::MEDIA_TYPE;
use membership_contract::paths;
use membership_contract::problem::{FieldError, Problem};
use membership_domain::Evidence;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::{Known, json, looked};
use crate::App;
use crate::engines::{Engines, View};
use crate::guard::Member;
use crate::http::accepts::Accepts;
use crate::http::etag;
use crate::http::problem::{Answer, ApiError};
use crate::http::query::Pairs;
use crate::turns::Watch;

/// How evidence can be asked for.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(
    dead_code,
    reason = "describes the parameters; `is_packed` reads them strictly"
)]
pub struct Parameters {
    /// packed for our own pages' form in little space, which changes with their versions
    #[param(inline)]
    format: Option<Format>,
}

/// Another form than JSON.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Format {
    /// Rows of small numbers.
    Packed,
}

fn is_packed(pairs: &Pairs) -> Answer<bool> {
    pairs.only(&["format"])?;
    match pairs.get("format") {
        None => Ok(false),
        Some("packed") => Ok(true),
        Some(_) => {
            let detail = "Write packed, or leave it out for JSON.";
            let error = FieldError::new("?format", "unexpected", detail);
            Err(ApiError::invalid(vec![error]))
        }
    }
}

/// Everything known about the organization.
///
/// Send the ETag back as If-None-Match: large evidence need not travel twice.
#[utoipa::path(
    get, path = paths::EVIDENCE, tag = "evidence", operation_id = "get_evidence",
    params(("organization" = Uuid, Path), Parameters), security(("session" = [])),
    responses(
        (
            status = 200, headers(("ETag" = String)),
            content((Evidence = "application/json"), (String = "application/vnd.membership.evidence")),
        ),
        (status = 304, description = "The caller already has it"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn get_evidence(
    State(app): State<App>,
    member: Member,
    accepts: Accepts,
    pairs: Pairs,
    headers: HeaderMap,
) -> Answer<Response> {
    let is_packed = is_packed(&pairs)?;
    let tag = Known::tag_of(&app, &member).await?;
    if etag::is_known(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let sending = app.turns.answers.place(member.organization).await?;
    if !is_packed {
        let told = |known: Known, _: &_| known.tagged(None);
        let (tag, text) = looked(&app, &member, told).await?;
        let body = app.turns.send(sending, text)?;
        member.tell_export(&app, "all", "json").await?;
        return Ok(json(tag, body));
    }
    let view = Engines::view(&app, &member).await?;
    let tag = view.tag();
    let make = |view: &View, _: &Watch| view.packed().map_err(ApiError::internal);
    let name = ("packed", accepts);
    let packed = Engines::body(&app, member.organization, &view, name, make).await?;
    let body = app.turns.send(sending, packed.bytes())?;
    let packed = packed.response(MEDIA_TYPE, body);
    Ok(([(header::ETAG, tag)], packed).into_response())
}
