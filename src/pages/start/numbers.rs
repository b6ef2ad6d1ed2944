//! A company in a few numbers.

use chrono::NaiveDate;
use leptos::prelude::*;
use membership_domain::Catalog;
use membership_local::ORGANIZATION;
use membership_local::guided::{Guided, MOST, Use};

use super::kept::Known;
use super::lines::{Count, Line, Lines, Sort, no_number};
use crate::api::action::Action;
use crate::api::{Method, action};
use crate::go::{Step, goer};
use crate::text::start as words;
use crate::ui::{
    self, Button, Check, Choice, ErrorSummary, FieldProblem, Kind, Stepper, TextField, Tone, Wrong,
};
use crate::{drafts, paths};

/// Between the parts of what is typed: nobody types it.
const GROUP: &str = "\u{1d}";

/// The id of how many people there are.
const PEOPLE: &str = "people";

const fn count(label: &'static str, usual: i64, most: i64) -> Count {
    Count { label, usual, most }
}

static CERTIFICATES: Sort = Sort {
    id: "certificate",
    choice: words::CERTIFICATE,
    counts: &[count(words::HOLDERS, 4, MOST as i64)],
    line: words::certificate,
    add: words::ADD_CERTIFICATE,
};

static USES: Sort = Sort {
    id: "customers",
    choice: words::WORKLOAD,
    counts: &[
        count(words::HOW_MANY, 5, MOST as i64),
        count(words::NEW, 1, MOST as i64),
        count(words::REVENUE, 1_500, 10_000_000),
        count(words::SEATS, 100, 1_000_000),
        count(words::ACTIVE, 60, 1_000_000),
    ],
    line: words::customers,
    add: words::ADD_USE,
};

/// What is typed.
#[derive(Clone, Copy)]
pub struct Form {
    name: RwSignal<String>,
    joined: RwSignal<bool>,
    people: RwSignal<i64>,
    people_wrong: Wrong,
    certificates: Lines,
    uses: Lines,
    problems: RwSignal<Vec<FieldProblem>>,
    save: Action,
    /// Whether anything was typed before.
    again: RwSignal<bool>,
    /// A small company, to begin with, as one text.
    usual: StoredValue<String>,
}

impl Form {
    /// What was typed last, or else a small company. What is typed is kept for this tab, also
    /// once it is taken over: numbers are for changing.
    pub fn new() -> Self {
        let form = Self {
            name: RwSignal::default(),
            joined: RwSignal::new(true),
            people: RwSignal::new(12),
            people_wrong: Wrong::default(),
            certificates: Lines::one(&CERTIFICATES),
            uses: Lines::one(&USES),
            problems: RwSignal::default(),
            save: action(),
            again: RwSignal::new(false),
            usual: StoredValue::default(),
        };
        form.usual.set_value(untrack(|| form.text()));
        if let Some(typed) = drafts::get(&key()) {
            form.set(&typed);
            form.again.set(true);
        }
        Effect::new(move |_| {
            let text = form.text();
            if form.usual.with_value(|usual| *usual == text) {
                form.again.set(false);
                drafts::remove(&key());
            } else {
                drafts::set(&key(), &text);
            }
        });
        form
    }

    /// All of it as one text. Tracks.
    fn text(self) -> String {
        let joined = if self.joined.get() { "joined" } else { "" };
        let people = self.people.get().to_string();
        let lines = [self.certificates.text(), self.uses.text()];
        let [certificates, uses] = &lines;
        [&self.name.get(), joined, &people, certificates, uses].join(GROUP)
    }

    /// Shows what a text says.
    fn set(self, text: &str) {
        let mut texts = text.split(GROUP);
        let mut next = || texts.next().unwrap_or_default();
        self.name.set(next().to_owned());
        self.joined.set(!next().is_empty());
        self.people.set(next().parse().unwrap_or(0));
        self.people_wrong.set(None);
        self.certificates.set(next());
        self.uses.set(next());
    }

    /// Shows the small company again.
    pub fn start_over(self) {
        self.usual.with_value(|usual| self.set(usual));
        self.problems.set(Vec::new());
    }

