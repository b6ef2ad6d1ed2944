//! The column in which it is decided.

use leptos::prelude::*;
use membership_contract::desk::BankDecisionKind;
use membership_domain::purchase::bank::BankEntryState;

use super::super::done::{self, can_undo};
use super::super::{Place, money};
use super::{NOTE, NUMBER, choices};
use crate::operator::keys;
use crate::text::operator::entries as words;
use crate::ui::{self, Button};

/// The column.
pub fn card(place: Place) -> AnyView {
    let state = Memo::new(move |_| place.open.with(|open| open.as_ref().map(|one| one.state)));
    let inside = move || match state.get() {
        Some(state) if !choices(state).is_empty() => form(place, state),
        _ => view! { <p class="muted">{words::NOTHING_TO_DECIDE}</p> }.into_any(),
    };
    view! {
        <section class="card decision" aria-labelledby="desk-decision">
            <header>
                <h2 id="desk-decision">{words::DECISION}</h2>
            </header>
            <div class="body">{inside}</div>
        </section>
    }
    .into_any()
}

fn form(place: Place, state: BankEntryState) -> AnyView {
    let decision = place.decision;
    let (form, kind) = (decision.form, decision.kind);
    let enter = Callback::new(move |()| {
        decision.decide(place);
    });
    let picks = choices(state)
        .iter()
        .map(|(kind, key)| pick(place, *kind, key));
    let number =
        move || (kind.get() == Some(BankDecisionKind::Assign)).then(|| form.control(NUMBER));
    let hint = move || {
        kind.get()
            .map(|kind| view! { <p class="small muted">{words::hint(kind)}</p> })
    };
    let label = move || match kind.get() {
        Some(kind) => {
            let amount = place
                .open
                .with(|open| open.as_ref().map(|one| money(one.money)));
            words::submit(kind, &amount.unwrap_or_default())
        }
        None => words::SUBMIT.to_owned(),
    };
    let blocked = Signal::derive(move || decision.blocked(place));
    let busy = Signal::derive(move || form.busy());
    let inside = view! {
        <fieldset class="picks">
            <legend class="visually-hidden">{words::DECISION}</legend>
            {picks.collect_view()}
        </fieldset>
        {number}
        {form.control(NOTE)}
        {hint}
        <div class="decide">
            <Button submit=true kind=ui::Kind::Primary blocked=blocked busy=busy>
                {label}
                {place.keys.hint(keys::DECIDE)}
            </Button>
            {keep(place, state)}
        </div>
    };
    form.view("form", enter, inside.into_any())
}

fn pick(place: Place, kind: BankDecisionKind, key: &'static str) -> AnyView {
    let decision = place.decision;
    let chosen = move || decision.kind.get() == Some(kind);
    let choose = move |_| {
        if let Some(entry) = place.open.get_untracked() {
            decision.choose(&entry, kind);
        }
    };
    let shortcut = place.keys.shortcut(key);
    view! {
        <label class="pick" class:chosen=chosen>
            <input
                type="radio"
                name="decision"
                prop:checked=chosen
                on:change=choose
                aria-keyshortcuts=move || shortcut.get()
            />
            <span>{words::choice(kind)}</span>
            {place.keys.hint(key)}
        </label>
    }
    .into_any()
}

/// Takes back that it goes back.
fn keep(place: Place, state: BankEntryState) -> AnyView {
    let undo = Callback::new(move |()| {
        done::undo(place);
    });
    can_undo(state)
        .then(|| {
            view! {
                <Button on_press=undo busy=place.decision.undoing.busy>
                    {words::KEEP}
                    {place.keys.hint("U")}
                </Button>
            }
        })
        .into_any()
}
