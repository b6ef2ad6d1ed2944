//! `GET /api/v1/organizations/{organization}/audit`: who did what.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use membership_contract::audit::{AuditHead, AuditPage};
use membership_contract::paths;
use membership_contract::problem::FieldError;
use membership_store::audit as stored;
use uuid::Uuid;

use crate::App;
use crate::audit::{Asked, chain, cursor, table, told};
use crate::guard::Member;
use crate::http::params::Params;
use crate::http::problem::{Answer, ApiError};
use crate::http::query::Pairs;

/// What can be asked of the log.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters; `Asked::of` reads them")]
pub struct Parameters {
    /// The subject itself, or the name of a person or location, or a part of it; 200 characters
    search: Option<String>,
    /// The id of the person who did it
    who: Option<Uuid>,
    /// The id of the person for whom it was done
    about: Option<Uuid>,
    /// The code of what was done: `role.change`
    action: Option<String>,
    /// Not before this day
    from: Option<NaiveDate>,
    /// Not after this day
    to: Option<NaiveDate>,
    /// The `next` of the page before
    cursor: Option<String>,
    /// Entries on a page, at most 200
    limit: Option<u64>,
    /// csv for all that is found as a table, jsonl for the whole chain
    format: Option<String>,
}

/// Entries on a page where nothing else is asked for.
const USUAL: u64 = 50;
/// The most entries on a page.
const MOST: u64 = 200;

/// The audit log of an organization, newest first: who did what, for whom, and each field before
/// and after. As `jsonl` the whole chain, for `membership-server audit verify` and other programs:
/// docs/AUDIT.md has its form.
#[utoipa::path(
    get, path = paths::AUDIT, tag = "audit", operation_id = "list_audit",
    responses((status = 200, content(
        (AuditPage = "application/json"), (String = "text/csv"), (String = "application/jsonl"),
    ))),
)]
pub async fn list_audit(
    State(app): State<App>,
    member: Member,
    parameters: Params<Parameters>,
) -> Answer<Response> {
    let pairs = &parameters.pairs;
    let asked = Asked::of(pairs)?;
    let (limit, id) = (limit(pairs)?, member.organization);
    match pairs.get("format") {
        None => {}
        Some("csv") => {
            let held = begin(&app, &member, "csv").await?;
            let body = table(app.store, id, asked, held);
            return Ok(file("text/csv; charset=utf-8", "audit.csv", body));
        }
        Some("jsonl") => {
            let held = begin(&app, &member, "jsonl").await?;
            // With what was done up to now, this export too.
            stored::seal_of(&app.store, Some(id)).await?;
            let body = chain(app.store, id, held);
            return Ok(file("application/jsonl", "audit.jsonl", body));
        }
        Some(_) => return Err(wrong("format", "Must be csv or jsonl.")),
    }
    let (found, next) = asked.page(&app.store, id, limit).await?;
    let head = stored::head(app.store.db(), Some(id)).await?;
    let page = AuditPage {
        items: told(&app.store, id, found).await?,
        next: next.map(cursor),
        head: head.map(|head| AuditHead {
            position: head.position,
            hash: head.hash,
        }),
    };
    Ok(Json(page).into_response())
}

/// Tells of an export, and takes a place among those of the organization.
async fn begin(app: &App, member: &Member, format: &str) -> Answer<crate::turns::Place> {
    let place = app.turns.answers.place(member.organization).await?;
    member.tell_audit_export(app, format).await?;
    Ok(place)
}

fn file(kind: &'static str, name: &str, body: axum::body::Body) -> Response {
    let name = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    (headers, body).into_response()
}

fn limit(pairs: &Pairs) -> Answer<u64> {
    let Some(given) = pairs.get("limit") else {
        return Ok(USUAL);
    };
    let parsed = given
        .parse()
        .ok()
        .filter(|limit| (1..=MOST).contains(limit));
    parsed.ok_or_else(|| wrong("limit", &format!("Must be 1 to {MOST}.")))
}

fn wrong(name: &str, detail: &str) -> ApiError {
    ApiError::invalid(vec![FieldError::new(
        format!("?{name}"),
        "unexpected",
        detail,
    )])
}

#[cfg(test)]
mod tests;
