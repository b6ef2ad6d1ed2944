//! `GET /api/v1/organizations/{organization}/evidence`: everything known about it.

use std::io::Write;

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use membership_contract::evidence::MEDIA_TYPE;
use membership_contract::paths;
use membership_contract::problem::FieldError;
use membership_domain::Evidence;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::exported;
use crate::engines::{Engines, View, Written};
use crate::evidence::Snapshot;
use crate::evidence::look::Look;
use crate::http::etag;
use crate::http::problem::{Answer, ApiError};
use crate::http::query::Pairs;
use crate::turns::Watch;

/// How evidence can be asked for.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters; `is_packed` reads them")]
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
    responses(
        (
            status = 200, headers(("ETag" = String)),
            content((Evidence = "application/json"), (String = "application/vnd.membership.evidence")),
        ),
        (status = 304, description = "The caller already has it"),
    ),
)]
pub async fn get_evidence(look: Look<Parameters>, headers: HeaderMap) -> Answer<Response> {
    let (app, member) = (&look.app, &look.member);
    let is_packed = is_packed(&look.query)?;
    let tag = Snapshot::tag_of(app, member.organization).await?;
    if etag::is_known(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    if !is_packed {
        return exported(app, member, None).await;
    }
    let sending = app.turns.answers.place(member.organization).await?;
    let view = Engines::view(app, member).await?;
    let tag = view.tag();
    let make = |view: &View, _: &Watch, out: &mut Written| {
        let packed = view.packed().map_err(ApiError::internal)?;
        out.write_all(&packed).map_err(ApiError::internal)
    };
    let name = ("packed", look.accepts);
    let packed = Engines::body(app, member.organization, &view, name, make).await?;
    let body = app.turns.send(sending, packed.bytes())?;
    let packed = packed.response(MEDIA_TYPE, body);
    Ok(([(header::ETAG, tag)], packed).into_response())
}
