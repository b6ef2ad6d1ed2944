//! What stands around the fields of a form.

use std::rc::Rc;

use leptos::prelude::*;
use membership_contract::problem::code;
use uuid::Uuid;

use super::draft::Draft;
use super::{Enter, Part};
use crate::api::action;
use crate::api::action::Action;
use crate::go::{Step, goer};
use crate::shell::heading::lead;
use crate::text::by_hand as text;
use crate::ui::{self, Button, Disclosure, ErrorSummary, FieldProblem, Kind, Tone};

type Go = Rc<dyn Fn(&str)>;

/// What every form has beside its fields.
#[derive(Clone, Copy)]
pub struct Sheet {
    pub(super) organization: Uuid,
    pub(super) part: &'static Part,
    /// Whether the row is new: then it may not be known.
    pub(super) new: bool,
    /// What is wrong with what is typed.
    pub problems: RwSignal<Vec<FieldProblem>>,
    pub(super) save: Action,
    /// The tag of the evidence that the form was filled from.
    pub(super) tag: StoredValue<Option<String>>,
    /// Whether what was sent last was to be removed.
    pub(super) removing: StoredValue<bool>,
    /// What is typed.
    pub draft: Draft,
    /// Goes to another page; made while there is a router around.
    pub(super) go: StoredValue<Go, LocalStorage>,
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
            draft: Draft::here(organization),
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
        ui::problem_at(self.problems, field)
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
        let cancel = move |_| self.draft.forget();
        self.draft.keep();
        view! {
            {ui::crumbs(above)}
            {lead(title, text::ABOUT, actions)}
            <form class="card" novalidate on:submit=submit>
                <div class="body form">
                    {self.draft.notice()}
                    <ErrorSummary problems=self.problems />
                    {self.refusal(enter)}
                    {fields}
                    <div class="cluster">
                        <Button submit=true kind=Kind::Primary busy=self.save.busy>{text::SAVE}</Button>
                        <a href=list on:click=cancel>{text::CANCEL}</a>
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
            field: known.map(|(_, id)| (*id).into()),
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
            let anyway = if self.removing.get_value() {
                text::REMOVE_ANYWAY
            } else {
                text::ANYWAY
            };
            Some(view! {
                <div role="alert" class="stack">
                    {ui::note(Tone::Bad, why)}
                    {stale.then(|| view! { <Button on_press=again>{anyway}</Button> })}
                </div>
            })
        })
        .into_any()
    }
}
