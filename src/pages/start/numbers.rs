//! A company in a few numbers.

use chrono::NaiveDate;
use leptos::prelude::*;
use membership_domain::Catalog;
use membership_local::guided::{Guided, MOST, Use};

use super::kept::{Known, refusal};
use crate::api::action::Action;
use crate::api::{Method, action};
use crate::go::{Step, goer};
use crate::paths;
use crate::text::start as words;
use crate::ui::{
    self, Button, Check, Choice, ErrorSummary, FieldProblem, Kind, Select, Stepper, TextField, Tone,
};

/// A line of the form: what was chosen, and its numbers.
#[derive(Clone, Copy)]
struct Line<const N: usize> {
    number: usize,
    chosen: RwSignal<String>,
    counts: [RwSignal<i64>; N],
}

impl<const N: usize> Line<N> {
    fn new(number: usize, counts: [i64; N]) -> Self {
        Self {
            number,
            chosen: RwSignal::new(String::new()),
            counts: counts.map(RwSignal::new),
        }
    }
}

/// What a new line of customers begins with.
const USUAL_USE: [i64; 5] = [5, 1, 1_500, 100, 60];
/// The largest that can be entered for each of its numbers.
const MOST_USE: [i64; 5] = [MOST as i64, MOST as i64, 10_000_000, 1_000_000, 1_000_000];
/// What these are.
const USE_LABELS: [&str; 5] = [
    words::HOW_MANY,
    words::NEW,
    words::REVENUE,
    words::SEATS,
    words::ACTIVE,
];

/// What is typed.
#[derive(Clone, Copy)]
pub struct Form {
    name: RwSignal<String>,
    joined: RwSignal<bool>,
    people: RwSignal<i64>,
    certificates: RwSignal<Vec<Line<1>>>,
    uses: RwSignal<Vec<Line<5>>>,
    problems: RwSignal<Vec<FieldProblem>>,
    save: Action,
}

impl Form {
    /// A small company, to begin with.
    pub fn new() -> Self {
        Self {
            name: RwSignal::new(String::new()),
            joined: RwSignal::new(true),
            people: RwSignal::new(12),
            certificates: RwSignal::new(vec![Line::new(0, [4])]),
            uses: RwSignal::new(vec![Line::new(0, USUAL_USE)]),
            problems: RwSignal::new(Vec::new()),
            save: action(),
        }
    }

    /// The card. `replaces`: there is something that is lost by it.
    pub fn view(self, known: Known, catalog: &Catalog, day: NaiveDate, replaces: bool) -> AnyView {
        let rules = StoredValue::new(catalog.clone());
        let go = goer(Step::On);
        let submit = move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            let Some(guided) = self.entered() else {
                return;
            };
            let evidence = rules.with_value(|rules| guided.evidence(rules, day));
            let (body, go) = (known.body(&evidence), go.clone());
            (self.save).run(Method::Put, known.path.get_value(), body, move |_| {
                ui::live::say(words::STARTED);
                known.begin_anew();
                go(&paths::OVERVIEW.href());
            });
        };
        let certificates = choices((catalog.certificates.iter()).map(|known| {
            let label = format!("{}: {}", known.id.to_uppercase(), known.name);
            (known.id.clone(), label)
        }));
        let workloads =
            choices((catalog.workloads.iter()).map(|known| (known.id.clone(), known.name.clone())));
        let certificate = move |line: Line<1>| {
            let legend = words::certificate(line.number + 1);
            let labels = [words::HOLDERS];
            let what = (words::CERTIFICATE, certificates.get_value());
            row(
                self.certificates,
                line,
                legend,
                what,
                labels,
                [i64::from(MOST)],
            )
        };
        let used = move |line: Line<5>| {
            let legend = words::customers(line.number + 1);
            let what = (words::WORKLOAD, workloads.get_value());
            row(self.uses, line, legend, what, USE_LABELS, MOST_USE)
        };
        let all_certificates = move || {
            let lines = self.certificates.get();
            lines.into_iter().map(certificate).collect_view()
        };
        let all_uses = move || self.uses.get().into_iter().map(used).collect_view();
        let warning = replaces.then(|| ui::note(Tone::Warn, words::REPLACES));
        view! {
            <form class="card" novalidate on:submit=submit>
                <header>
                    <h2>{words::NUMBERS}</h2>
                </header>
                <div class="body form">
                    <p class="muted">{words::NUMBERS_ABOUT}</p>
                    <ErrorSummary problems=self.problems />
                    <TextField label=words::NAME value=self.name longest=200 />
                    <Check
                        label=words::JOINED
                        checked=self.joined
                        on_change=Callback::new(move |joined| self.joined.set(joined))
                    />
                    <Stepper
                        label=words::PEOPLE
                        hint=words::most(MOST)
                        value=self.people
                        most=i64::from(MOST)
                        on_change=Callback::new(move |people| self.people.set(people))
                    />
                    <h3>{words::CERTIFICATES}</h3>
                    {all_certificates}
                    {add(self.certificates, words::ADD_CERTIFICATE, [1])}
                    <h3>{words::CUSTOMERS}</h3>
                    {all_uses}
                    {add(self.uses, words::ADD_USE, USUAL_USE)}
                    {warning}
                    {refusal(self.save.error)}
                    <Button submit=true kind=Kind::Primary busy=self.save.busy>
                        {words::SHOW}
                    </Button>
                </div>
            </form>
        }
        .into_any()
    }

    /// What was entered, if nothing is missing; else says what is.
    fn entered(self) -> Option<Guided> {
        let chosen = |text: &RwSignal<String>| !text.with_untracked(String::is_empty);
        let certificates = self.certificates.get_untracked();
        let uses = self.uses.get_untracked();
        let mut problems = Vec::new();
        let mut wrong = |message: &str| {
            problems.push(FieldProblem {
                field: None,
                message: message.to_owned(),
            });
        };
        if !certificates.iter().all(|line| chosen(&line.chosen)) {
            wrong(words::NO_CERTIFICATE);
        }
        if !uses.iter().all(|line| chosen(&line.chosen)) {
            wrong(words::NO_WORKLOAD);
        }
        let people = self.people.get_untracked();
        let count = |counts: &[RwSignal<i64>], at: usize| {
            counts.get(at).map_or(0, |count| count.get_untracked())
        };
        if certificates
            .iter()
            .any(|line| count(&line.counts, 0) > people)
        {
            wrong(words::MORE_HOLDERS);
        }
        let too_new = |line: &Line<5>| count(&line.counts, 1) > count(&line.counts, 0);
        if uses.iter().any(too_new) {
            wrong(words::MORE_NEW);
        }
        let too_active = |line: &Line<5>| count(&line.counts, 4) > count(&line.counts, 3);
        if uses.iter().any(too_active) {
            wrong(words::MORE_ACTIVE);
        }
        let complete = problems.is_empty();
        self.problems.set(problems);
        complete.then(|| Guided {
            name: self.name.get_untracked(),
            joined: self.joined.get_untracked(),
            people: whole(self.people),
            certificates: certificates.iter().map(held).collect(),
            uses: uses.iter().map(used).collect(),
        })
    }
}

