//! An area's score: the total, its metrics with the evidence behind them, and a preview.

mod forecast;
mod metric;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use membership_contract::session::SessionOrganization;
use membership_domain::assess::{Assessment, Basis, Finding, Outcome, ScoreAssessment};
use membership_domain::catalog::Score;
use membership_domain::hypothesis::Hypothesis;
use membership_lists::address;

use super::standing;
use crate::findings::{Place, next_steps};
use crate::go::query;
use crate::preview::{self, Preview, delta};
use crate::shell::heading::lead;
use crate::text::{designations as words, provenance, shell};
use crate::ui::{self, LinkButton, Mark, Tab};
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
    let page = Page {
        preview,
        id: id.clone(),
        track: asked,
    };
    let track = Signal::derive(move || {
        asked.get().unwrap_or_else(|| {
            let shown = preview.shown.get();
            shown
                .score(&id)
                .map(|score| score.track.clone())
                .unwrap_or_default()
        })
    });
    view! {
        {above()}
        {lead(title, about, to_program)}
        {preview.banner()}
        {counted}
        <div class="columns">
            <div class="stack">
                {page.clone().total()}
                {page.clone().metrics(score)}
                {forecast::card(preview, page.id)}
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

#[derive(Clone)]
struct Page {
    preview: Preview,
    id: Arc<str>,
    track: Memo<Option<String>>,
}

impl Page {
    /// The score of today and the one that is shown; the same without a preview.
    fn scores(&self) -> (Arc<Assessment>, Arc<Assessment>) {
        (self.preview.today.get(), self.preview.shown.get())
    }

    /// Today's points of a metric, confirmed and with what was entered, where they differ. Beside
    /// what is tried out they would be a third and a fourth number.
    fn both(&self, find: &dyn Fn(&Assessment) -> Option<Finding>) -> Option<String> {
        if self.preview.is_active() {
            return None;
        }
        let of = |basis| find(&self.preview.counted.today(basis))?.points;
        let (confirmed, own) = (of(Basis::Decision)?, of(Basis::Entered)?);
        let (workspace, most) = (self.preview.workspace, confirmed.max);
        (confirmed.earned != own.earned).then(|| {
            workspace.with_value(|workspace| {
                let speaker = workspace.speaker();
                let (confirmed, own) = speaker.apart(confirmed.earned, own.earned, most);
                provenance::both(&confirmed, &own)
            })
        })
    }

    fn total(self) -> AnyView {
        let inside = move || {
            let (today, shown) = self.scores();
            let (before, after) = (today.score(&self.id)?, shown.score(&self.id)?);
            Some(
                self.preview
                    .workspace
                    .with_value(|workspace| total(workspace, &shown, before, after)),
            )
        };
        view! { <section class="card">{inside}</section> }.into_any()
    }

    fn metrics(self, score: &Score) -> AnyView {
        let tabs = (score.tracks.len() > 1).then(|| self.clone().tabs());
        // Which metrics there are depends on the track alone; what each says, on the preview.
        let metrics = {
            let page = self.clone();
            Memo::new(move |_| {
                let (_, shown) = page.scores();
                let score = shown.score(&page.id)?;
                let track = page.track.get().unwrap_or_else(|| score.track.clone());
                let found = score.tracks.iter().find(|one| one.id == track)?;
                let ids = found.children.iter().map(|metric| metric.id.clone());
                Some((track, ids.collect::<Vec<_>>()))
            })
        };
        let cards = move || {
            let (track, metrics) = metrics.get()?;
            let cards = metrics
                .into_iter()
                .map(|metric| self.clone().metric(track.clone(), metric))
                .collect::<Vec<_>>();
            Some(view! { <div class="stack">{cards}</div> })
        };
        view! {
            <section class="stack" aria-labelledby="metrics">
                <h2 id="metrics">{words::METRICS}</h2>
                {tabs}
                {cards}
            </section>
        }
        .into_any()
    }

    /// One metric, drawn anew only when it differs: a preview changes few of them.
    fn metric(self, track: String, metric: String) -> AnyView {
        let (workspace, id) = (self.preview.workspace, self.id.clone());
        let before = workspace.with_value(|workspace| {
            let score = workspace.catalog.score(&id);
            score.map(|score| address(score, &track, &metric) + ".")
        });
        let before = before.unwrap_or_default();
        let findings = Memo::new(move |_| {
            let find = |assessment: &Assessment| -> Option<Finding> {
                let score = assessment.score(&self.id)?;
                let track = score.tracks.iter().find(|one| one.id == track)?;
                track.children.iter().find(|one| one.id == metric).cloned()
            };
            let (today, shown) = self.scores();
            let basis = self.preview.basis.get();
            (find(&today), find(&shown), self.both(&find), basis)
        });
        (move || {
            findings.with(|(was, now, both, basis)| {
                let now = now.as_ref()?;
                let (area, before) = (&*id, before.as_str());
                let place = Place {
                    area,
                    before,
                    basis: *basis,
                };
                Some(workspace.with_value(|workspace| {
                    metric::card(workspace, place, (now, was.as_ref()), both.clone())
                }))
            })
        })
        .into_any()
    }

    fn tabs(self) -> AnyView {
        let links = move || {
            let (_, shown) = self.scores();
            let score = shown.score(&self.id)?;
            let current = self.track.get().unwrap_or_else(|| score.track.clone());
            let changes = self.preview.hypothesis.with(Hypothesis::query);
            let basis = self.preview.counted.field();
            let tabs = self.preview.workspace.with_value(|workspace| {
                let speaker = workspace.speaker();
                let tab = |track: &Finding| {
                    let mut fields = vec![(paths::TRACK, track.id.as_str()), basis];
                    fields.extend(changes.iter().map(|(name, value)| (*name, value.as_str())));
                    let total = speaker.against(track.have.unwrap_or_default(), score.pass_mark);
                    let name = track.title.clone().unwrap_or_default();
                    Tab {
                        label: words::track(&name, &total, track.id == score.track),
                        href: paths::with_query(&paths::area(&self.id), &fields),
                        current: track.id == current,
                    }
                };
                score.tracks.iter().map(tab).collect()
            });
            Some(ui::tabs(words::TRACKS.to_owned(), tabs))
        };
        links.into_any()
    }
}

/// The number, its bar, what it says, and the ways on.
fn total(
    workspace: &Workspace,
    shown: &Assessment,
    before: &ScoreAssessment,
    after: &ScoreAssessment,
) -> AnyView {
    let speaker = workspace.speaker();
    let mark = match (after.outcome, after.pass_mark - after.total) {
        (Outcome::Met, _) => ui::status(Mark::Good, crate::text::preview::QUALIFIES),
        (_, short) if short.is_positive() => {
            ui::status(Mark::Warn, words::short(&speaker.gap(short)))
        }
        _ => ui::status(Mark::Warn, crate::text::preview::DOES_NOT),
    };
    let changed = (before.total != after.total).then_some(after);
    let today = changed.map(|_| ui::today(&speaker.against(before.total, before.pass_mark)));
    view! {
        <div class="body">
            <div class="score">
                <div>
                <p>
                    <span class="big num" class:what-if=changed.is_some() data-score="total">
                        {speaker.against(after.total, after.pass_mark)}
                    </span>
                    {" "}
                    <span class="muted">{words::of_needed(&speaker.exact(after.pass_mark))}</span>
                    {" "}
                    {delta(workspace, after.total - before.total)}
                </p>
                {today}
                </div>
                {standing::score_bar(workspace, before, changed)}
            </div>
            <div class="cluster">{mark}</div>
            <p>{speaker.score_says(after, shown.day)}</p>
            {next_steps(workspace, &after.next)}
        </div>
    }
    .into_any()
}
