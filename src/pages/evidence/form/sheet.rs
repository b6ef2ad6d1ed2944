//! What a form is sent with, what is said against it, and what stands around its fields.

use std::rc::Rc;

use leptos::prelude::*;
use membership_contract::import::{ImportReport, Refused};
use membership_contract::paths as api_paths;
use membership_contract::problem::code;
use membership_domain::evidence::{Customer, Person, Usage};
use uuid::Uuid;

use super::Part;
use crate::api::action::Action;
use crate::api::request::Abort;
use crate::api::{Body, Method, action, send};
use crate::go::{Step, goer};
use crate::paths;
use crate::shell::heading::lead;
use crate::text::by_hand as text;
use crate::ui::{self, Button, Disclosure, ErrorSummary, FieldProblem, Kind, Tone};

/// So many characters of a name stand in the history.
const NAMED: usize = 150;

/// Rows of evidence.
#[derive(Default, serde::Serialize)]
pub struct Document {
    /// People.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<Person>,
    /// Customers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub customers: Vec<Customer>,
    /// What they used.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub usage: Vec<Usage>,
}

/// What was entered, or what is to be removed.
pub struct Entered {
    /// The rows.
    pub rows: Document,
    /// Whom or what they are about.
    pub name: String,
    /// The words that find it in its list.
    pub search: String,
}

/// Gives what is to be sent: to be removed, where true. `Err` is what can be seen to be wrong with
/// it without asking the server.
pub type Enter = Callback<bool, Result<Entered, Vec<FieldProblem>>>;

type Go = Rc<dyn Fn(&str)>;

/// What every form has beside its fields.
#[derive(Clone, Copy)]
pub struct Sheet {
    organization: Uuid,
    part: &'static Part,
    /// Whether the row is new: then it may not be known.
    new: bool,
    problems: RwSignal<Vec<FieldProblem>>,
    save: Action,
    /// The tag of the evidence that the form was filled from.
    tag: StoredValue<Option<String>>,
    /// Whether what was sent last was to be removed.
    removing: StoredValue<bool>,
    /// Goes to another page; made while there is a router around.
    go: StoredValue<Go, LocalStorage>,
}

impl Sheet {
    pub(super) fn new(organization: Uuid, part: &'static Part, tag: Option<String>) -> Self {
        Self {
            organization,
            part,
            new: true,
            problems: RwSignal::new(Vec::new()),
            save: action(),
            tag: StoredValue::new(tag),
            removing: StoredValue::new(false),
            go: StoredValue::new_local(Rc::new(goer(Step::On))),
        }
    }

    /// The same for a row that is known, or is not.
    pub fn known(mut self, known: bool) -> Self {
        self.new = !known;
        self
    }

