//! The one form. A page names its fields once; here they are drawn, wired to their labels, hints
//! and errors, checked, sent, and told apart where something is refused.
//!
//! A field has the name that it has in the request, so the pointer of a refusal, `/email` or
//! `/certificates/0/completed_on`, is the place of its control: nobody translates between them.
//!
//! [`Form`] alone is small, and is what sign-in has. An [`Editor`] around it also keeps what is
//! typed, has lines of fields, and shows theirs and yours where somebody else was faster.

mod conflict;
mod draft;
mod editor;
mod field;
mod lines;
mod page;
mod place;
mod proof;
mod values;

pub use conflict::Again;
pub use editor::{Editor, Saved, Shape};
pub use field::{Field, Kind};
pub use lines::{Group, Lines};
pub use page::{Filled, Page, of_address, page};
pub use proof::Proof;
pub use values::{LineValues, Values};

use leptos::prelude::*;
use membership_contract::problem::FieldError;

use crate::api::action::Action;
use crate::api::{ApiError, Body, Method, Reply, action};
use crate::text::forms as words;
use crate::ui::{self, Button, ErrorSummary, FieldProblem};

/// That something was typed before, as most forms say it (see [`Shape::typed`]).
pub const TYPED: [&str; 2] = [words::TYPED, words::TYPED_AND_CHANGED];

/// What a form asks of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// What it would say; nothing is changed by that.
    Checking,
    /// To take what is typed.
    Sending,
}

/// Fields, what is wrong with them, and the request on its way.
#[derive(Clone, Copy)]
pub struct Form {
    /// What the ids of its controls begin with.
    id: &'static str,
    fields: StoredValue<Vec<(&'static Field, RwSignal<String>)>>,
    /// What is wrong with what is typed.
    pub problems: RwSignal<Vec<FieldProblem>>,
    /// What is going on, in words; empty while nothing is on its way.
    going_on: RwSignal<String>,
    action: Action,
}

impl Form {
    /// With these fields, all empty.
    pub fn new(id: &'static str, fields: &'static [Field]) -> Self {
        let fields = fields.iter().map(|one| (one, RwSignal::default()));
        Self {
            id,
            fields: StoredValue::new(fields.collect()),
            problems: RwSignal::default(),
            going_on: RwSignal::default(),
            action: action(),
        }
    }

    /// A field with what is typed into it. What no form has is nowhere shown.
    fn field(self, name: &str) -> (Option<&'static Field>, RwSignal<String>) {
        let found = self.fields.with_value(|fields| {
            let mut fields = fields.iter();
            fields.find(|(field, _)| field.name == name).copied()
        });
        found.map_or_else(
            || (None, RwSignal::default()),
            |(field, text)| (Some(field), text),
        )
    }

    /// What is typed into a field. Tracks nothing by itself.
    pub fn signal(self, name: &str) -> RwSignal<String> {
        self.field(name).1
    }

    /// What is typed into a field, as it stands there.
    pub fn text(self, name: &str) -> String {
        self.signal(name).get_untracked()
    }

    /// The control of a field that is typed into or checked.
    pub fn control(self, name: &'static str) -> AnyView {
        let (field, text) = self.field(name);
        field.map_or_else(
            || ().into_any(),
            |field| field.control(place::id(self.id, &format!("/{name}")), text, self.problems),
        )
    }

    /// A field in place of its control, where it cannot be changed; see [`Field::locked`].
    pub fn locked(self, name: &'static str, why: &str) -> AnyView {
        let (field, text) = self.field(name);
        let id = place::id(self.id, &format!("/{name}"));
        field.map_or_else(
            || ().into_any(),
            |field| field.locked(id, text, Vec::new(), why),
        )
    }

    /// The control of a field that is chosen.
    pub fn choose(self, name: &'static str, choices: Vec<ui::Choice>) -> AnyView {
        let (field, text) = self.field(name);
        let id = place::id(self.id, &format!("/{name}"));
        field.map_or_else(
            || ().into_any(),
            |field| field.choose(id, text, choices, self.problems),
        )
    }

