//! The texts of a form, kept while they are typed: they are there again after another page, after
//! loading anew and after signing in again, until they are saved or given up.

use leptos::prelude::*;
use uuid::Uuid;

use super::Lines;
use super::lines::Texts;
use crate::text::by_hand as text;
use crate::ui::{self, Button, Tone};
use crate::{drafts, paths, session};

/// Between texts, and between what is known and what is typed: nobody types these.
const UNIT: &str = "\u{1f}";
const GROUP: &str = "\u{1d}";

/// The texts of one form.
#[derive(Clone, Copy)]
pub struct Draft {
    form: StoredValue<Form>,
    /// Whether what is shown was typed before.
    again: RwSignal<bool>,
}

/// Texts are those of the fields, in the order in which they were made, and then of each line (see
/// [`Lines::texts`]).
#[derive(Default)]
struct Form {
    key: String,
    /// What was known when something was kept.
    before: Vec<String>,
    /// What is kept; empty for nothing.
    kept: Vec<String>,
    /// Whether what is known has changed since something was typed.
    changed: bool,
    /// What is known now.
    known: Vec<String>,
    fields: Vec<RwSignal<String>>,
    lines: Option<Lines>,
}

impl Draft {
    /// Of the form at the page's address.
    pub fn here(organization: Uuid) -> Self {
        let person = untrack(|| session::current().session());
        let person = person.map(|session| session.user.id).unwrap_or_default();
        let place = window().location();
        let [path, query] = [place.pathname(), place.search()].map(Result::unwrap_or_default);
        let mut form = Form {
            key: drafts::key(
                person,
                organization,
                &(paths::page_of(&path).to_owned() + &query),
            ),
            ..Form::default()
        };
        let kept = drafts::get(&form.key).unwrap_or_default();
        let mut groups = kept.split(GROUP);
        if let Some((before, kept)) = groups.next().zip(groups.next()) {
            [form.before, form.kept] = [before, kept].map(apart);
            form.changed = groups.next().is_some();
        }
        Self {
            again: RwSignal::new(!form.kept.is_empty()),
            form: StoredValue::new(form),
        }
    }

    /// The next text, as it was typed, else as it is known.
    pub fn field(self, known: String) -> RwSignal<String> {
        let field = RwSignal::new(String::new());
        self.form.update_value(|form| {
            let at = form.fields.len();
            // Where nobody typed, it is as it is known now.
            let typed = form.kept.get(at);
            let typed = typed.filter(|typed| form.before.get(at) != Some(*typed));
            field.set(typed.unwrap_or(&known).clone());
            form.known.push(known);
            form.fields.push(field);
        });
        field
    }

    /// The lines, likewise; fields come before.
    pub fn lines(self, known: Vec<Texts>) -> Lines {
        let lines = Lines::none();
        self.form.update_value(|form| {
            let from = form.fields.len();
            for (at, texts) in known.into_iter().enumerate() {
                form.known.push(at.to_string());
                form.known.extend(texts);
            }
            form.lines = Some(lines);
            let known = form.known.get(from..).unwrap_or_default();
            let before = form.before.get(from..).unwrap_or_default();
            let kept = form.kept.get_mut(from..).filter(|kept| *kept != before);
            let Some(kept) = kept else {
                return lines.set(known);
            };
            // What is known may be in another order by now.
            Lines::move_over(kept, before, known);
            lines.set(kept);
        });
        lines
    }

    /// Keeps what is typed from now on, as long as the view lives.
    pub fn keep(self) {
        self.form.update_value(|form| {
            let changed = !form.kept.is_empty() && form.before != form.known;
            form.changed |= changed;
        });
        Effect::new(move |_| {
            self.form.with_value(|form| {
                let mut typed: Vec<String> = form.fields.iter().map(Get::get).collect();
                if let Some(lines) = form.lines {
                    lines.texts(&mut typed);
                }
                if typed == form.known {
                    self.again.set(false);
                    drafts::remove(&form.key);
                } else {
                    let [known, typed] = [&form.known, &typed].map(|texts| texts.join(UNIT));
                    let changed = if form.changed { GROUP } else { "" };
                    drafts::set(&form.key, &(known + GROUP + &typed + changed));
                }
            });
        });
    }

    /// What is typed was given up.
    pub fn forget(self) {
        drafts::remove(&self.key());
    }

    /// Under which it is kept.
    pub fn key(self) -> String {
        self.form.with_value(|form| form.key.clone())
    }

    /// That this was typed before, and what gives it up.
    pub fn notice(self) -> AnyView {
        let over = Callback::new(move |()| self.start_over());
        let said = if self.form.with_value(|form| form.changed) {
            text::TYPED_AND_CHANGED
        } else {
            text::TYPED
        };
        (move || {
            self.again.get().then(|| {
                view! {
                    <div class="stack">
                        {ui::note(Tone::Info, said)}
                        <Button on_press=over>{text::START_OVER}</Button>
                    </div>
                }
            })
        })
        .into_any()
    }

    fn start_over(self) {
        self.form.with_value(|form| {
            for (field, known) in form.fields.iter().zip(&form.known) {
                field.set(known.clone());
            }
            if let Some(lines) = form.lines {
                lines.set(form.known.get(form.fields.len()..).unwrap_or_default());
            }
        });
    }
}

fn apart(texts: &str) -> Vec<String> {
    texts.split(UNIT).map(str::to_owned).collect()
}
