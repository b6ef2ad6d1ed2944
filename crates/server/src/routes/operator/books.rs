//! `/api/v1/operator/books`: the trial balance with open items, and the journal for other programs.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use membership_contract::desk::{OpenItem, TrialBalance, TrialBalanceLine};
use membership_contract::paths;
use membership_domain::Money;
use membership_store::{books, orders};

use crate::App;
use crate::guard::Operator;
use crate::http::params::Params;
use crate::http::problem::Answer;
use crate::http::query::Reading;
use crate::purchase::journal::journal;

/// Up to when.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameter")]
pub struct Parameters {
    /// Up to and with this day, 2023-12-31; today if absent
    until: Option<String>,
}

/// What is on each account in each currency, and the orders that owe something.
#[utoipa::path(
    get, path = paths::DESK_TRIAL_BALANCE, tag = "operator", operation_id = "get_trial_balance",
    responses((status = 200, body = TrialBalance)),
)]
pub async fn get_trial_balance(
    State(app): State<App>,
    _: Operator,
    asked: Params<Parameters>,
) -> Answer<Json<TrialBalance>> {
    let mut reading = Reading::of(&asked.pairs);
    let day = |text: &str| text.parse::<NaiveDate>().ok();
    let until = reading.parsed("until", "Must be a day, such as 2023-12-31.", day);
    reading.done()?;
    let until = until.unwrap_or_else(|| app.clock.now().date_naive());
    let db = app.store.db();
    let lines = books::trial_balance(db, until).await?;
    let mut open_items = Vec::new();
    for (order, currency, amount) in books::open_items(db).await? {
        let known = orders::by_id(db, order).await?;
        open_items.push(OpenItem {
            order,
            order_number: known.and_then(|order| order.number).unwrap_or_default(),
            money: Money::new(amount, currency),
        });
    }
    let line = |one: books::Balance| TrialBalanceLine {
        account: one.account,
        currency: one.currency,
        debit: one.debit,
        credit: one.credit,
    };
    Ok(Json(TrialBalance {
        until,
        lines: lines.into_iter().map(line).collect(),
        open_items,
    }))
}

/// All entries of the books as hledger and Ledger read them.
#[utoipa::path(
    get, path = paths::DESK_JOURNAL, tag = "operator", operation_id = "get_journal",
    responses((status = 200, content_type = "text/plain", body = String)),
)]
pub async fn get_journal(State(app): State<App>, _: Operator) -> Answer<Response> {
    let journal = journal(&books::entries(app.store.db(), None).await?);
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"books.journal\"",
        ),
    ];
    Ok((headers, journal).into_response())
}
