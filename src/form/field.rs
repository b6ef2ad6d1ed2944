//! A field: what is asked, and the control that asks.

use leptos::prelude::*;

use crate::ui::{self, Check, Choice, FieldProblem, Select, Stepper, TextField, Wrong};

/// How an answer is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A line of text.
    Text,
    /// A line of few letters, such as a code or an amount.
    Short,
    /// An email address.
    Email,
    /// A password: it is never kept.
    Password,
    /// A day.
    Day,
    /// A month.
    Month,
    /// A time of day.
    Time,
    /// One of several.
    Choice,
    /// Yes or no: see [`Field::check`].
    Check,
    /// A number: see [`Field::count`].
    Count(i64),
}

/// A field, by the name that it has in the request.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name in the request.
    pub name: &'static str,
    /// What is asked.
    pub label: &'static str,
    /// What helps to answer; may be empty.
    pub hint: &'static str,
    /// How it is answered.
    pub kind: Kind,
    /// What the browser may fill in.
    pub autocomplete: &'static str,
    /// Longest text, in characters.
    pub longest: u32,
    /// Draws its control. A pointer, so that sign-in holds no control that it does not have.
    draw: Draw,
}

type Draw = fn(Field, String, RwSignal<String>, RwSignal<Vec<FieldProblem>>) -> AnyView;

impl Field {
    /// What a check is when it is set.
    pub const YES: &'static str = "yes";

    /// A field of this kind without a hint.
    pub const fn new(name: &'static str, label: &'static str, kind: Kind) -> Self {
        Self {
            name,
            label,
            hint: "",
            kind,
            autocomplete: "off",
            longest: 200,
            draw: input,
        }
    }

    /// Yes, as [`Self::YES`], or no, as nothing.
    pub const fn check(name: &'static str, label: &'static str) -> Self {
        let mut field = Self::new(name, label, Kind::Check);
        field.draw = check;
        field
    }

    /// A whole number from zero to `most`, with buttons beside it.
    pub const fn count(name: &'static str, label: &'static str, most: i64) -> Self {
        let mut field = Self::new(name, label, Kind::Count(most));
        field.draw = count;
        field
    }

    /// Text of several lines.
    pub const fn words(name: &'static str, label: &'static str) -> Self {
        let mut field = Self::new(name, label, Kind::Text);
        field.draw = words;
        field
    }

    /// With a hint.
    pub const fn hint(mut self, hint: &'static str) -> Self {
        self.hint = hint;
        self
    }

    /// With what the browser may fill in.
    pub const fn autocomplete(mut self, autocomplete: &'static str) -> Self {
        self.autocomplete = autocomplete;
        self
    }

    /// With another longest text.
    pub const fn longest(mut self, longest: u32) -> Self {
        self.longest = longest;
        self
    }

    fn kind_of_input(self) -> &'static str {
        match self.kind {
            Kind::Email => "email",
            Kind::Password => "password",
            Kind::Day => "date",
            Kind::Month => "month",
            Kind::Time => "time",
            _ => "text",
        }
    }

    /// As wide as what goes in.
    fn width(self) -> &'static str {
        match self.kind {
            Kind::Short | Kind::Day | Kind::Month | Kind::Time => "field short",
            _ => "field",
        }
    }

    /// Its control.
    pub(super) fn control(
        self,
        id: String,
        text: RwSignal<String>,
        problems: RwSignal<Vec<FieldProblem>>,
    ) -> AnyView {
        (self.draw)(self, id, text, problems)
    }

    /// In place of its control where it cannot be changed: what it says. `why` is the id of the
    /// text that says why, and `choices` are what it could be chosen out of.
    pub(super) fn locked(
        self,
        id: String,
        text: RwSignal<String>,
        choices: Vec<Choice>,
        why: &str,
    ) -> AnyView {
        let value = Signal::derive(move || {
            let text = text.get();
            let mut choices = choices.iter();
            let chosen = choices.find(|choice| choice.value == text);
            chosen.map_or(text, |choice| choice.label.clone())
        });
        let kind = match self.kind {
            Kind::Choice => "text",
            _ => self.kind_of_input(),
        };
        ui::locked(id, self.width(), kind, self.label, (value, why))
    }

    /// Its control, where it is chosen out of these.
    pub(super) fn choose(
        self,
        id: String,
        text: RwSignal<String>,
        choices: Vec<Choice>,
        problems: RwSignal<Vec<FieldProblem>>,
    ) -> AnyView {
        let error = ui::problem_at(problems, id.clone());
        let choose = Callback::new(move |chosen| text.set(chosen));
        view! {
            <Select
                id=id
                label=self.label
                choices=choices
                value=text
                error=error
                autocomplete=self.autocomplete
                on_change=choose
            />
        }
        .into_any()
    }
}

fn input(
    field: Field,
    id: String,
    text: RwSignal<String>,
    problems: RwSignal<Vec<FieldProblem>>,
) -> AnyView {
    let error = ui::problem_at(problems, id.clone());
    view! {
        <TextField
            id=id
            class=field.width()
            label=field.label
            hint=field.hint
            value=text
            kind=field.kind_of_input()
            autocomplete=field.autocomplete
            longest=field.longest
            error=error
        />
    }
    .into_any()
}

fn words(
    field: Field,
    id: String,
    text: RwSignal<String>,
    problems: RwSignal<Vec<FieldProblem>>,
) -> AnyView {
    let error = ui::problem_at(problems, id.clone());
    ui::text_area(id, (field.label, field.hint), text, field.longest, error)
}

fn check(
    field: Field,
    id: String,
    text: RwSignal<String>,
    _: RwSignal<Vec<FieldProblem>>,
) -> AnyView {
    let checked = Signal::derive(move || !text.with(String::is_empty));
    let set = Callback::new(move |on: bool| {
        text.set(if on {
            Field::YES.to_owned()
        } else {
            String::new()
        });
    });
    view! { <Check id=id label=field.label checked=checked on_change=set /> }.into_any()
}

/// A number is kept as it is typed, also while it is none; the stepper says what is wrong with it.
fn count(
    field: Field,
    id: String,
    text: RwSignal<String>,
    _: RwSignal<Vec<FieldProblem>>,
) -> AnyView {
    let most = match field.kind {
        Kind::Count(most) => most,
        _ => i64::MAX,
    };
    let wrong = Wrong::default();
    let number = move |text: &String| {
        let number = text.parse().ok();
        number.filter(|number| (0..=most).contains(number))
    };
    let value = Memo::new(move |before: Option<&i64>| {
        text.with(number).or(before.copied()).unwrap_or_default()
    });
    Effect::new(move |_| {
        let now = text.with(number).is_none().then(|| text.get());
        if wrong.get_untracked() != now {
            wrong.set(now);
        }
    });
    Effect::new(move |_| {
        if let Some(typed) = wrong.get().filter(|typed| text.get_untracked() != *typed) {
            text.set(typed);
        }
    });
    let change = Callback::new(move |number: i64| text.set(number.to_string()));
    view! {
        <Stepper
            id=id
            label=field.label
            hint=field.hint
            value=value
            wrong=wrong
            most=most
            on_change=change
        />
    }
    .into_any()
}