fn held(line: &Line<1>) -> (String, u32) {
    let [holders] = line.counts;
    (line.chosen.get_untracked(), whole(holders))
}

fn used(line: &Line<5>) -> Use {
    let [customers, new, revenue, seats, active] = line.counts;
    Use {
        workload: line.chosen.get_untracked(),
        customers: whole(customers),
        new: whole(new),
        revenue_cents: revenue.get_untracked().saturating_mul(100),
        seats: whole(seats),
        active: whole(active),
    }
}

fn whole(number: RwSignal<i64>) -> u32 {
    number.get_untracked().try_into().unwrap_or(0)
}

fn choices(known: impl Iterator<Item = (String, String)>) -> StoredValue<Vec<Choice>> {
    let first = (String::new(), words::CHOOSE.to_owned());
    let all = std::iter::once(first).chain(known);
    StoredValue::new(all.map(|(value, label)| Choice { value, label }).collect())
}

fn add<const N: usize>(
    lines: RwSignal<Vec<Line<N>>>,
    label: &'static str,
    counts: [i64; N],
) -> AnyView {
    let press = Callback::new(move |()| {
        lines.update(|lines| {
            let number = lines.iter().map(|line| line.number + 1).max().unwrap_or(0);
            lines.push(Line::new(number, counts));
        });
    });
    view! { <Button on_press=press icon_name="add">{label}</Button> }.into_any()
}

fn row<const N: usize>(
    lines: RwSignal<Vec<Line<N>>>,
    line: Line<N>,
    legend: String,
    (label, choices): (&'static str, Vec<Choice>),
    labels: [&'static str; N],
    most: [i64; N],
) -> AnyView {
    let remove = Callback::new(move |()| {
        lines.update(|lines| lines.retain(|known| known.number != line.number));
    });
    let counts = line.counts.into_iter().zip(labels).zip(most);
    let counts = counts.map(|((count, label), most)| {
        view! {
            <Stepper
                label=label
                value=count
                most=most
                on_change=Callback::new(move |number| count.set(number))
            />
        }
    });
    view! {
        <fieldset class="cluster filter">
            <legend class="visually-hidden">{legend.clone()}</legend>
            <Select
                label=label
                choices=choices
                value=line.chosen
                on_change=Callback::new(move |value| line.chosen.set(value))
            />
            {counts.collect_view()}
            <Button on_press=remove kind=Kind::Subtle>
                {words::REMOVE}
                <span class="visually-hidden">{legend}</span>
            </Button>
        </fieldset>
    }
    .into_any()
}
