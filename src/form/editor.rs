//! A form for something that is kept: what is typed is never lost, and never overwrites what
//! somebody else saved without both being seen.

use std::rc::Rc;

use leptos::prelude::*;
use membership_contract::problem::{FieldError, code};

use super::conflict::{Again, Theirs};
use super::draft::{self, Begun};
use super::{Field, Form, Group, Lines, Phase, Values};
use crate::api::{ApiError, Body, Method, Reply};
use crate::drafts;
use crate::go::{Step, use_go};
use crate::text::forms as words;
use crate::ui::{self, Button, Tone};

/// What tells one form from others.
pub struct Shape {
    /// What the ids of its controls begin with.
    pub id: &'static str,
    /// Of its fields: what another version kept is left out.
    pub version: u32,
    /// The fields.
    pub fields: &'static [Field],
    /// The groups of lines.
    pub groups: &'static [&'static Group],
    /// That what is shown was typed before, and that what is saved has changed since.
    pub typed: [&'static str; 2],
    /// That somebody else saved something meanwhile, and what saving anyway does.
    pub stale: &'static str,
}

/// What there is to say and where to go once it is saved.
pub struct Saved {
    /// What is said.
    pub say: String,
    /// The address of the next page; empty for none.
    pub to: String,
}

/// A form of a shape, and what it was filled from.
#[derive(Clone, Copy)]
pub struct Editor {
    pub(super) shape: &'static Shape,
    /// The fields.
    pub form: Form,
    pub(super) state: StoredValue<State, LocalStorage>,
    /// Whether what is shown was typed before.
    again: RwSignal<bool>,
    pub(super) theirs: RwSignal<Option<Theirs>>,
}

/// What nothing on the page waits for.
pub(super) struct State {
    groups: Vec<Lines>,
    /// Under which what is typed is kept.
    key: String,
    known: Values,
    /// Whether what is known has changed since something was typed.
    changed: bool,
    /// The tag of what the form was filled from.
    pub(super) tag: Option<String>,
    reread: Option<Again>,
    /// What was tried last.
    pub(super) attempt: Option<Callback<()>>,
    go: Rc<dyn Fn(&str)>,
}

impl Editor {
    /// Filled from what is known, or from what was typed over it before and kept under this key.
    pub fn new(shape: &'static Shape, key: String, known: Values) -> Self {
        let groups = shape.groups.iter();
        let groups = groups.map(|group| Lines::none(shape.id, group)).collect();
        let Begun {
            values,
            again,
            changed,
        } = draft::begin(&key, shape.version, &known);
        let editor = Self {
            shape,
            form: Form::new(shape.id, shape.fields),
            state: StoredValue::new_local(State {
                groups,
                key,
                known,
                changed,
                tag: None,
                reread: None,
                attempt: None,
                go: Rc::new(use_go(Step::On)),
            }),
            again: RwSignal::new(again),
            theirs: RwSignal::new(None),
        };
        editor.show(&values);
        editor.keep();
        editor
    }

    /// Saves only over what has this tag; what somebody else saved is read `again` where it has
    /// another one.
    pub fn over(self, tag: Option<String>, again: Again) -> Self {
        self.state.update_value(|state| {
            state.tag = tag;
            state.reread = Some(again);
        });
        self
    }

    /// What is typed. Tracks.
    pub fn values(self) -> Values {
        let mut values = Values::default();
        for field in self.shape.fields {
            let text = self.form.signal(field.name).get();
            values.fields.insert(field.name.to_owned(), text);
        }
        for lines in self.groups() {
            let name = lines.group.name.to_owned();
            values.lines.insert(name, lines.values());
        }
        values
    }

    /// What is typed now.
    pub fn typed(self) -> Values {
        untrack(|| self.values())
    }

