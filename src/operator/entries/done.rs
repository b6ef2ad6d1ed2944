//! What was decided last, and taking it back where nothing came of it yet.

use leptos::prelude::*;
use membership_contract::paths as api_paths;
use membership_domain::id::BankEntryId;
use membership_domain::purchase::bank::{BankCommand, BankEntryState};

use super::Place;
use crate::api::{Body, Method};
use crate::text::operator::entries as words;
use crate::ui::{self, Button, Tone};

/// The last decision of this page.
#[derive(Clone)]
pub struct Last {
    /// About what.
    pub id: BankEntryId,
    /// What was done, in words.
    pub said: String,
    /// Whether it can be taken back.
    pub can_undo: bool,
}

/// The line that says it.
pub fn bar(place: Place) -> AnyView {
    let undo = Callback::new(move |()| {
        undo(place);
    });
    (move || {
        place.last.get().map(|last| {
            let way = last.can_undo.then(|| {
                view! {
                    <Button on_press=undo busy=place.decision.undoing.busy>
                        {words::UNDO}
                        {place.keys.hint("U")}
                    </Button>
                }
            });
            view! {
                <div class="done">
                    {ui::note(Tone::Good, view! { <p>{last.said}</p> {way} })}
                </div>
            }
        })
    })
    .into_any()
}

/// Takes back the last decision, else that about the entry that is open; whether there is one.
pub fn undo(place: Place) -> bool {
    let last = place.last.get_untracked().filter(|last| last.can_undo);
    let open = place.open.get_untracked();
    let open = open.filter(|entry| can_undo(entry.state));
    let Some(id) = last.map(|last| last.id).or(open.map(|entry| entry.id)) else {
        return false;
    };
    let path = api_paths::DESK_BANK_DECISION.replace("{entry}", &id.to_string());
    let done = Box::new(move |_| {
        place.last.try_set(None);
        ui::live::say(words::UNDONE);
        let to = place.href(id);
        place.go.try_with_value(|go| go(&to));
        place.changed();
    });
    let failed = Box::new(move |error: crate::api::ApiError| {
        place.decision.form.failed(&error);
        place.changed();
    });
    let action = place.decision.undoing;
    action.run_or(Method::Delete, path, Body::default(), done, failed);
    true
}

/// Whether what was decided about an entry can be taken back.
pub fn can_undo(state: BankEntryState) -> bool {
    state.allows(&BankCommand::Undo)
}
