//! `/api/v1/operator/bank-entries`: the queue of what the bank told of, and its decisions.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::Duration;
use membership_contract::desk::{BankDecision, BankEntry};
use membership_contract::page::Page;
use membership_contract::paths;
use membership_contract::refusal::Refusal;
use membership_domain::id::BankEntryId;
use membership_domain::purchase::bank::BankEntryState;
use membership_store::audit::Action;
use membership_store::{bank, claims, users};

use crate::App;
use crate::bank::{decide, sight};
use crate::change::Done;
use crate::guard::Operator;
use crate::http::body::Body;
use crate::http::params::Params;
use crate::http::path_id::OnlyId;
use crate::http::problem::{Answer, ApiError};
use crate::http::query::Reading;
use crate::write::{Tx, write};

/// So many at a time.
const LIMIT: u64 = 50;

/// So long a case is an operator's who looks at it.
const CLAIMED: Duration = Duration::minutes(5);

/// The entry of the address.
pub type Named = OnlyId<membership_domain::id::BankEntry>;

/// Which entries.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters")]
pub struct Parameters {
    /// Only those in this state; those that wait if absent
    state: Option<BankEntryState>,
    /// The `next` of the page before
    cursor: Option<String>,
}

/// Entries of bank statements, the oldest first: those that wait for a decision, or those in a state.
#[utoipa::path(
    get, path = paths::DESK_BANK_ENTRIES, tag = "operator", operation_id = "list_bank_entries",
    responses((status = 200, body = Page<BankEntry>)),
)]
pub async fn list_bank_entries(
    State(app): State<App>,
    operator: Operator,
    asked: Params<Parameters>,
) -> Answer<Json<Page<BankEntry>>> {
    let mut reading = Reading::of(&asked.pairs);
    let state = reading.parsed("state", "Must be a state of bank entries.", |code: &str| {
        BankEntryState::from_code(code)
    });
    let id = |text: &str| text.parse::<BankEntryId>().ok();
    let after = reading.parsed("cursor", "Must be the `next` of a page of this list.", id);
    reading.done()?;
    let states = state.map_or_else(|| BankEntryState::WAITING.to_vec(), |state| vec![state]);
    let mut found = bank::list(app.store.db(), &states, after, LIMIT + 1).await?;
    let next = crate::http::newest::next(&mut found, LIMIT, |one| one.id);
    let items = sight::entries(&app, found, operator.id()).await?;
    Ok(Json(Page { items, next }))
}

/// Decides about an entry. What another operator is at is left to them.
#[utoipa::path(
    post, path = paths::DESK_BANK_DECISION, tag = "operator", operation_id = "create_bank_decision",
    request_body = BankDecision,
    responses(
        (status = 200, body = BankEntry),
        (status = 409, description = "It is decided, or somebody else is at it"),
    ),
)]
pub async fn create_bank_decision(
    State(app): State<App>,
    operator: Operator,
    named: Named,
    Body(wanted): Body<BankDecision>,
) -> Answer<Json<BankEntry>> {
    decide::entry(&app, &operator, named.0, &wanted).await?;
    one(&app, &operator, named.0).await
}

/// Takes the last decision about an entry back, where nothing came of it yet.
#[utoipa::path(
    delete, path = paths::DESK_BANK_DECISION, tag = "operator", operation_id = "delete_bank_decision",
    responses(
        (status = 200, body = BankEntry),
        (status = 409, description = "It can't be taken back"),
    ),
)]
pub async fn delete_bank_decision(
    State(app): State<App>,
    operator: Operator,
    named: Named,
) -> Answer<Json<BankEntry>> {
    decide::undo(&app, &operator, named.0).await?;
    one(&app, &operator, named.0).await
}

/// Says that the operator is at an entry, for five minutes: others see it.
#[utoipa::path(
    put, path = paths::DESK_BANK_CLAIM, tag = "operator", operation_id = "replace_bank_claim",
    responses(
        (status = 204, description = "It is the operator's"),
        (status = 409, description = "Somebody else is at it"),
    ),
)]
pub async fn replace_bank_claim(
    State(app): State<App>,
    operator: Operator,
    named: Named,
) -> Answer<StatusCode> {
    let (subject, now) = (named.0.to_string(), app.clock.real());
    write(&app.store, async |write: Tx| {
        let entry = bank::by_id(write.tx(), named.0).await?;
        entry.ok_or_else(ApiError::not_found)?;
        let until = now + CLAIMED;
        let has = claims::take(&write, &subject, operator.id(), now, until).await?;
        if has != operator.id() {
            let user = users::by_id(write.tx(), has).await?;
            let by = user.map_or_else(String::new, |user| user.name);
            return Err(Refusal::Claimed { by }.into());
        }
        let done = Done::of(Action::BankClaim, &subject);
        Answer::Ok(((), Some(operator.entry(&app, None, done)?)))
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn one(app: &App, operator: &Operator, id: BankEntryId) -> Answer<Json<BankEntry>> {
    let entry = bank::by_id(app.store.db(), id).await?;
    let entry = entry.ok_or_else(ApiError::not_found)?;
    let mut told = sight::entries(app, vec![entry], operator.id()).await?;
    told.pop().map(Json).ok_or_else(ApiError::not_found)
}