    /// Shows this.
    pub fn show(self, values: &Values) {
        for field in self.shape.fields {
            let text = values.fields.get(field.name).cloned().unwrap_or_default();
            self.form.signal(field.name).set(text);
        }
        for lines in self.groups() {
            lines.set(values.lines(lines.group.name));
        }
    }

    /// What is saved, as far as the form knows.
    pub fn known(self) -> Values {
        self.state.with_value(|state| state.known.clone())
    }

    /// From now on this is known.
    pub(super) fn know(self, values: Values) {
        self.state.update_value(|state| state.known = values);
    }

    fn groups(self) -> Vec<Lines> {
        self.state.with_value(|state| state.groups.clone())
    }

    /// The lines of a group.
    pub fn lines(self, group: &'static Group) -> Lines {
        let mut groups = self.groups().into_iter();
        let found = groups.find(|one| one.group.name == group.name);
        found.unwrap_or_else(|| Lines::none(self.shape.id, group))
    }

    fn keep(self) {
        let version = self.shape.version;
        Effect::new(move |_| {
            let typed = self.values();
            self.state.with_value(|state| {
                if typed == state.known {
                    self.again.set(false);
                }
                draft::keep(&state.key, version, &state.known, typed, state.changed);
            });
        });
    }

    /// Gives up what is typed.
    pub fn forget(self) {
        self.state.with_value(|state| drafts::remove(&state.key));
    }

    /// Shows what is known again.
    pub fn start_over(self) {
        self.form.problems.set(Vec::new());
        self.theirs.set(None);
        let known = self.known();
        self.show(&known);
    }

    /// Sends a request; `attempt` is what made it, for trying it once more where somebody else was
    /// faster. `done` says what an answer means: that it is saved, or what is wrong.
    pub fn save(
        self,
        attempt: Callback<()>,
        (method, path, body): (Method, String, Body),
        done: impl FnOnce(Reply) -> Result<Saved, Vec<FieldError>> + 'static,
    ) {
        self.theirs.set(None);
        let (key, go, body) = self.state.with_value(|state| {
            let body = Body {
                if_match: state.tag.clone(),
                ..body
            };
            (state.key.clone(), state.go.clone(), body)
        });
        self.state
            .update_value(|state| state.attempt = Some(attempt));
        let done = move |reply| match done(reply) {
            Ok(saved) => {
                drafts::remove(&key);
                ui::live::say(&saved.say);
                // The page may be gone by then.
                if !saved.to.is_empty() && !self.theirs.is_disposed() {
                    go(&saved.to);
                }
            }
            Err(errors) if self.theirs.is_disposed() => drop(errors),
            Err(errors) => self.form.refuse(&errors),
        };
        let failed = move |error| self.failed(&error);
        let request = (method, path, body);
        self.form.send(Phase::Sending, request, done, failed);
    }

    fn failed(self, error: &ApiError) {
        // The page may be gone by then.
        let Some(again) = self.state.try_with_value(|state| state.reread.clone()) else {
            return;
        };
        match again.filter(|_| error.is(code::STALE)) {
            Some(again) => self.ask_theirs(again),
            None => self.form.failed(error),
        }
    }

    /// The form: what was typed before, what somebody else saved, and what is inside.
    pub fn view(self, enter: Callback<()>, inside: AnyView) -> AnyView {
        let inside = view! {
            {self.notice()}
            {self.conflict()}
            {inside}
        };
        self.form.view("form", enter, inside.into_any())
    }

    /// That this was typed before, and what gives it up.
    fn notice(self) -> AnyView {
        let over = Callback::new(move |()| self.start_over());
        let [typed, and_changed] = self.shape.typed;
        let changed = self.state.with_value(|state| state.changed);
        let said = if changed { and_changed } else { typed };
        (move || {
            self.again.get().then(|| {
                view! {
                    <div class="stack tight">
                        {ui::note(Tone::Info, said)}
                        <Button on_press=over>{words::START_OVER}</Button>
                    </div>
                }
            })
        })
        .into_any()
    }
}
