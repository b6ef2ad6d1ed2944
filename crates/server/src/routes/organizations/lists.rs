//! Lists of evidence: found, sorted, page by page; as JSON or, whole, as CSV.

pub mod certifications;
pub mod customer;
pub mod customers;
#[cfg(test)]
mod numbers;
pub mod people;
pub mod person;
#[cfg(test)]
mod tests;
pub mod usage;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use membership_contract::lists::{Tabular, table};
use membership_contract::problem::FieldError;
use membership_contract::text::{Plain, Speaker};
use membership_domain::evidence::Authority;
use membership_domain::{Basis, Catalog};
use membership_lists::{Asked, List, Lists, Page, Query, State, Wrong};
use serde::Serialize;
use utoipa::IntoParams;

use crate::engines::{Engines, View, Written};
use crate::evidence::look::Look;
use crate::http::problem::{Answer, ApiError};
use crate::http::query::Pairs;
use crate::turns::Watch;

/// What can be asked of a list.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters; `asked` reads them")]
pub struct Parameters {
    /// Words that a row must have, all of them: at most 10, and 200 characters
    search: Option<String>,
    /// An area by its score's id, or a program by its own, for `counts`
    area: Option<String>,
    /// A metric or requirement of the area by its address, `net-adds` or `net-adds.cpor`: only rows that it looks at
    metric: Option<String>,
    /// yes or no: whether a row counts in the area, or in any without one
    counts: Option<String>,
    /// entered, which is usual, or decision: what has to count, for `counts` and `metric`
    basis: Option<Basis>,
    /// linked, not_linked, left, valid, expiring or expired: people and certifications
    state: Option<State>,
    /// claimed, confirmed or made_here: who says the row, or something of the person or customer
    authority: Option<Authority>,
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

/// What is asked for, strictly.
fn asked(pairs: &Pairs, catalog: &Catalog, list: List) -> Answer<Asked> {
    Asked::of(|name| pairs.get(name), catalog, list).map_err(|wrong| {
        let errors = wrong.into_iter().map(|Wrong { name, detail }| {
            FieldError::new(format!("?{name}"), "unexpected", detail)
        });
        ApiError::invalid(errors.collect())
    })
}

/// The page or the table that is asked for, made by `make`. Both take a moment, so not on the
/// thread of other requests.
async fn answer<R: Tabular + Serialize + Send + 'static>(
    look: Look<Parameters>,
    list: List,
    make: fn(&Lists<'_>, &Query) -> Page<R>,
) -> Answer<Response> {
    let (app, member) = (&look.app, &look.member);
    let Asked { query, csv } = asked(&look.query, &app.catalog.catalog, list)?;
    let view = Engines::view(app, member).await?;
    let organization = member.organization;
    if !csv {
        let name = format!("{}{query:?}", list.name());
        let page = move |view: &View, _: &Watch, out: &mut Written| {
            let page = make(&view.lists(), &query);
            serde_json::to_writer(out, &page).map_err(ApiError::internal)
        };
        let page = Engines::body(app, organization, &view, (&name, look.accepts), page).await?;
        return Ok(page.response("application/json", page.bytes().into()));
    }
    member.tell_export(app, list.name(), "csv").await?;
    let turns = &app.turns;
    let sending = turns.answers.place(organization).await?;
    let place = turns.looks.place(organization).await?;
    let ours = view.clone();
    let work = move |watch: &Watch| -> Answer<_> {
        let page = make(&ours.lists(), &query);
        watch.expect()?;
        let (catalog, words) = (ours.engine().catalog(), &Plain);
        Ok(table(&Speaker { catalog, words }, &page.items))
    };
    let text = turns.looks.run(place, work).await??;
    app.engines.weigh(organization, &view);
    let kind = "text/csv; charset=utf-8".to_owned();
    let file = format!("attachment; filename=\"{}.csv\"", list.name());
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, file),
    ];
    Ok((headers, turns.send(sending, text)?).into_response())
}
