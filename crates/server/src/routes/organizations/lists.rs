//! Lists of evidence: found, sorted, page by page; as JSON or, whole, as CSV.

pub mod certifications;
pub mod customers;
pub mod people;
pub mod person;
#[cfg(test)]
mod tests;
pub mod usage;

use std::sync::Arc;

use axum::Json;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use membership_contract::lists::{Tabular, table};
use membership_contract::problem::FieldError;
use membership_contract::text::{Plain, Speaker};
use membership_domain::Catalog;
use membership_lists::{Lists, Page, Query, State};
use serde::Serialize;
use utoipa::IntoParams;

use super::evidence::Known;
use crate::App;
use crate::guard::Member;
use crate::http::problem::{Answer, Refused};
use crate::http::query::Pairs;
use crate::known_lists::Prepared;

/// Rows on a page, where nothing else is asked for.
const USUAL: usize = 50;
/// The most rows on a page.
const MOST: usize = 200;

/// What can be asked of a list.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(
    dead_code,
    reason = "describes the parameters; `asked` reads them strictly"
)]
pub struct Parameters {
    /// Words that a row must have, all of them
    search: Option<String>,
    /// An area by its score's id, for `counts`
    area: Option<String>,
    /// yes or no: whether a row counts in the area, or in any without one
    counts: Option<String>,
    /// linked, not_linked, left, valid, expiring or expired: people and certifications
    state: Option<State>,
    /// A field of a row
    sort: Option<String>,
    /// desc for the largest first
    order: Option<String>,
    /// The `next` of the page before
    cursor: Option<String>,
    /// Rows on a page, at most 200
    limit: Option<usize>,
    /// csv for all rows as a table, without pages
    format: Option<String>,
}

const NAMES: [&str; 9] = [
    "search", "area", "counts", "state", "sort", "order", "cursor", "limit", "format",
];

/// What is asked for, and whether as CSV.
fn asked(pairs: &Pairs, catalog: &Catalog, sorts: &[&str]) -> Answer<(Query, bool)> {
    pairs.only(&NAMES)?;
    let mut errors = Vec::new();
    let mut wrong = |name: &str, detail: String| {
        errors.push(FieldError::new(format!("?{name}"), "unexpected", detail));
    };
    let mut one_of = |name: &str, known: &[&str]| {
        let given = pairs.get(name)?;
        if known.contains(&given) {
            return Some(given);
        }
        wrong(name, format!("Must be {}.", known.join(", ")));
        None
    };
    let areas: Vec<&str> = catalog
        .scores
        .iter()
        .map(|score| score.id.as_str())
        .collect();
    let area = one_of("area", &areas).map(str::to_owned);
    let counts = one_of("counts", &["yes", "no"]).map(|counts| counts == "yes");
    let states = [
        "linked",
        "not_linked",
        "left",
        "valid",
        "expiring",
        "expired",
    ];
    let state = one_of("state", &states)
        .and_then(|state| serde_json::from_value(serde_json::Value::String(state.to_owned())).ok());
    let sort = one_of("sort", sorts).unwrap_or_default().to_owned();
    let descending = one_of("order", &["asc", "desc"]) == Some("desc");
    let csv = one_of("format", &["json", "csv"]) == Some("csv");
    let limit = match pairs.get("limit").map(str::parse) {
        None => USUAL,
        Some(Ok(limit)) if (1..=MOST).contains(&limit) => limit,
        Some(_) => {
            wrong("limit", format!("Must be a whole number from 1 to {MOST}."));
            USUAL
        }
    };
    let cursor = pairs.get("cursor").map(str::to_owned).filter(|_| !csv);
    if !errors.is_empty() {
        return Err(Refused::invalid(errors));
    }
    let query = Query {
        search: pairs.get("search").unwrap_or_default().to_owned(),
        area,
        counts,
        state,
        sort,
        descending,
        cursor,
        limit: if csv { usize::MAX } else { limit },
    };
    Ok((query, csv))
}

/// The page or the table that is asked for, made by `make`. Both take a moment, so not on the
/// thread of other requests.
async fn answer<R: Tabular + Serialize + Send + 'static>(
    app: &App,
    member: &Member,
    pairs: &Pairs,
    (name, sorts): (&'static str, &[&str]),
    make: fn(&Lists<'_>, &Query) -> Page<R>,
) -> Answer<Response> {
    let (query, csv) = asked(pairs, &app.catalog.catalog, sorts)?;
    let (_, prepared) = prepared(app, member).await?;
    let served = app.catalog.clone();
    let work = move || {
        let catalog = &served.catalog;
        let page = make(&prepared.lists(catalog), &query);
        if !csv {
            return Json(page).into_response();
        }
        let words = &Plain;
        let text = table(&Speaker { catalog, words }, &page.items);
        let kind = "text/csv; charset=utf-8".to_owned();
        let file = format!("attachment; filename=\"{name}.csv\"");
        let headers = [
            (header::CONTENT_TYPE, kind),
            (header::CONTENT_DISPOSITION, file),
        ];
        (headers, text).into_response()
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(Refused::internal)
}

/// The lists of the evidence of now, and its tag.
async fn prepared(app: &App, member: &Member) -> Answer<(String, Arc<Prepared>)> {
    let day = app.clock.now().date_naive();
    let tag = Known::tag_of(app, member).await?;
    let key = (member.organization, tag, day);
    if let Some(known) = app.lists.get(&key) {
        return Ok((key.1, known));
    }
    let known = Known::read(app, member).await?;
    // Somebody may have written since the tag was read.
    let key = (member.organization, known.tag(None), day);
    let evidence = known.evidence()?;
    let served = app.catalog.clone();
    let work = move || Prepared::new(&served.catalog, evidence, day);
    let prepared = tokio::task::spawn_blocking(work)
        .await
        .map_err(Refused::internal)?;
    let prepared = Arc::new(prepared);
    app.lists.put(key.clone(), prepared.clone());
    Ok((key.1, prepared))
}
