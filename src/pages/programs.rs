//! All programs, by track, with search and status; the filter is in the address.

use leptos::prelude::*;
use membership_contract::session::SessionOrganization;
use membership_contract::text::en;
use membership_domain::assess::{Assessment, ProgramAssessment};
use membership_domain::catalog::Program;

use super::standing;
use crate::go::{Step, goer, query};
use crate::paths::{self, ProgramFilter};
use crate::shell::heading::lead;
use crate::text::programs as words;
use crate::ui::{self, Choice, Select, Tab, TextField, Tone};
use crate::workspace::{self, Workspace};

/// The page.
pub fn page(organization: SessionOrganization) -> AnyView {
    let filter = filter();
    workspace::with(&organization, move |workspace| content(workspace, filter))
}

/// The filter of the address.
fn filter() -> Memo<ProgramFilter> {
    let query = query();
    Memo::new(move |_| {
        let field = |name| query.with(|query| query.get(name)).unwrap_or_default();
        ProgramFilter {
            track: field(paths::TRACK),
            query: field("q"),
            status: field("status"),
        }
    })
}

fn content(workspace: Workspace, filter: Memo<ProgramFilter>) -> AnyView {
    let catalog = &workspace.catalog;
    let today = workspace.today();
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
            href: paths::programs(&ProgramFilter {
                track: id.to_owned(),
                ..now.clone()
            }),
            current: now.track == id,
        };
        let mut all = vec![tab("", words::ALL)];
        all.extend(tracks.iter().map(|(id, name)| tab(id, name)));
        ui::tabs(words::TRACKS.to_owned(), all)
    };
    let summary = move || {
        let track = filter.with(|filter| filter.track.clone());
        let summary = summaries
            .iter()
            .find(|(id, _)| *id == track)
            .map(|(_, text)| text.clone());
        summary.map(|text| view! { <p class="muted">{text}</p> })
    };
    view! {
        {lead(words::TITLE.to_owned(), words::ABOUT, ())}
        <div class="stack">
            {tabs}
            {summary}
            {narrow(filter)}
            {move || list(&workspace, &today, &filter.get())}
        </div>
    }
    .into_any()
}

/// The controls that narrow the list; the address follows what is typed.
fn narrow(filter: Memo<ProgramFilter>) -> AnyView {
    let to = goer(Step::Here);
    let go = move |next: &ProgramFilter| to(&paths::programs(next));
    let typed = RwSignal::new(filter.with_untracked(|filter| filter.query.clone()));
    let follow = go.clone();
    Effect::new(move |before: Option<String>| {
        let query = typed.get();
        let now = filter.get_untracked();
        if before.is_some_and(|before| before != query) && now.query != query {
            follow(&ProgramFilter {
                query: query.clone(),
                ..now
            });
        }
        query
    });
    // The address may change without us: back, or a link.
    Effect::new(move |_| {
        let query = filter.with(|filter| filter.query.clone());
        if typed.with_untracked(|typed| *typed != query) {
            typed.set(query);
        }
    });
    let statuses = std::iter::once(("", words::ANY_STATUS))
        .chain(
            words::STATUSES
                .iter()
                .map(|(code, label, _)| (*code, *label)),
        )
        .map(|(value, label)| Choice {
            value: value.to_owned(),
            label: label.to_owned(),
        })
        .collect();
    let status = Signal::derive(move || filter.with(|filter| filter.status.clone()));
    let choose = move |status: String| {
        go(&ProgramFilter {
            status,
            ..filter.get_untracked()
        })
    };
    view! {
        <div class="cluster filter">
            <TextField label=words::SEARCH value=typed kind="search" />
            <Select label=words::STATUS choices=statuses value=status on_change=choose />
        </div>
    }
    .into_any()
}

fn list(workspace: &Workspace, today: &Assessment, filter: &ProgramFilter) -> AnyView {
    let found: Vec<(&Program, &ProgramAssessment)> = (workspace.catalog.programs.iter())
        .filter_map(|program| Some((program, today.program(&program.id)?)))
        .filter(|(program, assessed)| fits(filter, program, assessed))
        .collect();
    if found.is_empty() {
        let all = paths::programs(&ProgramFilter::default());
        let step = Some((words::SHOW_ALL.to_owned(), all));
        return ui::empty(words::NONE.to_owned(), words::NONE_WHY.to_owned(), step);
    }
    let count = words::found(found.len());
    let cards = found
        .into_iter()
        .map(|(program, assessed)| card(workspace, today, program, assessed))
        .collect_view();
    view! {
        <p class="small muted" role="status">{count}</p>
        <ul class="programs">{cards}</ul>
    }
    .into_any()
}

/// Whether a program is in the track, has the words and has the status.
fn fits(filter: &ProgramFilter, program: &Program, assessed: &ProgramAssessment) -> bool {
    let in_track = filter.track.is_empty() || program.tracks.contains(&filter.track);
    let standings = words::STATUSES
        .iter()
        .find(|(code, ..)| *code == filter.status);
    let has_status = filter.status.is_empty()
        || standings.is_some_and(|(_, _, standings)| standings.contains(&assessed.standing));
    let area = program.solution_area.as_deref().unwrap_or_default();
    let text = format!("{} {area} {}", program.name, program.summary).to_ascii_lowercase();
    let has_words = filter
        .query
        .to_ascii_lowercase()
        .split_whitespace()
        .all(|word| text.contains(word));
    in_track && has_status && has_words
}

fn card(
    workspace: &Workspace,
    today: &Assessment,
    program: &Program,
    assessed: &ProgramAssessment,
) -> AnyView {
    let preview = en::availability(program.availability).map(|text| ui::tag(Tone::Quiet, text));
    view! {
        <li class="card program">
            <div class="body">
                <h2>
                    <a href=paths::program(&program.id)>{program.name.clone()}</a>
                </h2>
                <div class="cluster">
                    {standing::mark(assessed.standing, program.kind)}
                    {preview}
                </div>
                <p>{program.summary.clone()}</p>
                <p class="muted small">{workspace.speaker().stands(assessed, today)}</p>
            </div>
        </li>
    }
    .into_any()
}
