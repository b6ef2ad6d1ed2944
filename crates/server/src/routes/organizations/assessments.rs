//! What an organization qualifies for, and why.

pub mod list;
pub mod read;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use membership_contract::problem::FieldError;
use membership_contract::text::en;
use membership_domain::hypothesis::Misread;
use membership_domain::{Assessment, Basis, Hypothesis, assess};

use super::evidence::{Known, looked};
use crate::App;
use crate::guard::Member;
use crate::http::problem::{Answer, Refused};
use crate::http::query::Pairs;
use crate::turns::Watch;

/// The parameters of a hypothesis, the same as in the address of a page with a preview, and which
/// rows are counted.
const PARAMETERS: [&str; 5] = ["day", "people", "measures", "met", BASIS];

/// See [`Basis`].
const BASIS: &str = "basis";

/// Assesses an organization today, or as the query supposes; `tell` says it as JSON. Takes a moment,
/// so not on the thread of other requests.
async fn assessed<F>(app: &App, member: &Member, query: &Pairs, tell: F) -> Answer<Response>
where
    F: FnOnce(Assessment) -> Answer<String> + Send + 'static,
{
    query.only(&PARAMETERS)?;
    let basis = basis(query)?;
    let catalog = &app.catalog.catalog;
    let pairs = query
        .0
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    let (hypothesis, misread) = Hypothesis::read(catalog, pairs);
    if !misread.is_empty() {
        return Err(Refused::invalid(misread.iter().map(error).collect()));
    }
    let sending = app.turns.answers.place(member.organization).await?;
    let (served, today) = (app.catalog.clone(), app.clock.now().date_naive());
    let work = move |known: Known, watch: &Watch| {
        let evidence = known.evidence(watch)?;
        let assessment = assess(&served.catalog, &evidence, basis, today, &hypothesis);
        watch.expect()?;
        tell(assessment)
    };
    let assessed = looked(app, member, work).await?;
    let kind = [(header::CONTENT_TYPE, "application/json")];
    Ok((kind, app.turns.send(sending, assessed)?).into_response())
}

/// What is asked for: what a decision counts, unless it says otherwise.
fn basis(query: &Pairs) -> Answer<Basis> {
    let asked = query.get(BASIS);
    let known = asked.map_or(Some(Basis::Decision), Basis::of_code);
    known.ok_or_else(|| {
        let detail = "Write decision for what a decision counts, or entered for everything that is \
                      known.";
        Refused::invalid(vec![FieldError::new("?basis", "unexpected", detail)])
    })
}

fn error(misread: &Misread) -> FieldError {
    let code = serde_json::to_value(misread.because).unwrap_or_default();
    let code = code.as_str().unwrap_or("invalid");
    FieldError::new(
        format!("?{}", misread.parameter),
        code,
        en::misread(misread),
    )
}
