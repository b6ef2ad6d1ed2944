//! A company in a few numbers.

mod read;

use chrono::NaiveDate;
use leptos::prelude::*;
use membership_domain::Catalog;
use membership_local::ORGANIZATION;
use membership_local::guided::MOST;

use self::read::read;
use super::kept::Known;
use crate::api::{ApiError, Method};
use crate::form::{Editor, Field, Group, Kind, Phase, Shape, Values};
use crate::go::{Go, Step, use_go};
use crate::text::start as words;
use crate::ui::{self, Tone};
use crate::{drafts, paths};

const PEOPLE: i64 = MOST as i64;
const DOLLARS: i64 = 10_000_000;
const SEATS: i64 = 1_000_000;

static CERTIFICATES: Group = Group {
    name: "certificates",
    title: "",
    legend: words::certificate,
    add: words::ADD_CERTIFICATE,
    fields: &[
        (
            Field::new("certificate", words::CERTIFICATE, Kind::Choice),
            "",
        ),
        (Field::count("holders", words::HOLDERS, PEOPLE), "4"),
    ],
};

static USES: Group = Group {
    name: "uses",
    title: "",
    legend: words::customers,
    add: words::ADD_USE,
    fields: &[
        (Field::new("workload", words::WORKLOAD, Kind::Choice), ""),
        (Field::count("customers", words::HOW_MANY, PEOPLE), "5"),
        (Field::count("new", words::NEW, PEOPLE), "1"),
        (Field::count("revenue", words::REVENUE, DOLLARS), "1500"),
        (Field::count("seats", words::SEATS, SEATS), "100"),
        (Field::count("active", words::ACTIVE, SEATS), "60"),
    ],
};

static SHAPE: Shape = Shape {
    id: "start",
    version: 1,
    fields: &[
        Field::new("name", words::NAME, Kind::Text),
        Field::check("joined", words::JOINED),
        Field::count("people", words::PEOPLE, PEOPLE).hint(words::PEOPLE_HINT),
    ],
    groups: &[&CERTIFICATES, &USES],
    typed: [words::TYPED, words::TYPED],
    stale: "",
};

/// A small company, to begin with.
fn usual() -> Values {
    let fields = [
        ("name", String::new()),
        ("joined", Field::YES.to_owned()),
        ("people", "12".to_owned()),
    ];
    let line = |group: &Group| vec![group.usual()];
    Values::of(&fields)
        .with(CERTIFICATES.name, line(&CERTIFICATES))
        .with(USES.name, line(&USES))
}

/// What is typed.
#[derive(Clone, Copy)]
pub struct Form {
    editor: Editor,
    refused: RwSignal<Option<ApiError>>,
    // Of the page and not of the card: that is drawn anew by what was just saved.
    go: StoredValue<Go, LocalStorage>,
}

impl Form {
    /// What was typed last, or else a small company. What is typed is kept for this tab, also
    /// once it is taken over: numbers are for changing.
    pub fn new() -> Self {
        // There is one such form in a browser.
        let key = drafts::key(drafts::NOBODY, ORGANIZATION, "numbers");
        Self {
            editor: Editor::new(&SHAPE, key, usual()),
            refused: RwSignal::new(None),
            go: StoredValue::new_local(Box::new(use_go(Step::On))),
        }
    }

    /// Shows the small company again.
    pub fn start_over(self) {
        self.editor.start_over();
    }

    /// The card. `replaces`: there is something that is lost by it.
    pub fn view(self, known: Known, catalog: &Catalog, day: NaiveDate, replaces: bool) -> AnyView {
        let form = self.editor.form;
        let certificates = catalog.certificates.iter().map(|known| {
            let label = format!("{}: {}", known.id.to_ascii_uppercase(), known.name);
            (known.id.clone(), label)
        });
        let certificates = ui::choices(words::CHOOSE, certificates);
        let workloads = catalog.workloads.iter();
        let workloads = workloads.map(|known| (known.id.clone(), known.name.clone()));
        let workloads = ui::choices(words::CHOOSE, workloads);
        let certificates = self.lines(&CERTIFICATES, "certificate", certificates);
        let uses = self.lines(&USES, "workload", workloads);
        let warning = replaces.then(|| ui::note(Tone::Warn, words::REPLACES));
        let inside = view! {
            {form.control("name")}
            {form.control("joined")}
            {form.control("people")}
            <h3>{words::CERTIFICATES}</h3>
            {certificates}
            <h3>{words::CUSTOMERS}</h3>
            {uses}
            {warning}
            {known.refusal(self.refused)}
            <div class="cluster">{form.submit(words::SHOW, Signal::stored(false))}</div>
        };
        let enter = self.enter(known, catalog.clone(), day);
        view! {
            <section class="card">
                <header>
                    <h2>{words::NUMBERS}</h2>
                </header>
                <div class="body">
                    <p class="muted">{words::NUMBERS_ABOUT}</p>
                    {self.editor.view(enter, inside.into_any())}
                </div>
            </section>
        }
        .into_any()
    }

    fn lines(self, group: &'static Group, field: &'static str, all: Vec<ui::Choice>) -> AnyView {
        let lines = self.editor.lines(group).choosing(field, all);
        lines.view(self.editor.form.problems)
    }

    /// What takes the numbers over.
    fn enter(self, known: Known, rules: Catalog, day: NaiveDate) -> Callback<()> {
        let rules = StoredValue::new(rules);
        Callback::new(move |()| {
            let form = self.editor.form;
            let guided = match read(&self.editor.typed()) {
                Ok(guided) => guided,
                Err(errors) => return form.refuse(&errors),
            };
            let evidence = rules.with_value(|rules| guided.evidence(rules, day));
            self.refused.set(None);
            let path = known.path.get_value();
            let done = move |_| {
                ui::live::say(words::STARTED);
                known.begin_anew();
                // The page may be gone by then.
                self.go.try_with_value(|go| go(&paths::OVERVIEW.href()));
            };
            let failed = move |error| drop(self.refused.try_set(Some(error)));
            let request = (Method::Put, path, known.body(&evidence));
            form.send(Phase::Sending, request, done, failed);
        })
    }
}
