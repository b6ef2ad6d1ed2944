//! The metrics of a score: the tracks as tabs, and the metrics of the one that is shown.

use std::sync::Arc;

use leptos::prelude::*;
use membership_domain::assess::{Assessment, Basis, Finding};
use membership_domain::catalog::Score;
use membership_domain::hypothesis::Hypothesis;
use membership_lists::address;

use super::metric;
use crate::findings::Place;
use crate::paths;
use crate::preview::Preview;
use crate::text::{designations as words, provenance};
use crate::ui::{self, Tab};

/// The metrics of a score, by track.
#[derive(Clone)]
pub struct Metrics {
    /// What is shown of it.
    pub preview: Preview,
    /// The score.
    pub id: Arc<str>,
    /// The track that the address asks for.
    pub track: Memo<Option<String>>,
}

impl Metrics {
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

    /// The section: the tabs of the tracks, and a card for each metric of one of them.
    pub fn view(self, score: &Score) -> AnyView {
        let tabs = (score.tracks.len() > 1).then(|| self.clone().tabs());
        // Which metrics there are depends on the track alone; what each says, on the preview.
        let metrics = {
            let all = self.clone();
            Memo::new(move |_| {
                let (_, shown) = all.scores();
                let score = shown.score(&all.id)?;
                let track = all.track.get().unwrap_or_else(|| score.track.clone());
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

    /// One metric, drawn again only when it differs: a preview changes few of them.
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
