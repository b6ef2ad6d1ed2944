//! Where a row counts, and why not elsewhere: a column in one line, and all of it on demand.

use std::sync::Arc;

use leptos::prelude::*;
use membership_contract::text::{Speaker, en};
use membership_lists::Counting;

use crate::list::Detail;
use crate::text::evidence as words;
use crate::{format, paths, ui};

/// So many areas are named before the rest is counted: in the line of a row, and of a reason.
const IN_LINE: usize = 2;
const FEW: usize = 3;

/// How a row counts, in words.
#[derive(Clone)]
pub struct Counts {
    /// Where it counts: areas first, and the one that is looked for.
    places: Vec<Place>,
    /// Where it does not although a rule looks at it, names and reason: in what is looked for, and
    /// elsewhere.
    own: Vec<Not>,
    not: Vec<Not>,
    /// What is said where it counts nowhere.
    nowhere: &'static str,
}

/// Where a row does not count, by name, and why.
type Not = (Vec<String>, String);

/// An area or program in which a row counts.
#[derive(Clone)]
struct Place {
    href: String,
    name: String,
    /// In which of its metrics or requirements.
    metrics: String,
    /// Whether it is what is looked for.
    own: bool,
    /// Whether no decision counts it there yet: it counts with what was entered alone.
    only_entered: bool,
}

impl Counts {
    /// `area` is what is looked for, if anything.
    pub fn of(
        speaker: &Speaker<'_>,
        areas: &[Counting],
        area: &str,
        nowhere: &'static str,
    ) -> Self {
        let counting = areas.iter().filter(|known| !known.metrics.is_empty());
        let leads =
            |known: &Counting| known.area == area || speaker.catalog.score(&known.area).is_some();
        let (mut all, others): (Vec<&Counting>, Vec<&Counting>) =
            counting.partition(|known| leads(known));
        all.extend(others);
        let place = |known: &Counting| Place {
            href: paths::place(speaker.catalog, &known.area),
            name: speaker.place(&known.area),
            metrics: speaker.metrics(known),
            own: known.area == area,
            only_entered: known.only_entered,
        };
        Self {
            places: all.into_iter().map(place).collect(),
            own: speaker.does_not_count(&mut areas.iter().filter(|known| known.area == area)),
            not: speaker.does_not_count(&mut areas.iter().filter(|known| known.area != area)),
            nowhere,
        }
    }

    /// The cell: the first areas, each a way back, else why it counts nowhere.
    pub fn cell(&self) -> AnyView {
        let why = self.own.first();
        let why = why.or_else(|| self.not.first().filter(|_| self.places.is_empty()));
        let why = why.map(|(_, why)| why.clone());
        if self.places.is_empty() {
            let why = why.map(|why| view! { <span class="trim">{format!(" · {why}")}</span> });
            return view! { <span class="muted line">{self.nowhere} {why}</span> }.into_any();
        }
        let shown = self.places.len().min(IN_LINE);
        let few = self.places.iter().take(IN_LINE).enumerate();
        let few = few.map(|(at, place)| {
            let comma = if at + 1 < shown { ", " } else { "" };
            let metrics = place.own.then(|| format!(" {}", place.metrics));
            let entered = place.only_entered.then_some(words::ENTERED);
            view! {
                <a href=place.href.clone()>{place.name.clone()}</a>
                <span class="small muted">{metrics} {entered}</span>
                {comma}
            }
        });
        let rest = self.places.len() - shown;
        let rest = (rest > 0).then(|| view! { <span class="muted">{words::more(rest)}</span> });
        let why = why.map(|why| view! { <span class="small muted">{format!(" · {why}")}</span> });
        view! { {few.collect_view()} {rest} {why} }.into_any()
    }

    /// All of it, after what else there is to say of the row that is called `of`.
    pub fn detail(self, of: String, facts: Vec<(&'static str, String)>) -> Detail {
        let draw = move || {
            let mut all: Vec<(&'static str, AnyView)> = Vec::new();
            let facts = facts.iter().filter(|(_, fact)| !fact.is_empty());
            all.extend(facts.map(|(label, fact)| (*label, fact.clone().into_any())));
            if !self.places.is_empty() {
                all.push((words::COUNTS_IN, places(&self.places)));
            }
            let nots: Vec<&Not> = self.own.iter().chain(&self.not).collect();
            if !nots.is_empty() {
                all.push((words::NOT_IN, reasons(&nots)));
            }
            ui::facts(all)
        };
        let draw = Arc::new(draw);
        Detail { of, draw }
    }
}

/// Areas and programs with the metrics or requirements in which a row counts.
fn places(places: &[Place]) -> AnyView {
    let line = |place: &Place| {
        let entered = place.only_entered.then(|| {
            view! { <span class="small">{format!(". {}", en::ONLY_ENTERED)}</span> }
        });
        view! {
            <li>
                <a href=place.href.clone()>{place.name.clone()}</a>
                <span class="small muted">{format!(" {}", place.metrics)}</span>
                {entered}
            </li>
        }
    };
    view! { <ul class="plain">{places.iter().map(line).collect_view()}</ul> }.into_any()
}

/// Where a row does not count, and why.
fn reasons(reasons: &[&Not]) -> AnyView {
    let line = |(areas, why): &&Not| {
        let areas = match areas.get(..FEW) {
            Some(few) if areas.len() > FEW + 1 => words::and_more(few, areas.len() - FEW),
            _ => format::list(areas),
        };
        view! {
            <li>
                {areas}
                <span class="muted">{format!(": {why}")}</span>
            </li>
        }
    };
    view! { <ul class="plain">{reasons.iter().map(line).collect_view()}</ul> }.into_any()
}
