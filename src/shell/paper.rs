//! What stands on top of a printed page: whose it is, of which day, and who printed it.

use leptos::prelude::*;
use membership_contract::clock::Clock;
use membership_contract::paths;

use crate::api::cache;
use crate::{format, session, text};

/// The head of a printed page; the screen does not show it.
pub fn head() -> AnyView {
    let current = session::current();
    let day = RwSignal::new(None::<String>);
    // Every page of the workspace has read the day; nobody asks for it only to print.
    let print = window_event_listener_untyped("beforeprint", move |_| {
        let clock = cache::get(paths::CLOCK).and_then(|known| known.value.downcast::<Clock>().ok());
        day.set(clock.map(|clock| format::day(clock.now.date_naive())));
    });
    on_cleanup(move || print.remove());
    let whose = move || {
        let organization = current.organization()?;
        let id = text::shell::partner_id(&organization.partner_id);
        Some(view! {
            <b>{organization.name}</b>
            <span>{id}</span>
        })
    };
    let who = move || current.session().map(|session| session.user.name.clone());
    view! {
        <div class="paper-head">
            {whose}
            <span>{day}</span>
            <span>{who}</span>
        </div>
    }
    .into_any()
}
