//! The row above a list: words to look for, filters, and what saves the rows. On a phone the
//! filters are behind one button beside the search.

use leptos::prelude::*;

use super::Shown;
use super::asked::{Asked, SEARCH};
use crate::go::{Step, goer};
use crate::text::lists as words;
use crate::ui::{self, Choice, Select, TextField};

/// A choice that narrows a list.
#[derive(Clone, Copy)]
pub struct Filter {
    /// Its parameter, in the API and in the page's address.
    pub name: &'static str,
    /// What is asked.
    pub label: &'static str,
    /// What can be chosen, by value; the first one is everything. Without any, it is not shown.
    pub choices: Signal<Vec<Choice>>,
    /// What else changes with it.
    pub then: fn(&mut Asked),
}

impl Filter {
    /// A choice out of few that are always the same, by value and words.
    pub fn fixed(
        name: &'static str,
        label: &'static str,
        all: &'static [(&'static str, &'static str)],
    ) -> Self {
        let choice = |(value, label): &(&str, &str)| Choice {
            value: (*value).to_owned(),
            label: (*label).to_owned(),
        };
        Self {
            name,
            label,
            choices: Signal::stored(all.iter().map(choice).collect()),
            then: |_| {},
        }
    }

    /// What the list would be asked without it.
    pub fn lifted(&self, asked: &Asked) -> Asked {
        let mut next = asked.with(self.name, "").from_start();
        (self.then)(&mut next);
        next
    }
}

impl Shown {
    /// Goes to the first page of what is asked for instead.
    fn narrow(self, next: &Asked) -> String {
        next.from_start().address(&self.list.path.href())
    }
}

/// The controls.
pub fn view(shown: Shown) -> AnyView {
    let open = RwSignal::new(false);
    let narrowing = shown.filters.with_value(|all| !all.is_empty());
    let filters = shown.filters.get_value().into_iter();
    let filters = filters.map(|filter| control(shown, filter)).collect_view();
    let button = narrowing.then(|| {
        view! {
            <button
                type="button"
                class="button narrow-only"
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {ui::small_icon("filter")}
                {words::FILTERS}
            </button>
        }
    });
    view! {
        <div class="filters">
            {search(shown)}
            {button}
            <div class="choices" class:open=move || open.get()>
                {filters}
            </div>
            <div class="far-end">{shown.csv()}</div>
        </div>
    }
    .into_any()
}

/// The words to look for: the address follows what is typed.
fn search(shown: Shown) -> AnyView {
    let asked = shown.asked;
    let said = move |asked: &Asked| asked.get(SEARCH).to_owned();
    let go = goer(Step::Here);
    let typed = RwSignal::new(asked.with_untracked(said));
    Effect::new(move |before: Option<String>| {
        let search = typed.get();
        let now = asked.get_untracked();
        if before.is_some_and(|before| before != search) && now.get(SEARCH) != search {
            go(&shown.narrow(&now.with(SEARCH, &search)));
        }
        search
    });
    // The address may change without us: back, or a link.
    Effect::new(move |_| {
        let search = asked.with(said);
        if typed.with_untracked(|typed| *typed != search) {
            typed.set(search);
        }
    });
    view! { <TextField label=words::SEARCH value=typed kind="search" longest=200 /> }.into_any()
}

fn control(shown: Shown, filter: Filter) -> AnyView {
    let asked = shown.asked;
    let go = goer(Step::Here);
    let value = Signal::derive(move || asked.with(|asked| asked.get(filter.name).to_owned()));
    let change = Callback::new(move |value: String| {
        let mut next = asked.with_untracked(|asked| asked.with(filter.name, &value));
        (filter.then)(&mut next);
        go(&shown.narrow(&next));
    });
    (move || {
        let choices = filter.choices.get();
        (choices.len() > 1).then(|| {
            view! { <Select label=filter.label choices=choices value=value on_change=change /> }
        })
    })
    .into_any()
}
