//! The row above a list: words to look for, filters, and what saves the rows. On a phone the
//! filters are behind one button beside the search.

use leptos::prelude::*;
use membership_lists::LONGEST_SEARCH;

use super::asked::Asked;
use crate::go::{Step, use_go};
use crate::paths::Page;
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
        let mut next = asked.with(self.name, "").first_page();
        (self.then)(&mut next);
        next
    }
}

/// What is narrowed: the page's own address, and what it asks for.
#[derive(Clone, Copy)]
pub struct Narrowed {
    /// The page.
    pub path: Page,
    /// What its address asks for.
    pub asked: Memo<Asked>,
    /// The parameter with the words to look for.
    pub search: &'static str,
}

impl Narrowed {
    /// Where the first page is of what is asked for instead.
    fn to(self, next: &Asked) -> String {
        next.first_page().address(&self.path.href())
    }
}

/// The controls, with `end` at their end.
pub fn controls(narrowed: Narrowed, filters: Vec<Filter>, end: AnyView) -> AnyView {
    let open = RwSignal::new(false);
    let narrowing = !filters.is_empty();
    let filters = filters.into_iter().map(|filter| control(narrowed, filter));
    let filters = filters.collect_view();
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
            {search(narrowed)}
            {button}
            <div class="choices" class:open=move || open.get()>
                {filters}
            </div>
            <div class="far-end">{end}</div>
        </div>
    }
    .into_any()
}

/// The words to look for: the address follows what is typed.
fn search(narrowed: Narrowed) -> AnyView {
    let Narrowed { asked, search, .. } = narrowed;
    let said = move |asked: &Asked| asked.get(search).to_owned();
    let go = use_go(Step::Here);
    let typed = RwSignal::new(asked.with_untracked(said));
    Effect::new(move |before: Option<String>| {
        let words = typed.get();
        let now = asked.get_untracked();
        if before.is_some_and(|before| before != words) && now.get(search) != words {
            go(&narrowed.to(&now.with(search, &words)));
        }
        words
    });
    // The address may change without us: back, or a link.
    Effect::new(move |_| {
        let words = asked.with(said);
        if typed.with_untracked(|typed| *typed != words) {
            typed.set(words);
        }
    });
    view! { <TextField label=words::SEARCH value=typed kind="search" longest=LONGEST_SEARCH as u32 /> }.into_any()
}

fn control(narrowed: Narrowed, filter: Filter) -> AnyView {
    let asked = narrowed.asked;
    let go = use_go(Step::Here);
    let value = Signal::derive(move || asked.with(|asked| asked.get(filter.name).to_owned()));
    let change = Callback::new(move |value: String| {
        let mut next = asked.with_untracked(|asked| asked.with(filter.name, &value));
        (filter.then)(&mut next);
        go(&narrowed.to(&next));
    });
    (move || {
        let choices = filter.choices.get();
        (choices.len() > 1).then(|| {
            view! { <Select label=filter.label choices=choices value=value on_change=change /> }
        })
    })
    .into_any()
}
