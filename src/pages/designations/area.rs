//! An area's score: the total, its metrics with the evidence behind them, and a preview.

mod forecast;
mod metric;
mod metrics;
mod total;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use membership_contract::session::SessionOrganization;
use membership_domain::assess::Assessment;
use membership_domain::catalog::Score;

use self::metrics::Metrics;
use crate::go::query;
use crate::preview::{self, Preview};
use crate::shell::heading::lead;
use crate::text::{designations as words, shell};
use crate::ui::{self, LinkButton};
use crate::workspace::{self, Workspace};
use crate::{format, paths};

/// The page.
pub fn page(organization: SessionOrganization) -> AnyView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("area")).unwrap_or_default());
    workspace::with(&organization, move |workspace| {
        let workspace = StoredValue::new(workspace);
        (move || {
            let id = id.get();
            workspace.with_value(|workspace| match workspace.catalog.score(&id) {
                Some(score) => content(workspace, score),
                None => unknown(),
            })
        })
        .into_any()
    })
}

fn above() -> AnyView {
    ui::crumbs(vec![(
        shell::DESIGNATIONS.to_owned(),
        paths::DESIGNATIONS.href(),
    )])
}

fn unknown() -> AnyView {
    view! {
        {above()}
        {lead(words::UNKNOWN.to_owned(), words::UNKNOWN_WHY, ())}
        <p>
            <a href=paths::DESIGNATIONS.href()>{words::ALL_AREAS}</a>
        </p>
    }
    .into_any()
}

fn content(workspace: &Workspace, score: &Score) -> AnyView {
    let preview = Preview::of(workspace);
    let program = workspace
        .catalog
        .programs
        .iter()
        .find(|program| program.score.as_ref() == Some(&score.id));
    let title = program.map_or_else(|| score.name.clone(), |program| program.name.clone());
    let to_program = program.map(|program| paths::program(&program.id));
    let to_program = to_program.map(|to| {
        move || {
            let href = paths::with_query(&to, &[preview.counted.field()]);
            view! { <LinkButton href=href>{words::PROGRAM}</LinkButton> }
        }
    });
    let month = |today: &Arc<Assessment>| today.score(&score.id).and_then(|one| one.month);
    let month = preview.today.with_untracked(month);
    let about = month.map_or_else(
        || words::NOTHING_MEASURED.to_owned(),
        |month| words::measured(&format::day(month.last_day())),
    );
    let asked = asked_track(score);
    let counted = preview.counted.score(&score.id);
    let counted = counted.map(|differs| preview.provenance(differs));
    let id: Arc<str> = Arc::from(score.id.as_str());
    let metrics = Metrics {
        preview,
        id: id.clone(),
        track: asked,
    };
    let track = {
        let id = id.clone();
        let of_score = move || {
            let shown = preview.shown.get();
            let score = shown.score(&id);
            score.map(|score| score.track.clone()).unwrap_or_default()
        };
        Signal::derive(move || asked.get().unwrap_or_else(&of_score))
    };
    view! {
        {above()}
        {lead(title, about, to_program)}
        {preview.banner()}
        {counted}
        <div class="columns">
            <div class="stack">
                {total::card(preview, id.clone())}
                {metrics.view(score)}
                {forecast::card(preview, id)}
            </div>
            {preview::for_score(preview, score, track)}
        </div>
    }
    .into_any()
}

/// The track that the address asks for, where the score has it.
fn asked_track(score: &Score) -> Memo<Option<String>> {
    let query = query();
    let known: Vec<String> = score.tracks.iter().map(|track| track.id.clone()).collect();
    Memo::new(move |_| {
        query
            .with(|query| query.get(paths::TRACK))
            .filter(|id| known.contains(id))
    })
}
