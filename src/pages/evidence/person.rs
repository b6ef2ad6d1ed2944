//! Somebody by hand: the same form for a new person and for a known one.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use membership_contract::paths as api_paths;
use membership_contract::session::SessionOrganization;
use membership_contract::text::en;
use membership_domain::catalog::Catalog;
use membership_domain::evidence::{Authority, FaultCode, Held, Person};

use super::form::{
    self, Document, Draw, Enter, Entered, Line, Lines, Part, Sheet, day, day_text, typed,
};
use crate::paths;
use crate::text::{by_hand, evidence as words, person as text};
use crate::ui::FieldProblem;

const NAME: &str = "person-name";
const EMAIL: &str = "person-email";
const LINKED: &str = "person-linked";
const LEFT: &str = "person-left";

static PART: Part = Part {
    list: paths::PEOPLE,
    all: text::ALL,
    gone: text::GONE,
    fields: &[
        ("name", NAME),
        ("email", EMAIL),
        ("linked_on", LINKED),
        ("left_on", LEFT),
    ],
    lines: text::CERTIFICATES,
    line: text::certificate,
    add: text::ADD,
};

/// What is being entered.
#[derive(Clone, Copy)]
struct Form {
    sheet: Sheet,
    known: StoredValue<Option<Person>>,
    name: RwSignal<String>,
    email: RwSignal<String>,
    linked: RwSignal<String>,
    left: RwSignal<String>,
    lines: Lines,
}

/// The page of the person in the address, or of a new one.
pub fn page(organization: SessionOrganization) -> AnyView {
    let id = use_query_map().with_untracked(|query| query.get(paths::ROW_ID));
    let path = id.map(|id| api_paths::person(organization.id, paths::encoded(&id)));
    form::page(&organization, &PART, path, Form::draw)
}

impl Form {
    fn draw(sheet: Sheet, person: Option<&Person>) -> Draw {
        let draft = sheet.draft;
        let text = |text: Option<&String>| draft.field(text.cloned().unwrap_or_default());
        let held = person.map(|person| person.certificates.as_slice());
        let held = held.unwrap_or_default().iter().map(|held| {
            let days = [Some(held.completed_on), held.expires_on].map(day_text);
            let [earned, last] = days;
            [held.certificate.clone(), earned, last, String::new()]
        });
        let form = Self {
            sheet: sheet.known(person.is_some()),
            known: StoredValue::new(person.cloned()),
            name: text(person.map(|person| &person.name)),
            email: text(person.and_then(|person| person.email.as_ref())),
            linked: draft.field(day_text(person.and_then(|person| person.linked_on))),
            left: draft.field(day_text(person.and_then(|person| person.left_on))),
            lines: draft.lines(held.collect()),
        };
        Arc::new(move |catalog| form.view(catalog))
    }

    fn view(self, catalog: &Catalog) -> AnyView {
        let name = self
            .known
            .with_value(|known| Some(known.as_ref()?.name.clone()));
        let title = name.unwrap_or_else(|| text::NEW.to_owned());
        let known = catalog.certificates.iter().map(|known| {
            let level = en::level(known.level);
            let label = format!(
                "{}: {} ({level})",
                known.id.to_ascii_uppercase(),
                known.name
            );
            (known.id.clone(), label)
        });
        let choices = StoredValue::new(form::choices(by_hand::CHOOSE, known));
        let sheet = self.sheet;
        let line = Callback::new(move |line: Line| {
            let [certificate, earned, last, _] = line.cells;
            let choices = choices.get_value();
            let cells = vec![
                Sheet::choose("", text::CERTIFICATE, choices, certificate),
                sheet.text("", text::EARNED, "", "date", earned),
                sheet.text("", text::LAST, "", "date", last),
            ];
            cells.into_any()
        });
        let fields = vec![
            sheet.text(NAME, text::NAME, "", "text", self.name),
            sheet.text(EMAIL, text::EMAIL, "", "email", self.email),
            sheet.text(LINKED, text::LINKED, text::LINKED_HINT, "date", self.linked),
            sheet.text(LEFT, text::LEFT, text::LEFT_HINT, "date", self.left),
            self.lines.view(&PART, self.sheet.problems, line),
        ];
        let above = vec![(words::PEOPLE.to_owned(), paths::PEOPLE.href())];
        let enter = Enter::new(move |remove| self.enter(remove));
        let head = (title, ().into_any());
        sheet.view(above, head, enter, fields, ().into_any())
    }

    fn enter(self, remove: bool) -> Result<Entered, Vec<FieldProblem>> {
        let person = match self.known.get_value() {
            Some(known) if remove => known,
            known => self.person(known.as_ref())?,
        };
        Ok(Entered {
            name: person.name.clone(),
            search: person.name.clone(),
            rows: Document {
                people: vec![person],
                ..Document::default()
            },
        })
    }

    /// The person as entered, or what can be seen to be wrong.
    fn person(self, known: Option<&Person>) -> Result<Person, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let mut wrong = |field: &'static str, message: &str| {
            problems.push(FieldProblem {
                field: Some(field.into()),
                message: message.to_owned(),
            });
        };
        let name = typed(self.name).unwrap_or_default();
        let email = typed(self.email);
        if name.is_empty() {
            wrong(NAME, text::NO_NAME);
        }
        let address = email.as_deref().and_then(FaultCode::of_address);
        if address.is_some() {
            wrong(EMAIL, text::NO_EMAIL);
        }
        let mut certificates = Vec::new();
        for (at, line) in self.lines.get().into_iter().enumerate() {
            let [certificate, earned, last, _] = line.cells;
            let (certificate, earned) = (typed(certificate), day(earned));
            let faults = [
                (certificate.is_none(), text::NO_CERTIFICATE),
                (earned.is_none(), text::NO_EARNED),
            ];
            problems.extend(form::line_problem(&PART, at, &faults));
            let Some((certificate, completed_on)) = certificate.zip(earned) else {
                continue;
            };
            let before = line.from.and_then(|at| known?.certificates.get(at));
            let mut held = Held {
                certificate,
                completed_on,
                expires_on: day(last),
                known_on: before.and_then(|before| before.known_on),
                source: before.and_then(|before| before.source.clone()),
                authority: before.map(|before| before.authority).unwrap_or_default(),
            };
            if before != Some(&held) {
                held.source = form::entered();
                // What is entered here says who enters it.
                held.authority = Authority::Claimed;
            }
            certificates.push(held);
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Person {
            // An export finds the person by address.
            id: known.map_or_else(form::new_id, |known| known.id.clone()),
            name,
            email,
            linked_on: day(self.linked),
            left_on: day(self.left),
            certificates,
        })
    }
}
