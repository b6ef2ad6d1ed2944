//! What an organization qualifies for, and why.

pub mod list;
pub mod read;

use axum::response::Response;
use membership_contract::problem::FieldError;
use membership_contract::text::en;
use membership_domain::hypothesis::Misread;
use membership_domain::{Assessment, Basis, Hypothesis};
use utoipa::IntoParams;

use crate::engines::{Engines, Ready, View, Written};
use crate::evidence::look::Look;
use crate::http::problem::{Answer, ApiError};
use crate::http::query::Pairs;
use crate::turns::Watch;

/// See [`Basis`].
const BASIS: &str = "basis";

/// What can be asked of assessments: a hypothesis, as in the address of a page with a preview, and
/// which rows are counted.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(
    dead_code,
    reason = "describes the parameters; `Hypothesis::read` reads them"
)]
pub struct Parameters {
    /// 2023-12-01; the server's today if absent
    day: Option<String>,
    /// dp-203*3,az-104*-1
    people: Option<String>,
    /// azure-net-adds.all*2
    measures: Option<String>,
    /// azure-expert-msp.audit
    met: Option<String>,
    /// decision, which it is if absent, or entered: which rows are counted
    basis: Option<Basis>,
}

/// Assesses an organization today, or as the query supposes; `tell` says it as JSON. What is said of
/// today is kept under `name`; what is supposed is assessed by the same engine, and not kept. Both
/// take a moment, so not on the thread of other requests.
async fn assessed<F>(look: Look<Parameters>, name: &str, tell: F) -> Answer<Response>
where
    F: FnOnce(&Assessment, &mut Written) -> Answer<()> + Send + 'static,
{
    let (app, member, query) = (&look.app, &look.member, &look.query);
    let (basis, accepts) = (basis(query)?, look.accepts);
    let catalog = &app.catalog.catalog;
    let pairs = query
        .0
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    let (hypothesis, misread) = Hypothesis::read(catalog, pairs);
    if !misread.is_empty() {
        return Err(ApiError::invalid(misread.iter().map(error).collect()));
    }
    let (turns, organization) = (&app.turns, member.organization);
    let sending = turns.answers.place(organization).await?;
    let view = Engines::view(app, member).await?;
    let assessed = if hypothesis == Hypothesis::default() {
        let make =
            move |view: &View, _: &Watch, out: &mut Written| tell(view.assessment(basis), out);
        let name = format!("{name}?basis={}", basis.code());
        Engines::body(app, organization, &view, (&name, accepts), make).await?
    } else {
        let place = turns.looks.place(organization).await?;
        let ours = view.clone();
        let work = move |watch: &Watch| {
            let assessment = ours.assess(basis, &hypothesis);
            watch.expect()?;
            Ready::written(accepts, |out| tell(&assessment, out))
        };
        let assessed = turns.looks.run(place, work).await??;
        app.engines.weigh(organization, &view);
        assessed
    };
    let body = turns.send(sending, assessed.bytes())?;
    Ok(assessed.response("application/json", body))
}

/// What is asked for: what a decision counts, unless it says otherwise.
fn basis(query: &Pairs) -> Answer<Basis> {
    let asked = query.get(BASIS);
    let known = asked.map_or(Some(Basis::Decision), Basis::of_code);
    known.ok_or_else(|| {
        let detail = "Write decision for what a decision counts, or entered for everything that is \
                      known.";
        ApiError::invalid(vec![FieldError::new("?basis", "unexpected", detail)])
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