    /// That this was typed before, and what gives it up.
    fn notice(self) -> AnyView {
        let over = Callback::new(move |()| self.start_over());
        (move || {
            self.again.get().then(|| {
                view! {
                    <div class="stack">
                        {ui::note(Tone::Info, words::TYPED)}
                        <Button on_press=over>{words::START_OVER}</Button>
                    </div>
                }
            })
        })
        .into_any()
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
            let label = format!("{}: {}", known.id.to_ascii_uppercase(), known.name);
            (known.id.clone(), label)
        }));
        let workloads =
            choices((catalog.workloads.iter()).map(|known| (known.id.clone(), known.name.clone())));
        let warning = replaces.then(|| ui::note(Tone::Warn, words::REPLACES));
        view! {
            <form class="card" novalidate on:submit=submit>
                <header>
                    <h2>{words::NUMBERS}</h2>
                </header>
                <div class="body form">
                    <p class="muted">{words::NUMBERS_ABOUT}</p>
                    {self.notice()}
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
                        id=PEOPLE
                        value=self.people
                        wrong=self.people_wrong
                        most=i64::from(MOST)
                        on_change=Callback::new(move |people| self.people.set(people))
                    />
                    <h3>{words::CERTIFICATES}</h3>
                    {self.certificates.view(certificates, self.problems)}
                    <h3>{words::CUSTOMERS}</h3>
                    {self.uses.view(workloads, self.problems)}
                    {warning}
                    {known.refusal(self.save.error)}
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
        let people = self.people.get_untracked();
        let unchosen = |line: &Line| line.chosen.with_untracked(String::is_empty);
        let no_people = no_number(
            self.people_wrong,
            PEOPLE.to_owned(),
            words::PEOPLE,
            MOST.into(),
        );
        let mut problems: Vec<FieldProblem> = no_people.into_iter().collect();
        // How many hold something says nothing where nobody knows how many there are.
        let known = problems.is_empty();
        problems.extend(self.certificates.check(|line| {
            let faults = [
                (unchosen(line), words::NO_CERTIFICATE),
                (known && line.count(0) > people, words::MORE_HOLDERS),
            ];
            so(&faults)
        }));
        problems.extend(self.uses.check(|line| {
            let faults = [
                (unchosen(line), words::NO_WORKLOAD),
                (line.count(1) > line.count(0), words::MORE_NEW),
                (line.count(4) > line.count(3), words::MORE_ACTIVE),
            ];
            so(&faults)
        }));
        let (certificates, uses) = (self.certificates.get(), self.uses.get());
        let complete = problems.is_empty();
        self.problems.set(problems);
        complete.then(|| Guided {
            name: self.name.get_untracked(),
            joined: self.joined.get_untracked(),
            people: whole(people),
            certificates: certificates.iter().map(held).collect(),
            uses: uses.iter().map(used).collect(),
        })
    }
}

/// Under which it is kept. There is one such form in a browser.
fn key() -> String {
    drafts::key(drafts::NOBODY, ORGANIZATION, "numbers")
}

/// Those that are so.
fn so(faults: &[(bool, &'static str)]) -> Vec<&'static str> {
    let found = faults.iter().filter(|(is_so, _)| *is_so);
    found.map(|(_, message)| *message).collect()
}

fn held(line: &Line) -> (String, u32) {
    (line.chosen.get_untracked(), whole(line.count(0)))
}

fn used(line: &Line) -> Use {
    Use {
        workload: line.chosen.get_untracked(),
        customers: whole(line.count(0)),
        new: whole(line.count(1)),
        revenue_cents: line.count(2).saturating_mul(100),
        seats: whole(line.count(3)),
        active: whole(line.count(4)),
    }
}

fn whole(number: i64) -> u32 {
    number.try_into().unwrap_or(0)
}

fn choices(known: impl Iterator<Item = (String, String)>) -> StoredValue<Vec<Choice>> {
    let first = (String::new(), words::CHOOSE.to_owned());
    let all = std::iter::once(first).chain(known);
    StoredValue::new(all.map(|(value, label)| Choice { value, label }).collect())
}
