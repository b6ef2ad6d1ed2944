//! The queue: what waits, the oldest first, with who else is at what.

use leptos::prelude::*;
use membership_contract::desk::BankEntry;
use membership_contract::text::en;
use membership_domain::id::BankEntryId;
use membership_domain::purchase::bank::BankEntryState;

use super::{Place, money};
use crate::format;
use crate::go::{Step, use_go};
use crate::paths::desk as paths;
use crate::paths::with_query;
use crate::text::operator::entries as words;
use crate::ui::{self, Choice, Mark, Select, TextField};

/// The id of the field that `/` leads to.
const FIND: &str = "desk-find";

/// The column.
pub fn card(place: Place) -> AnyView {
    let load = Signal::derive(move || place.entries.load());
    let retry = Callback::new(move |()| place.entries.reload());
    let count = move || {
        let count = place.shown.with(Vec::len);
        format::number(i64::try_from(count).unwrap_or(i64::MAX))
    };
    view! {
        <section class="card queue" aria-labelledby="desk-queue">
            <header>
                <h2 id="desk-queue">{words::QUEUE}</h2>
                <span class="muted num">{count}</span>
            </header>
            <div class="find">
                <div class="finder">
                    <TextField id=FIND label=words::FIND value=place.find kind="search" longest=100 />
                    {place.keys.hint("/")}
                </div>
                {states(place)}
            </div>
            {ui::when_ready(load, retry, move || rows(place))}
        </section>
    }
    .into_any()
}

/// Which entries: those that wait, or those in a state.
fn states(place: Place) -> AnyView {
    let states = BankEntryState::ALL.iter();
    let states = states.filter(|state| **state != BankEntryState::Received);
    let states = states.map(|state| {
        let label = en::bank_entry_state(*state).to_owned();
        (state.code().to_owned(), label)
    });
    let choices: Vec<Choice> = ui::choices(words::WAITING, states);
    let value = Signal::derive(move || place.asked.with(|[state, ..]| state.clone()));
    let go = use_go(Step::Here);
    let change = Callback::new(move |state: String| {
        go(&with_query(
            &paths::ENTRIES.href(),
            &[(paths::STATE, &state)],
        ));
    });
    view! { <Select label=words::SHOW choices=choices value=value on_change=change /> }.into_any()
}

fn rows(place: Place) -> AnyView {
    let all = place.shown.get();
    if all.is_empty() {
        return nothing(place);
    }
    let rows = all.into_iter().map(|entry| row(place, entry));
    view! {
        <ul class="entries">{rows.collect_view()}</ul>
        {pages(place)}
    }
    .into_any()
}

fn row(place: Place, entry: BankEntry) -> AnyView {
    let id = entry.id;
    let current = move || {
        let open = place.open.with(|open| open.as_ref().map(|one| one.id));
        (open == Some(id)).then_some("true")
    };
    let name = entry.counterparty.clone();
    let name = name.unwrap_or_else(|| words::NO_PAYER.to_owned());
    let state = match &entry.claimed_by {
        Some(other) => {
            view! { <span class="by">{ui::small_icon("person")} {words::at_it(other)}</span> }
                .into_any()
        }
        None => ui::status(mark(entry.state), en::bank_entry_state(entry.state)),
    };
    // The way leads to the case too, which is below the queue on a phone.
    let lead = move |_| ui::after_paint(super::case::focus);
    view! {
        <li>
            <a id=anchor(id) href=move || place.href(id) aria-current=current on:click=lead>
                <span class="line">
                    <span class="who">{name}</span>
                    <span class="num sum">{money(entry.money)}</span>
                </span>
                <span class="line quiet">
                    {state}
                    <span class="num day">{format::short_day(entry.booked_on)}</span>
                </span>
            </a>
        </li>
    }
    .into_any()
}

fn anchor(id: BankEntryId) -> String {
    format!("entry-{id}")
}

/// How a state looks: only what has to be done has color.
pub fn mark(state: BankEntryState) -> Mark {
    match state {
        BankEntryState::Unmatched => Mark::Warn,
        BankEntryState::ToReturn => Mark::Soon,
        BankEntryState::Outgoing | BankEntryState::Received => Mark::Open,
        _ => Mark::Normal,
    }
}

/// The ways to entries that came later, and back.
fn pages(place: Place) -> AnyView {
    let next = place.entries.get().and_then(|page| page.next.clone());
    let to = move |cursor: &str| {
        place.asked.with(|[state, ..]| {
            let fields = [(paths::STATE, state.as_str()), (paths::CURSOR, cursor)];
            with_query(&paths::ENTRIES.href(), &fields)
        })
    };
    let next = next.map(|cursor| {
        view! { <a class="button slim" href=to(&cursor)>{words::LATER}</a> }
    });
    let is_later = place.asked.with(|[_, cursor, _]| !cursor.is_empty());
    let first = is_later.then(|| {
        view! { <a class="button slim" href=to("")>{words::FROM_START}</a> }
    });
    (next.is_some() || first.is_some())
        .then(|| view! { <div class="cluster more">{first} {next}</div> })
        .into_any()
}

fn nothing(place: Place) -> AnyView {
    let find = place.find.get();
    if !find.trim().is_empty() {
        return view! { <p class="muted none">{words::none_like(find.trim())}</p> }.into_any();
    }
    let is_narrowed = place
        .asked
        .with(|[state, cursor, _]| !state.is_empty() || !cursor.is_empty());
    let (title, why, step) = match is_narrowed {
        true => (
            words::NONE_OF_STATE,
            words::NONE_OF_STATE_WHY,
            (words::SHOW_WAITING, paths::ENTRIES),
        ),
        false => (
            words::NOTHING,
            words::NOTHING_WHY,
            (words::IMPORT, paths::STATEMENTS),
        ),
    };
    let step = (step.0.to_owned(), step.1.href());
    ui::empty(title.to_owned(), why.to_owned(), Some(step))
}

/// Whether an entry has the words that are looked for.
pub fn fits(entry: &BankEntry, find: &str) -> bool {
    let words = find.trim().to_lowercase();
    if words.is_empty() {
        return true;
    }
    let has = |text: Option<&str>| text.is_some_and(|text| text.to_lowercase().contains(&words));
    has(entry.counterparty.as_deref())
        || has(entry.text.as_deref())
        || has(entry.counterparty_account.as_deref())
        || has(entry.order_number.as_deref())
        || has(Some(&entry.money.decimal()))
        || has(Some(&money(entry.money)))
        || (entry.references.iter()).any(|reference| has(Some(reference)))
        || (entry.suggestions.iter())
            .any(|one| has(Some(&one.order_number)) || has(Some(&one.buyer)))
}

/// Leads to the field that finds.
pub fn focus() -> bool {
    let Some(field) = document().get_element_by_id(FIND) else {
        return false;
    };
    ui::focus_first(&field, "input");
    true
}

/// Brings a row into view, where the queue scrolls.
pub fn show(id: BankEntryId) {
    if let Some(row) = document().get_element_by_id(&anchor(id)) {
        row.scroll_into_view_with_bool(false);
    }
}
