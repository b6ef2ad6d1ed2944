//! All programs, by track, with search and status; the filter is in the address.

pub mod program;

use leptos::prelude::*;
use membership_contract::session::SessionOrganization;
use membership_contract::text::en;
use membership_domain::assess::{Assessment, ProgramAssessment};
use membership_domain::catalog::Program;

use super::standing;
use crate::counted::Counted;
use crate::list::{self, Asked, Filter, Narrowed};
use crate::paths;
use crate::shell::heading::lead;
use crate::text::programs as words;
use crate::ui::{self, Tab, Tone};
use crate::workspace::{self, Workspace};

/// The words that are looked for, and the standing, as the address has them.
const QUERY: &str = "q";
const STATUS: &str = "status";

/// The page.
pub fn page(organization: SessionOrganization) -> AnyView {
    let filter = Asked::of_address(&[paths::TRACK, QUERY, STATUS, paths::BASIS]);
    workspace::with(&organization, move |workspace| content(workspace, filter))
}

fn content(workspace: Workspace, filter: Memo<Asked>) -> AnyView {
    let catalog = &workspace.catalog;
    let counted = Counted::of(&workspace);
    let control = counted.over(&catalog.programs.iter().collect::<Vec<_>>());
    let tracks: Vec<(String, String)> = catalog
        .tracks
        .iter()
        .map(|track| (track.id.clone(), track.name.clone()))
        .collect();
    let summaries: Vec<(String, String)> = catalog
        .tracks
        .iter()
        .map(|track| (track.id.clone(), track.summary.clone()))
        .collect();
    let tabs = move || {
        let now = filter.get();
        let tab = |id: &str, label: &str| Tab {
            label: label.to_owned(),
            href: now.with(paths::TRACK, id).address(&paths::PROGRAMS.href()),
            current: now.get(paths::TRACK) == id,
        };
        let mut all = vec![tab("", words::ALL)];
        all.extend(tracks.iter().map(|(id, name)| tab(id, name)));
        ui::tabs(words::TRACKS.to_owned(), all)
    };
    let summary = move || {
        let track = filter.with(|filter| filter.get(paths::TRACK).to_owned());
        let summary = summaries
            .iter()
            .find(|(id, _)| *id == track)
            .map(|(_, text)| text.clone());
        summary.map(|text| view! { <p class="muted">{text}</p> })
    };
    view! {
        {lead(words::TITLE.to_owned(), words::ABOUT, ())}
        <div class="stack">
            {control}
            {tabs}
            {summary}
            {narrow(filter)}
            {move || found(&workspace, counted, &filter.get())}
        </div>
    }
    .into_any()
}

/// The controls that narrow the list.
fn narrow(filter: Memo<Asked>) -> AnyView {
    let statuses = words::STATUSES.iter();
    let statuses = statuses.map(|(code, label, _)| ((*code).to_owned(), (*label).to_owned()));
    let status = Filter {
        name: STATUS,
        label: words::STATUS,
        choices: Signal::stored(ui::choices(words::ANY_STATUS, statuses)),
        then: |_| {},
    };
    let narrowed = Narrowed {
        path: paths::PROGRAMS,
        asked: filter,
        search: QUERY,
    };
    list::controls(narrowed, vec![status], ().into_any())
}

fn found(workspace: &Workspace, counted: Counted, filter: &Asked) -> AnyView {
    let today = counted.today(counted.asked.get());
    let found: Vec<(&Program, &ProgramAssessment)> = (workspace.catalog.programs.iter())
        .filter_map(|program| Some((program, today.program(&program.id)?)))
        .filter(|(program, assessed)| fits(filter, program, assessed))
        .collect();
    if found.is_empty() {
        let step = Some((words::SHOW_ALL.to_owned(), paths::PROGRAMS.href()));
        return ui::empty(words::NONE.to_owned(), words::NONE_WHY.to_owned(), step);
    }
    let count = words::found(found.len());
    let cards = found
        .into_iter()
        .map(|(program, assessed)| card(workspace, &today, (program, assessed), counted))
        .collect_view();
    view! {
        <p class="small muted" role="status">{count}</p>
        <ul class="programs">{cards}</ul>
    }
    .into_any()
}

/// Whether a program is in the track, has the words and has the status.
fn fits(filter: &Asked, program: &Program, assessed: &ProgramAssessment) -> bool {
    let [track, query, status] = [paths::TRACK, QUERY, STATUS].map(|name| filter.get(name));
    let in_track = track.is_empty() || program.tracks.iter().any(|own| own == track);
    let standings = words::STATUSES.iter().find(|(code, ..)| *code == status);
    let has_status = status.is_empty()
        || standings.is_some_and(|(_, _, standings)| standings.contains(&assessed.standing));
    let area = program.solution_area.as_deref().unwrap_or_default();
    let text = format!("{} {area} {}", program.name, program.summary).to_ascii_lowercase();
    let has_words = query
        .to_ascii_lowercase()
        .split_whitespace()
        .all(|word| text.contains(word));
    in_track && has_status && has_words
}

fn card(
    workspace: &Workspace,
    today: &Assessment,
    (program, assessed): (&Program, &ProgramAssessment),
    counted: Counted,
) -> AnyView {
    let href = paths::with_query(&paths::program(&program.id), &[counted.field()]);
    let preview = en::availability(program.availability).map(|text| ui::tag(Tone::Quiet, text));
    view! {
        <li class="card program">
            <div class="body">
                <h2>
                    <a href=href>{program.name.clone()}</a>
                </h2>
                <div class="cluster">
                    {standing::mark(assessed.standing, program.kind)}
                    {preview}
                </div>
                <p>{program.summary.clone()}</p>
                <p class="muted small">{workspace.speaker().stands(assessed, today)}</p>
                {standing::both(counted, program)}
            </div>
        </li>
    }
    .into_any()
}
