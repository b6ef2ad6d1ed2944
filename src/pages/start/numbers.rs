//! A company in a few numbers.

use chrono::NaiveDate;
use leptos::prelude::*;
use membership_contract::problem::{FieldError, code};
use membership_domain::Catalog;
use membership_local::ORGANIZATION;
use membership_local::guided::{Guided, MOST, Use};

use super::kept::Known;
use crate::api::{ApiError, Method};
use crate::form::{Editor, Field, Group, Kind, LineValues, Phase, Shape, Values};
use crate::go::{Go, Step, use_go};
use crate::text::{forms, start as words};
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

/// What was entered, or what is wrong with it.
fn read(typed: &Values) -> Result<Guided, Vec<FieldError>> {
    let mut errors = Vec::new();
    let people = number(typed.text("people"), PEOPLE);
    if people.is_none() {
        let message = said(words::PEOPLE, PEOPLE);
        errors.push(FieldError::new("/people", code::INVALID, message));
    }
    let certificates = typed.lines(CERTIFICATES.name).iter().enumerate();
    let certificates = certificates.filter_map(|(at, line)| {
        let [holders] = numbers(&CERTIFICATES, at, line, &mut errors)?;
        // How many hold something says nothing where nobody knows how many there are.
        let more = people.is_some_and(|people| holders > people);
        let faults = [
            (
                "certificate",
                line.text("certificate").is_empty(),
                words::NO_CERTIFICATE,
            ),
            ("holders", more, words::MORE_HOLDERS),
        ];
        errors.extend(so(&CERTIFICATES, at, &faults));
        Some((line.text("certificate").to_owned(), holders))
    });
    let certificates = certificates.collect();
    let uses = typed.lines(USES.name).iter().enumerate();
    let uses = uses.filter_map(|(at, line)| {
        let [customers, new, revenue, seats, active] = numbers(&USES, at, line, &mut errors)?;
        let faults = [
            (
                "workload",
                line.text("workload").is_empty(),
                words::NO_WORKLOAD,
            ),
            ("new", new > customers, words::MORE_NEW),
            ("active", active > seats, words::MORE_ACTIVE),
        ];
        errors.extend(so(&USES, at, &faults));
        Some(Use {
            workload: line.text("workload").to_owned(),
            customers,
            new,
            revenue_cents: i64::from(revenue).saturating_mul(100),
            seats,
            active,
        })
    });
    let uses = uses.collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(Guided {
        name: typed.text("name").to_owned(),
        joined: !typed.text("joined").is_empty(),
        people: people.unwrap_or_default(),
        certificates,
        uses,
    })
}

fn number(text: &str, most: i64) -> Option<u32> {
    let number: i64 = text.parse().ok()?;
    let number = Some(number).filter(|number| (0..=most).contains(number))?;
    u32::try_from(number).ok()
}

fn said(label: &str, most: i64) -> String {
    format!("{label}: {}", forms::whole_number(0, most))
}

/// The numbers of a line in the order of its fields; what is none is said.
fn numbers<const N: usize>(
    group: &Group,
    at: usize,
    line: &LineValues,
    errors: &mut Vec<FieldError>,
) -> Option<[u32; N]> {
    let before = errors.len();
    let mut all = [0; N];
    let mut next = all.iter_mut();
    for (field, _) in group.fields {
        let Kind::Count(most) = field.kind else {
            continue;
        };
        match (number(line.text(field.name), most), next.next()) {
            (Some(number), Some(place)) => *place = number,
            _ => {
                let place = format!("/{}/{at}/{}", group.name, field.name);
                errors.push(FieldError::new(
                    place,
                    code::INVALID,
                    said(field.label, most),
                ));
            }
        }
    }
    (errors.len() == before).then_some(all)
}

/// Those faults of a line that are so.
fn so(group: &Group, at: usize, faults: &[(&'static str, bool, &'static str)]) -> Vec<FieldError> {
    let found = faults.iter().filter(|(_, is_so, _)| *is_so);
    let error = |(field, _, message): &(&str, bool, &str)| {
        FieldError::new(
            format!("/{}/{at}/{field}", group.name),
            code::INVALID,
            *message,
        )
    };
    found.map(error).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_company_lacks_only_what_must_be_chosen() {
        let errors = read(&usual()).expect_err("nothing is chosen");
        let places: Vec<_> = errors.iter().map(|one| one.pointer.as_str()).collect();
        assert_eq!(places, ["/certificates/0/certificate", "/uses/0/workload"]);
    }

    #[test]
    fn what_is_no_number_is_said_and_not_compared() {
        let mut typed = usual();
        typed.fields.insert("people".to_owned(), "12.5".to_owned());
        let errors = read(&typed).expect_err("half a person");
        assert_eq!(
            errors[0].detail,
            "People: Enter a whole number from 0 to 500."
        );
        assert!(errors.iter().all(|one| one.detail != words::MORE_HOLDERS));
        typed.fields.insert("people".to_owned(), "3".to_owned());
        let errors = read(&typed).expect_err("four of three");
        assert!(errors.iter().any(|one| one.detail == words::MORE_HOLDERS));
    }

    #[test]
    fn the_hint_names_the_limit() {
        assert!(words::PEOPLE_HINT.contains(&MOST.to_string()));
    }
}
