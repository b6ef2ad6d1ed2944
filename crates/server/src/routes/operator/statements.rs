//! `GET` and `POST /api/v1/operator/statements`: files of a bank.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use membership_contract::desk::{BankStatement, Imported};
use membership_contract::paths;
use membership_store::bank;

use crate::App;
use crate::bank::{import, sight};
use crate::change::Done;
use crate::guard::{BankSender, Operator};
use crate::http::body::Raw;
use crate::http::problem::Answer;

/// So long entries are given to their orders while somebody waits for the answer.
const GIVING: Duration = Duration::from_secs(2);

/// So many are listed.
const LIMIT: u64 = 200;

/// The statements that were imported, the newest first, at most 200.
#[utoipa::path(
    get, path = paths::DESK_STATEMENTS, tag = "operator", operation_id = "list_bank_statements",
    responses((status = 200, body = Vec<BankStatement>)),
)]
pub async fn list_bank_statements(
    State(app): State<App>,
    _: Operator,
) -> Answer<Json<Vec<BankStatement>>> {
    let found = bank::statements(app.store.db(), LIMIT).await?;
    Ok(Json(found.into_iter().map(sight::statement).collect()))
}

/// Imports a file of a bank (camt.053 or camt.054, version 02 or 08). The same file again, and
/// entries that another file told of, change nothing. What names an order goes to it at once, or, of
/// a file with thousands, within minutes.
#[utoipa::path(
    post, path = paths::DESK_STATEMENTS, tag = "operator", operation_id = "create_bank_statement",
    request_body(content = String, content_type = "application/xml"),
    responses(
        (status = 200, body = Imported),
        (status = 422, description = "The file can't be read: nothing of it was imported"),
    ),
)]
pub async fn create_bank_statement(
    State(app): State<App>,
    sender: BankSender,
    Raw(body): Raw,
) -> Answer<Json<Imported>> {
    let entry = |action, subject: &str| sender.entry(&app, Done::of(action, subject));
    let imported = import::import(&app, body.to_vec(), sender.person(), GIVING, entry).await?;
    Ok(Json(imported))
}
