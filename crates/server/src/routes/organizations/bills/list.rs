//! `GET /api/v1/organizations/{organization}/bills`.

use axum::Json;
use axum::extract::State;
use membership_contract::page::Page;
use membership_contract::paths;
use membership_contract::purchase::Bill as Told;
use membership_domain::purchase::bill::BillKind;
use membership_store::bills;

use crate::App;
use crate::guard::Member;
use crate::http::newest::{self, Parameters};
use crate::http::params::Params;
use crate::http::problem::Answer;
use crate::purchase::told;

/// So many at a time.
const LIMIT: u64 = 100;

/// The bills of an organization, the newest first.
#[utoipa::path(
    get, path = paths::BILLS, tag = "purchases", operation_id = "list_bills",
    responses((status = 200, body = Page<Told>)),
)]
pub async fn list_bills(
    State(app): State<App>,
    member: Member,
    asked: Params<Parameters>,
) -> Answer<Json<Page<Told>>> {
    let before = newest::before(&asked)?;
    let (db, id) = (app.store.db(), member.organization);
    let mut found = bills::list(db, id, BillKind::ALL, before, LIMIT + 1).await?;
    let next = newest::next(&mut found, LIMIT, |one| one.id);
    let items = found.iter().map(told::bill).collect();
    Ok(Json(Page { items, next }))
}
