//! Somebody by hand: the same form for a new person and for a known one. What is entered is an
//! import of one row, so it is checked in the same way, told in the history and undone there.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use membership_contract::import::{Import, ImportReport};
use membership_contract::page::Page;
use membership_contract::paths as api_paths;
use membership_contract::problem::code;
use membership_contract::session::SessionOrganization;
use membership_domain::catalog::Catalog;
use membership_domain::evidence::{Held, Person};

use crate::api::action::Action;
use crate::api::remote::Load;
use crate::api::request::Abort;
use crate::api::{Body, Method, action, cache, remote, send};
use crate::go::{Step, goer};
use crate::shell::heading::lead;
use crate::text::{evidence as words, person as text};
use crate::ui::{self, Button, Choice, ErrorSummary, FieldProblem, Kind, Select, TextField, Tone};
use crate::{format, paths};

const NAME: &str = "person-name";
const EMAIL: &str = "person-email";
const LINKED: &str = "person-linked";
const LEFT: &str = "person-left";

/// What is being entered.
#[derive(Clone, Copy)]
struct Form {
    organization: StoredValue<SessionOrganization>,
    /// The id of somebody who is known.
    id: StoredValue<Option<String>>,
    name: RwSignal<String>,
    email: RwSignal<String>,
    linked: RwSignal<String>,
    left: RwSignal<String>,
    lines: RwSignal<Vec<Line>>,
    problems: RwSignal<Vec<FieldProblem>>,
    save: Action,
    /// The tag of the evidence that the form was filled from.
    tag: StoredValue<Option<String>>,
}

/// One certificate in the form.
#[derive(Clone, Copy)]
struct Line {
    number: usize,
    certificate: RwSignal<String>,
    earned: RwSignal<String>,
    last: RwSignal<String>,
    /// What the form does not show, and keeps.
    rest: StoredValue<Option<Held>>,
}

/// The page of the person in the address, or of a new one.
pub fn page(organization: SessionOrganization) -> AnyView {
    let query = use_query_map();
    let id = query.with_untracked(|query| query.get(paths::PERSON_ID));
    let catalog = remote::<Catalog>(|| Some(api_paths::CATALOG.to_owned()));
    let known_path = id
        .as_deref()
        .map(|id| api_paths::person(organization.id, paths::encoded(id)));
    let known = {
        let path = known_path.clone();
        remote::<Person>(move || path.clone())
    };
    // Whoever adds somebody has read the history: that tells the state of the evidence too.
    let history_path = api_paths::imports(organization.id);
    let history = {
        let path = known_path.is_none().then(|| history_path.clone());
        remote::<Page<Import>>(move || path.clone())
    };
    let new = known_path.is_none();
    let read = known_path.unwrap_or(history_path);
    let load = Signal::derive(move || {
        let evidence = if new { history.load() } else { known.load() };
        Load::all([catalog.load(), evidence])
    });
    let retry = Callback::new(move |()| {
        catalog.reload();
        known.reload();
        history.reload();
    });
    // Filled in once: what is typed later stays, whatever arrives. So what is typed belongs to the
    // page, and not to the view of what arrived first.
    let form = StoredValue::new(None::<Form>);
    let owner = Owner::current().unwrap_or_default();
    let organization = StoredValue::new(organization);
    let id = StoredValue::new(id);
    ui::when_ready(load, retry, move || {
        let Some(catalog) = catalog.get() else {
            return ().into_any();
        };
        let form = form.get_value().unwrap_or_else(|| {
            let tag = cache::get(&read).and_then(|known| known.etag);
            let person = known.get();
            let filled = owner.with(|| Form::of(organization, id, person.as_deref(), tag));
            form.set_value(Some(filled));
            filled
        });
        form.view(&catalog)
    })
}

impl Form {
    fn of(
        organization: StoredValue<SessionOrganization>,
        id: StoredValue<Option<String>>,
        person: Option<&Person>,
        tag: Option<String>,
    ) -> Self {
        let day =
            |day: Option<NaiveDate>| RwSignal::new(day.map(format::day_input).unwrap_or_default());
        let text = |text: Option<&String>| RwSignal::new(text.cloned().unwrap_or_default());
        let held = person
            .map(|person| person.certificates.as_slice())
            .unwrap_or_default();
        Self {
            organization,
            id,
            name: text(person.map(|person| &person.name)),
            email: text(person.and_then(|person| person.email.as_ref())),
            linked: day(person.and_then(|person| person.linked_on)),
            left: day(person.and_then(|person| person.left_on)),
            lines: RwSignal::new(
                held.iter()
                    .enumerate()
                    .map(|(number, held)| Line::of(number, Some(held)))
                    .collect(),
            ),
            problems: RwSignal::new(Vec::new()),
            save: action(),
            tag: StoredValue::new(tag),
        }
    }

