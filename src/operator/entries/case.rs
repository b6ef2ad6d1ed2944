//! The case: what the bank told, why no order took it, and which order it may be for.

use leptos::prelude::*;
use membership_contract::desk::{BankEntry, SuggestedBecause, Suggestion};
use membership_domain::Money;
use membership_domain::purchase::bank::BankEntryState;

use super::{Place, money, party};
use crate::format;
use crate::operator::{grouped, table};
use crate::paths::desk as paths;
use crate::text::operator::{self as shared, entries as words};
use crate::ui::{self, Mark};

/// The id of its heading, which takes the focus when another case opens.
const TITLE: &str = "desk-case";

/// The column.
pub fn card(place: Place) -> AnyView {
    // A case is drawn anew for another entry, or where that changed.
    let shown = move || match place.open.get() {
        Some(entry) => view(place, &entry),
        None => none(),
    };
    view! {
        <section class="card case" aria-labelledby=TITLE>
            {shown}
        </section>
    }
    .into_any()
}

/// Leads to the case.
pub fn focus() {
    if let Some(title) = document().get_element_by_id(TITLE) {
        ui::focus_first(&title, "none");
    }
}

fn none() -> AnyView {
    view! {
        <header>
            <h2 id=TITLE tabindex="-1">{words::CHOOSE}</h2>
        </header>
    }
    .into_any()
}

fn view(place: Place, entry: &BankEntry) -> AnyView {
    view! {
        <header>
            <h2 id=TITLE tabindex="-1">
                <span class="num sum">{money(entry.money)}</span>
                " "
                {party(entry)}
            </h2>
            <span class="small muted num">{format::day_and_year(entry.booked_on)}</span>
        </header>
        <div class="body">
            <p>{why(entry)}</p>
            {facts(entry)}
        </div>
        {suggestions(place, entry)}
    }
    .into_any()
}

fn facts(entry: &BankEntry) -> AnyView {
    let given = |text: Option<&String>| match text {
        Some(text) => text.clone().into_any(),
        None => view! { <span class="muted">{words::NOT_GIVEN}</span> }.into_any(),
    };
    let other = if entry.is_credit {
        words::PAYER
    } else {
        words::PAYEE
    };
    let references = match entry.references.as_slice() {
        [] => view! { <span class="muted">{shared::NONE}</span> }.into_any(),
        all => {
            let line = |one: &String| view! { <span class="num code">{grouped(one)}</span> };
            all.iter().map(line).collect_view().into_any()
        }
    };
    let account = (entry.counterparty_account.as_deref()).map(grouped);
    let account = view! { <span class="num">{given(account.as_ref())}</span> };
    let value = format::day_and_year(entry.value_on);
    let mut facts = vec![
        (words::TEXT, given(entry.text.as_ref())),
        (words::REFERENCES, references),
        (other, given(entry.counterparty.as_ref())),
        (words::ACCOUNT, account.into_any()),
        (
            words::VALUE_DATE,
            view! { <span class="num">{value}</span> }.into_any(),
        ),
    ];
    if let Some(number) = &entry.order_number {
        facts.push((shared::ORDER, order(number)));
    }
    if let Some(note) = &entry.note {
        facts.push((words::NOTE, note.clone().into_any()));
    }
    ui::facts(facts)
}

fn order(number: &str) -> AnyView {
    view! {
        <a class="num nowrap" href=paths::orders_like(number)>
            {number.to_owned()}
        </a>
    }
    .into_any()
}

/// Why no order took it, or what became of it, in a sentence.
fn why(entry: &BankEntry) -> String {
    match entry.state {
        BankEntryState::Unmatched => unmatched(entry),
        BankEntryState::ToReturn => words::why::TO_RETURN.to_owned(),
        BankEntryState::Outgoing => words::why::OUTGOING.to_owned(),
        state => words::why::decided(state, entry.order_number.as_deref()),
    }
}

fn unmatched(entry: &BankEntry) -> String {
    if let Some(reason) = &entry.returned {
        return words::why::came_back(reason.trim());
    }
    if entry.references.is_empty() {
        return words::why::NO_REFERENCE.to_owned();
    }
    let named = (entry.suggestions.iter())
        .filter(|one| one.because == SuggestedBecause::Reference)
        .collect::<Vec<&Suggestion>>();
    match named.as_slice() {
        [] => {
            let all = entry.references.iter().map(|one| grouped(one));
            words::why::unknown(&all.collect::<Vec<_>>())
        }
        [one] if one.currency != entry.money.currency => {
            let (of_order, of_money) = (one.currency, entry.money.currency);
            words::why::other_currency(&one.order_number, of_order.code(), of_money.code())
        }
        [_] if !entry.is_complete => words::why::SUM.to_owned(),
        _ => words::why::SEVERAL.to_owned(),
    }
}

/// Which orders it may be for, the likeliest first.
fn suggestions(place: Place, entry: &BankEntry) -> AnyView {
    if entry.state != BankEntryState::Unmatched && entry.state != BankEntryState::ToReturn {
        return ().into_any();
    }
    if entry.suggestions.is_empty() {
        return view! {
            <h3 class="above">{words::SUGGESTIONS}</h3>
            {table::nothing(words::NO_SUGGESTION)}
        }
        .into_any();
    }
    let rows = (entry.suggestions.iter().enumerate())
        .map(|(at, one)| suggestion(place, entry, at, one))
        .collect_view();
    view! {
        <h3 class="above">{words::SUGGESTIONS}</h3>
        <ul class="rows suggestions">{rows}</ul>
    }
    .into_any()
}

fn suggestion(place: Place, entry: &BankEntry, at: usize, one: &Suggestion) -> AnyView {
    let due = Money::new(one.due, one.currency);
    let mark = match one.because {
        SuggestedBecause::Reference | SuggestedBecause::Number => Mark::Good,
        SuggestedBecause::NameAndAmount => Mark::Open,
        SuggestedBecause::Amount => Mark::None,
    };
    let is_first = at == 0;
    let key = is_first.then(|| place.keys.hint("A"));
    let shortcut = place.keys.shortcut("A");
    let shortcut = move || shortcut.get().filter(|_| is_first);
    let number = one.order_number.clone();
    let accept = move |_| {
        place.decision.accept(place, &number);
    };
    let is_taken = entry.claimed_by.is_some();
    let button = view! {
        <button
            type="button"
            class="button slim"
            aria-label=words::accept(&one.order_number)
            aria-keyshortcuts=shortcut
            aria-disabled=is_taken.then_some("true")
            on:click=accept
        >
            {words::ACCEPT}
            {key}
        </button>
    };
    let due = (one.due > 0).then(|| money(due));
    let due = words::due(due.as_deref());
    view! {
        <li>
            <p>{order(&one.order_number)} " " {one.buyer.clone()}</p>
            <p class="num due">{due}</p>
            <p class="small because">{ui::status(mark, words::because(one.because))}</p>
            {button}
        </li>
    }
    .into_any()
}