    /// A field that is picked out of few, all of which are seen.
    pub fn pick(self, name: &'static str, choices: Vec<ui::Pick>) -> AnyView {
        let (field, text) = self.field(name);
        let id = place::id(self.id, &format!("/{name}"));
        let error = ui::problem_at(self.problems, id.clone());
        field.map_or_else(
            || ().into_any(),
            |field| ui::radios(id, field.label, choices, text, error),
        )
    }

    /// The control of a field under another label: one that depends on what is known.
    pub fn labeled(self, name: &'static str, label: String) -> AnyView {
        let (field, text) = self.field(name);
        let id = place::id(self.id, &format!("/{name}"));
        let error = ui::problem_at(self.problems, id.clone());
        let Some(field) = field else {
            return ().into_any();
        };
        view! {
            <ui::TextField id=id label=label hint=field.hint value=text longest=field.longest error=error />
        }
        .into_any()
    }

    /// Whether something is on its way. Tracks.
    pub fn busy(self) -> bool {
        !self.going_on.with(String::is_empty)
    }

    /// Says what is wrong, in the order in which it is given, each at its control.
    ///
    /// A form checks with the `Check` of its request's type, which the server runs too.
    pub fn refuse(self, errors: &[FieldError]) {
        self.tell(place::problems(self.id, errors));
    }

    /// Says why nothing came of a request: at the fields that the server names, else on top.
    pub fn failed(self, error: &ApiError) {
        let said = match error {
            ApiError::Problem(problem) if !problem.errors.is_empty() => {
                place::problems(self.id, &problem.errors)
            }
            error => vec![FieldProblem::of_form(error.detail())],
        };
        self.tell(said);
    }

    /// The page may be gone by then.
    fn tell(self, problems: Vec<FieldProblem>) {
        let _ = self.problems.try_set(problems);
    }

    /// Sends a request; `done` hears of a success, and `failed` of the rest.
    pub fn send(
        self,
        phase: Phase,
        (method, path, body): (Method, String, Body),
        done: impl FnOnce(Reply) + 'static,
        failed: impl FnOnce(ApiError) + 'static,
    ) {
        if self.going_on.try_with_untracked(String::is_empty) != Some(true) {
            return;
        }
        self.problems.set(Vec::new());
        let says = match phase {
            Phase::Checking => words::CHECKING,
            Phase::Sending => words::SENDING,
        };
        self.going_on.set(says.to_owned());
        let over = move || drop(self.going_on.try_set(String::new()));
        let failed = move |error| {
            over();
            failed(error);
        };
        let done = move |reply| {
            over();
            done(reply);
        };
        let (done, failed) = (Box::new(done), Box::new(failed));
        self.action.run_or(method, path, body, done, failed);
    }

    /// The form: a summary of what is wrong, the fields, and what else there is. `enter` is called
    /// when it is sent; not while a day is begun and not finished, which would read like none.
    pub fn view(self, class: &'static str, enter: Callback<()>, inside: AnyView) -> AnyView {
        let submit = move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            match place::unfinished(&event_target(&event)) {
                Some(problem) => self.problems.set(vec![problem]),
                None => enter.run(()),
            }
        };
        view! {
            <form class=class novalidate on:submit=submit>
                <ErrorSummary problems=self.problems />
                {inside}
            </form>
        }
        .into_any()
    }

    /// What sends it, and what is going on. `more`: what it starts goes on after the answer.
    pub fn submit(self, label: &'static str, more: Signal<bool>) -> AnyView {
        let busy = Signal::derive(move || self.busy() || more.get());
        view! {
            <Button submit=true kind=ui::Kind::Primary busy=busy>
                {label}
            </Button>
            <span class="small muted">{move || self.going_on.get()}</span>
        }
        .into_any()
    }
}
