//! Who may open the pages of the desk, and what everybody else sees in their place. The server
//! decides; this is its answer in words.

use leptos::prelude::*;
use membership_contract::problem::code;

use super::desk;
use crate::api::ApiError;
use crate::api::remote::Load;
use crate::pages::gate::{failed, to_sign_in};
use crate::pages::not_found;
use crate::paths::desk as paths;
use crate::session::{self, After, Who};
use crate::shell::heading::lead;
use crate::text;
use crate::text::operator as words;
use crate::ui::{self, Kind, LinkButton};

/// What the gate decides. A page is built anew only when this changes.
#[derive(Clone, PartialEq)]
enum Verdict {
    Wait,
    Failed(ApiError),
    SignIn(After),
    /// An operator without two-step sign-in.
    NoStep,
    /// Not an operator: there is nothing here.
    Nothing,
    Enter,
}

/// A page of the desk.
pub fn page(show: fn() -> AnyView) -> AnyView {
    let current = session::current();
    let desk = desk::current();
    // Whoever comes back from setting up two-step sign-in is let in.
    untrack(|| desk.look_again());
    let verdict = Memo::new(move |_| match current.who.get() {
        Who::Unknown => Verdict::Wait,
        Who::Failed(error) => Verdict::Failed(error),
        Who::Nobody(after) => Verdict::SignIn(after),
        Who::Somebody(_) => match desk.summary.load() {
            Load::Ready => Verdict::Enter,
            Load::Waiting => Verdict::Wait,
            Load::Failed(error) if error.is(code::NOT_FOUND) => Verdict::Nothing,
            Load::Failed(error) if error.is(code::SECOND_FACTOR_MISSING) => Verdict::NoStep,
            Load::Failed(error) => Verdict::Failed(error),
        },
    });
    let retry = Callback::new(move |()| {
        current.ask();
        desk.summary.reload();
    });
    (move || match verdict.get() {
        Verdict::Wait => ui::skeleton(3),
        Verdict::Failed(error) => failed(&error, retry),
        Verdict::SignIn(after) => {
            to_sign_in(after);
            ui::skeleton(3)
        }
        Verdict::NoStep => no_step(),
        Verdict::Nothing => not_found::page(),
        Verdict::Enter => show(),
    })
    .into_any()
}

/// Two-step sign-in comes first.
fn no_step() -> AnyView {
    view! {
        {lead(words::NO_STEP.to_owned(), words::NO_STEP_WHY, ())}
        <LinkButton kind=Kind::Primary href=paths::ACCOUNT.href()>
            {text::access::SET_UP}
        </LinkButton>
    }
    .into_any()
}

/// An address of the desk without a page.
pub fn missing() -> AnyView {
    view! {
        {lead(text::not_found::TITLE.to_owned(), text::not_found::ABOUT, ())}
        <LinkButton href=paths::ENTRIES.href()>{words::BANK_ENTRIES}</LinkButton>
    }
    .into_any()
}