    fn view(self, catalog: &Catalog) -> AnyView {
        let title = match self.id.get_value() {
            Some(_) => self.name.get_untracked(),
            None => text::NEW.to_owned(),
        };
        let choices: Vec<Choice> = std::iter::once((String::new(), text::CHOOSE.to_owned()))
            .chain(catalog.certificates.iter().map(|known| {
                (
                    known.id.clone(),
                    format!("{}: {}", known.id.to_uppercase(), known.name),
                )
            }))
            .map(|(value, label)| Choice { value, label })
            .collect();
        let choices = StoredValue::new(choices);
        let add = Callback::new(move |()| {
            self.lines.update(|lines| {
                let number = lines.iter().map(|line| line.number + 1).max().unwrap_or(0);
                lines.push(Line::of(number, None));
            });
        });
        let submit = move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            self.submit();
        };
        let lines = move || {
            let line = |line: Line| self.line(line, choices.get_value());
            self.lines.get().into_iter().map(line).collect_view()
        };
        view! {
            {ui::crumbs(vec![(words::PEOPLE.to_owned(), paths::PEOPLE.href())])}
            {lead(title, text::ABOUT, ())}
            <form class="card" novalidate on:submit=submit>
                <div class="body form">
                    <ErrorSummary problems=self.problems />
                    {self.stale()}
                    <TextField id=NAME label=text::NAME value=self.name longest=200 error=self.error(NAME) />
                    <TextField id=EMAIL label=text::EMAIL value=self.email kind="email" longest=200 error=self.error(EMAIL) />
                    <TextField id=LINKED label=text::LINKED hint=text::LINKED_HINT value=self.linked kind="date" error=self.error(LINKED) />
                    <TextField id=LEFT label=text::LEFT hint=text::LEFT_HINT value=self.left kind="date" error=self.error(LEFT) />
                    <h2>{text::CERTIFICATES}</h2>
                    {lines}
                    <Button on_press=add icon_name="add">{text::ADD}</Button>
                    <div class="cluster">
                        <Button submit=true kind=Kind::Primary busy=self.save.busy>{text::SAVE}</Button>
                        <a href=paths::PEOPLE.href()>{text::CANCEL}</a>
                    </div>
                </div>
            </form>
        }
        .into_any()
    }

    fn line(self, line: Line, choices: Vec<Choice>) -> AnyView {
        let remove = Callback::new(move |()| {
            self.lines
                .update(|lines| lines.retain(|known| known.number != line.number));
        });
        let number = line.number + 1;
        view! {
            <fieldset class="cluster filter">
                <legend class="visually-hidden">{text::certificate(number)}</legend>
                <Select
                    label=text::CERTIFICATE
                    choices=choices
                    value=line.certificate
                    on_change=Callback::new(move |value| line.certificate.set(value))
                />
                <TextField label=text::EARNED value=line.earned kind="date" />
                <TextField label=text::LAST value=line.last kind="date" />
                <Button on_press=remove kind=Kind::Subtle>
                    {text::REMOVE}
                    <span class="visually-hidden">{text::certificate(number)}</span>
                </Button>
            </fieldset>
        }
        .into_any()
    }

    fn error(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.problems.with(|problems| {
                let own = problems.iter().find(|problem| problem.field == Some(field));
                own.map(|problem| problem.message.clone())
            })
        })
    }

    /// Somebody else was faster: what is typed stays, and can be saved all the same.
    fn stale(self) -> AnyView {
        let again = Callback::new(move |()| self.save_over());
        (move || {
            let error = self.save.error.get()?;
            let stale = error.is(code::STALE);
            let why = if stale {
                text::STALE.to_owned()
            } else {
                error.detail()
            };
            Some(view! {
                <div role="alert" class="stack">
                    {ui::note(Tone::Bad, why)}
                    {stale.then(|| view! { <Button on_press=again>{text::SAVE_ANYWAY}</Button> })}
                </div>
            })
        })
        .into_any()
    }

    fn save_over(self) {
        let path = api_paths::imports(self.organization.with_value(|one| one.id));
        wasm_bindgen_futures::spawn_local(async move {
            let abort = Abort::new();
            let reply = send(Method::Get, &path, Body::default(), abort.signal()).await;
            if let Ok(reply) = reply {
                self.tag.set_value(reply.etag);
                self.submit();
            }
        });
    }

    fn submit(self) {
        let (person, problems) = self.person();
        let complete = problems.is_empty();
        self.problems.set(problems);
        if !complete {
            return;
        }
        let name = text::by_hand(&person.name);
        let path = api_paths::imports(self.organization.with_value(|one| one.id));
        let address = paths::with_query(&path, &[("name", name.as_str())]);
        let body = Body {
            if_match: self.tag.get_value(),
            ..Body::json(&One { people: [&person] })
        };
        let go = goer(Step::On);
        self.save.run(Method::Post, address, body, move |reply| {
            let report = reply
                .json::<ImportReport>(&path)
                .map(|report| report.refused);
            let refused = match report {
                Ok(refused) => refused,
                Err(error) => {
                    self.save.error.set(Some(error));
                    return;
                }
            };
            if refused.is_empty() {
                ui::live::say(&text::saved(&person.name));
                let to =
                    paths::with_query(&paths::PEOPLE.href(), &[("search", person.name.as_str())]);
                return go(&to);
            }
            let problems = refused.iter().map(|refused| {
                let place = refused.problem.column.clone().unwrap_or_default();
                problem(&place, &refused.detail)
            });
            self.problems.set(problems.collect());
        });
    }

    /// The person as entered, and what can be seen to be wrong without asking the server.
    fn person(self) -> (Person, Vec<FieldProblem>) {
        let mut problems = Vec::new();
        let mut wrong = |field: Option<&'static str>, message: String| {
            problems.push(FieldProblem { field, message });
        };
        let name = self.name.get_untracked().trim().to_owned();
        let email = self.email.get_untracked().trim().to_owned();
        if name.is_empty() {
            wrong(Some(NAME), text::NO_NAME.to_owned());
        }
        if !email.is_empty() && !email.contains('@') {
            wrong(Some(EMAIL), text::NO_EMAIL.to_owned());
        }
        let mut certificates = Vec::new();
        for line in self.lines.get_untracked() {
            let certificate = line.certificate.get_untracked();
            match day(line.earned) {
                Some(completed_on) if !certificate.is_empty() => certificates.push(Held {
                    certificate,
                    completed_on,
                    expires_on: day(line.last),
                    known_on: line.rest.with_value(|rest| rest.as_ref()?.known_on),
                    source: line.source(),
                }),
                _ => wrong(None, text::incomplete(line.number + 1)),
            }
        }
        let id = self.id.get_value().unwrap_or_else(|| {
            // Nobody else has it; an export finds the person by address.
            format!("entered-{}", js_sys::Date::now())
        });
        let person = Person {
            id,
            name,
            email: (!email.is_empty()).then_some(email),
            linked_on: day(self.linked),
            left_on: day(self.left),
            certificates,
        };
        (person, problems)
    }
}

