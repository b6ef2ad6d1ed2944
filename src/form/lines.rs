//! Lines of fields that a form has any number of: certificates of a person, say.

use std::sync::Arc;

use leptos::prelude::*;

use super::place;
use super::{Field, Kind, LineValues};
use crate::lasting::Lasting;
use crate::ui::{self, Button, Choice, FieldProblem};

/// What all lines of a group have in common.
pub struct Group {
    /// Their name in the request.
    pub name: &'static str,
    /// What they are called together; empty where the page says it.
    pub title: &'static str,
    /// What one is called, by its number from 1.
    pub legend: fn(usize) -> String,
    /// What adds one.
    pub add: &'static str,
    /// What is asked in each, with what a new one begins with.
    pub fields: &'static [(Field, &'static str)],
}

impl Group {
    /// A line as a new one begins.
    pub fn usual(&self) -> LineValues {
        let fields = self.fields.iter();
        let fields = fields.map(|(field, usual)| (field.name.to_owned(), (*usual).to_owned()));
        LineValues {
            from: None,
            fields: fields.collect(),
        }
    }
}

/// One of them.
#[derive(Clone)]
struct Line {
    /// As long as it is there, and its own.
    number: usize,
    /// Its place in what was known, unless it is new.
    from: Option<usize>,
    /// What is typed, in the order of the fields.
    texts: Arc<[RwSignal<String>]>,
}

/// All of them.
#[derive(Clone, Copy)]
pub struct Lines {
    form: &'static str,
    /// What they have in common.
    pub group: &'static Group,
    all: RwSignal<Vec<Line>>,
    lasting: Lasting,
    /// What can be chosen, by field.
    choices: StoredValue<Vec<(&'static str, Vec<Choice>)>>,
    /// Which of those that were known cannot be changed, by their place there, and why.
    locked: StoredValue<Vec<(usize, String)>>,
}

impl Lines {
    /// Without any.
    pub(super) fn none(form: &'static str, group: &'static Group) -> Self {
        Self {
            form,
            group,
            all: RwSignal::default(),
            lasting: Lasting::here(),
            choices: StoredValue::default(),
            locked: StoredValue::default(),
        }
    }

    /// With what can be chosen in a field of each.
    pub fn choosing(self, field: &'static str, choices: Vec<Choice>) -> Self {
        self.choices.update_value(|all| all.push((field, choices)));
        self
    }

    /// With which of those that were known cannot be changed or removed, and why.
    pub fn locking(self, locked: Vec<(usize, String)>) -> Self {
        self.locked.set_value(locked);
        self
    }

    fn line(
        self,
        number: usize,
        from: Option<usize>,
        text: impl Fn(&Field, &str) -> String,
    ) -> Line {
        let texts = self.group.fields.iter();
        let texts = texts.map(|(field, usual)| text(field, usual));
        let texts = self.lasting.make(|| texts.map(RwSignal::new).collect());
        Line {
            number,
            from,
            texts,
        }
    }

    /// A new one, as usual.
    pub fn add(self) {
        self.all.update(|lines| {
            let number = lines.iter().map(|line| line.number + 1).max().unwrap_or(0);
            lines.push(self.line(number, None, |_, usual| usual.to_owned()));
        });
    }

    /// Shows these instead of what there is.
    pub(super) fn set(self, lines: &[LineValues]) {
        let lines = lines.iter().enumerate().map(|(number, line)| {
            self.line(number, line.from, |field, _| {
                line.fields.get(field.name).cloned().unwrap_or_default()
            })
        });
        self.all.set(lines.collect());
    }

    /// What is typed. Tracks.
    pub(super) fn values(self) -> Vec<LineValues> {
        let value = |line: Line| LineValues {
            from: line.from,
            fields: self
                .group
                .fields
                .iter()
                .zip(&*line.texts)
                .map(|((field, _), text)| (field.name.to_owned(), text.get()))
                .collect(),
        };
        self.all.get().into_iter().map(value).collect()
    }

    /// Their controls, what is wrong with them, and what adds and removes them.
    pub fn view(self, problems: RwSignal<Vec<FieldProblem>>) -> AnyView {
        let all = move || {
            let lines = self.all.get().into_iter().enumerate();
            let line = lines.map(|(at, line)| self.fieldset(at, &line, problems));
            line.collect_view()
        };
        let add = Callback::new(move |()| self.add());
        let title = self.group.title;
        let title = (!title.is_empty()).then(|| view! { <h2>{title}</h2> });
        view! {
            {title}
            {all}
            <Button on_press=add icon_name="add">
                {self.group.add}
            </Button>
        }
        .into_any()
    }

    fn fieldset(self, at: usize, line: &Line, problems: RwSignal<Vec<FieldProblem>>) -> AnyView {
        let number = line.number;
        let remove = Callback::new(move |()| {
            // Those that come after have other places now.
            problems.set(Vec::new());
            self.all
                .update(|lines| lines.retain(|known| known.number != number));
        });
        let own = format!("/{}/{at}", self.group.name);
        let locked = self.locked.with_value(|locked| {
            let mut locked = locked.iter();
            let found = locked.find(|(known, _)| Some(*known) == line.from);
            found.map(|(_, why)| why.clone())
        });
        let id = place::id(self.form, &own);
        let why = locked.map(|says| (format!("{id}-kept"), says));
        let lock = why.as_ref().map(|(id, _)| id.clone());
        let control = |((field, _), text): (&(Field, &str), &RwSignal<String>)| {
            let id = place::id(self.form, &format!("{own}/{}", field.name));
            if let Some(why) = &lock {
                field.locked(id, *text, self.chosen(field.name), why)
            } else if field.kind == Kind::Choice {
                field.choose(id, *text, self.chosen(field.name), problems)
            } else {
                field.control(id, *text, problems)
            }
        };
        let controls = self.group.fields.iter().zip(&*line.texts).map(control);
        let error = ui::problem_at(problems, id.clone());
        let legend = (self.group.legend)(at + 1);
        ui::line(
            id,
            legend,
            error,
            (remove, why),
            controls.collect_view().into_any(),
        )
    }

    fn chosen(self, field: &str) -> Vec<Choice> {
        self.choices.with_value(|all| {
            let found = all.iter().find(|(name, _)| *name == field);
            found
                .map(|(_, choices)| choices.clone())
                .unwrap_or_default()
        })
    }
}
