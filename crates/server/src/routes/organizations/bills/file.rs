//! `GET /api/v1/organizations/{organization}/bills/{bill}/pdf` and `/xml`: a bill as a file, always
//! the same bytes.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use membership_contract::paths;
use membership_store::bills::{self, Files};

use super::Named;
use crate::App;
use crate::guard::Member;
use crate::http::problem::{Answer, ApiError};

/// A bill as PDF.
#[utoipa::path(
    get, path = paths::BILL_PDF, tag = "purchases", operation_id = "get_bill_pdf",
    responses((status = 200, content_type = "application/pdf", body = String)),
)]
pub async fn get_bill_pdf(
    State(app): State<App>,
    member: Member,
    named: Named,
) -> Answer<Response> {
    let (name, files) = files(&app, &member, named).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}.pdf\""),
        ),
        (header::ETAG, format!("\"{}\"", files.hash)),
    ];
    Ok((headers, files.pdf).into_response())
}

/// The e-invoice of an invoice or a credit note, by EN 16931 in UBL.
#[utoipa::path(
    get, path = paths::BILL_XML, tag = "purchases", operation_id = "get_bill_xml",
    responses((status = 200, content_type = "application/xml", body = String)),
)]
pub async fn get_bill_xml(
    State(app): State<App>,
    member: Member,
    named: Named,
) -> Answer<Response> {
    let (name, files) = files(&app, &member, named).await?;
    let xml = files.xml.ok_or_else(ApiError::not_found)?;
    let headers = [
        (header::CONTENT_TYPE, "application/xml".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}.xml\""),
        ),
    ];
    Ok((headers, xml).into_response())
}

async fn files(app: &App, member: &Member, named: Named) -> Answer<(String, Files)> {
    let db = app.store.db();
    let known = bills::by_id(db, member.organization, named.0).await?;
    let known = known.ok_or_else(ApiError::not_found)?;
    let name = known.number.unwrap_or_default();
    let files = bills::files(db, known.id).await?;
    Ok((name, files.ok_or_else(ApiError::not_found)?))
}