    /// What is wrong with the control of this id.
    pub(super) fn error(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.problems.with(|problems| {
                let own = problems.iter().find(|problem| problem.field == Some(field));
                own.map(|problem| problem.message.clone())
            })
        })
    }

    /// The page: the way here, the heading with what else can be done, and the form. `removal` is
    /// what there is to choose before the row is removed.
    pub fn view(
        self,
        above: Vec<(String, String)>,
        (title, actions): (String, AnyView),
        enter: Enter,
        fields: Vec<AnyView>,
        removal: AnyView,
    ) -> AnyView {
        let submit = move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            if let Some(problem) = self.unfinished(&event) {
                return self.problems.set(vec![problem]);
            }
            self.send(enter, false);
        };
        let removal = (!self.new).then(|| self.removal(&title, enter, removal));
        let list = self.part.list.href();
        view! {
            {ui::crumbs(above)}
            {lead(title, text::ABOUT, actions)}
            <form class="card" novalidate on:submit=submit>
                <div class="body form">
                    <ErrorSummary problems=self.problems />
                    {self.refusal(enter)}
                    {fields}
                    <div class="cluster">
                        <Button submit=true kind=Kind::Primary busy=self.save.busy>{text::SAVE}</Button>
                        <a href=list>{text::CANCEL}</a>
                    </div>
                    {removal}
                </div>
            </form>
        }
        .into_any()
    }

    /// A day or month that was begun and not finished: it reads like nothing, and nobody meant
    /// that.
    fn unfinished(self, event: &leptos::ev::SubmitEvent) -> Option<FieldProblem> {
        let form: web_sys::Element = event_target(event);
        let begun = "input[type=date]:invalid, input[type=month]:invalid";
        let input = form.query_selector(begun).ok()??;
        let id = input.id();
        let known = self.part.fields.iter().find(|(_, known)| *known == id);
        let line = input.closest("fieldset").ok().flatten();
        let legend = line.and_then(|line| line.query_selector("legend").ok()?);
        let name = legend.and_then(|legend| legend.text_content());
        Some(FieldProblem {
            field: known.map(|(_, id)| *id),
            message: match name {
                Some(name) => format!("{name}: {}", text::UNFINISHED),
                None => text::UNFINISHED.to_owned(),
            },
        })
    }

    /// What removes the row, asked once more.
    fn removal(self, name: &str, enter: Enter, inside: AnyView) -> AnyView {
        let press = Callback::new(move |()| self.send(enter, true));
        let sure = text::sure(name);
        view! {
            <Disclosure summary=text::remove(name)>
                <div class="stack">
                    <p class="muted">{text::REMOVE_ABOUT}</p>
                    {inside}
                    <Button on_press=press busy=self.save.busy>{sure}</Button>
                </div>
            </Disclosure>
        }
        .into_any()
    }

    /// Why nothing was saved. Where somebody else was faster, what is typed can be saved all the
    /// same.
    fn refusal(self, enter: Enter) -> AnyView {
        let again = Callback::new(move |()| self.send_over(enter));
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
                    {stale.then(|| view! { <Button on_press=again>{text::ANYWAY}</Button> })}
                </div>
            })
        })
        .into_any()
    }

    fn send_over(self, enter: Enter) {
        let path = api_paths::imports(self.organization);
        wasm_bindgen_futures::spawn_local(async move {
            let abort = Abort::new();
            let reply = send(Method::Get, &path, Body::default(), abort.signal()).await;
            if let Ok(reply) = reply {
                self.tag.set_value(reply.etag);
                self.send(enter, self.removing.get_value());
            }
        });
    }

    fn send(self, enter: Enter, remove: bool) {
        self.removing.set_value(remove);
        let entered = match enter.run(remove) {
            Ok(entered) => entered,
            Err(problems) => return self.problems.set(problems),
        };
        self.problems.set(Vec::new());
        let short: String = entered.name.chars().take(NAMED).collect();
        let (name, said, rows, search) = if remove {
            let name = text::by_hand_removed(&short);
            (name, text::removed(&entered.name), "remove", "")
        } else {
            let rows = if self.new { "add" } else { "" };
            let said = text::saved(&entered.name);
            (text::by_hand(&short), said, rows, entered.search.as_str())
        };
        let to = paths::with_query(&self.part.list.href(), &[("search", search)]);
        let path = api_paths::imports(self.organization);
        let address = paths::with_query(&path, &[("name", name.as_str()), ("rows", rows)]);
        let body = Body {
            if_match: self.tag.get_value(),
            ..Body::json(&entered.rows)
        };
        self.save
            .run(
                Method::Post,
                address,
                body,
                move |reply| match reply.json::<ImportReport>(&path) {
                    Err(error) => self.save.error.set(Some(error)),
                    Ok(report) if report.refused.is_empty() => {
                        ui::live::say(&said);
                        // The page may be gone by now.
                        self.go.try_with_value(|go| go(&to));
                    }
                    Ok(report) => {
                        let problems = report.refused.iter().map(|refused| self.problem(refused));
                        self.problems.set(problems.collect());
                    }
                },
            );
    }

    /// What the server says, at the field that it names.
    fn problem(self, refused: &Refused) -> FieldProblem {
        let place = refused.problem.column.as_deref().unwrap_or_default();
        // Before the field are the part and the row.
        let mut steps = place.split('/').skip(3);
        let (field, line) = (steps.next().unwrap_or_default(), steps.next());
        let known = self.part.fields.iter().find(|(name, _)| *name == field);
        let number = line.and_then(|number| number.parse::<usize>().ok());
        let detail = &refused.detail;
        FieldProblem {
            field: known.map(|(_, id)| *id),
            message: match number {
                Some(number) => format!("{}: {detail}", (self.part.line)(number + 1)),
                None => detail.clone(),
            },
        }
    }
}