/// Evidence with one person.
#[derive(serde::Serialize)]
struct One<'p> {
    people: [&'p Person; 1],
}

impl Line {
    fn of(number: usize, held: Option<&Held>) -> Self {
        let day =
            |day: Option<NaiveDate>| RwSignal::new(day.map(format::day_input).unwrap_or_default());
        Self {
            number,
            certificate: RwSignal::new(
                held.map(|held| held.certificate.clone())
                    .unwrap_or_default(),
            ),
            earned: day(held.map(|held| held.completed_on)),
            last: day(held.and_then(|held| held.expires_on)),
            rest: StoredValue::new(held.cloned()),
        }
    }

    /// Where it is known from: what was changed here is entered.
    fn source(self) -> Option<String> {
        const ENTERED: &str = "entered";
        self.rest.with_value(|rest| match rest {
            Some(held)
                if held.certificate == self.certificate.get_untracked()
                    && Some(held.completed_on) == day(self.earned)
                    && held.expires_on == day(self.last) =>
            {
                held.source.clone()
            }
            _ => Some(ENTERED.to_owned()),
        })
    }
}

fn day(input: RwSignal<String>) -> Option<NaiveDate> {
    input.with_untracked(|text| text.parse().ok())
}

/// What the server says, at the field that it names.
fn problem(place: &str, detail: &str) -> FieldProblem {
    let inside = place.strip_prefix("/people/0/").unwrap_or_default();
    let (field, message) = match inside {
        "name" => (Some(NAME), detail.to_owned()),
        "email" => (Some(EMAIL), detail.to_owned()),
        "linked_on" => (Some(LINKED), detail.to_owned()),
        "left_on" => (Some(LEFT), detail.to_owned()),
        other => {
            let line = other.strip_prefix("certificates/").and_then(|rest| {
                let number: usize = rest.split('/').next()?.parse().ok()?;
                Some(format!("{}: {detail}", text::certificate(number + 1)))
            });
            (None, line.unwrap_or_else(|| detail.to_owned()))
        }
    };
    FieldProblem { field, message }
}
