//! Another password for oneself.

use leptos::prelude::*;
use membership_contract::account::PasswordChange;
use membership_contract::check::Check as _;
use membership_contract::check::LONGEST_PASSWORD;
use membership_contract::paths as api_paths;

use super::card as titled;
use crate::api::{Body, Method};
use crate::form::{Field, Form, Kind, Phase};
use crate::text::account as words;
use crate::ui::{self, Tone};

const OLD: &str = "old";
const NEW: &str = "new";

static FIELDS: [Field; 2] = [
    Field::new(OLD, words::OLD, Kind::Password)
        .autocomplete("current-password")
        .longest(LONGEST_PASSWORD as u32),
    Field::new(NEW, words::NEW, Kind::Password)
        .hint(words::NEW_HINT)
        .autocomplete("new-password")
        .longest(LONGEST_PASSWORD as u32),
];

/// The form.
pub fn card() -> AnyView {
    let form = Form::new("password", &FIELDS);
    let changed = RwSignal::new(false);
    let enter = Callback::new(move |()| {
        changed.set(false);
        let request = PasswordChange {
            old: form.text(OLD),
            new: form.text(NEW),
        };
        let wrong = request.check();
        if !wrong.is_empty() {
            return form.refuse(&wrong);
        }
        let done = move |_| {
            for name in [OLD, NEW] {
                form.signal(name).set(String::new());
            }
            changed.set(true);
            ui::live::say(words::CHANGED);
        };
        let path = api_paths::PASSWORD.to_owned();
        let request = (Method::Put, path, Body::json(&request));
        form.send(Phase::Sending, request, done, move |error| {
            form.failed(&error);
        });
    });
    let inside = view! {
        {form.control(OLD)}
        {form.control(NEW)}
        <div class="cluster">{form.submit(words::CHANGE, Signal::stored(false))}</div>
    };
    titled(
        words::PASSWORD,
        view! {
            <p class="muted">{words::PASSWORD_ABOUT}</p>
            {form.view("form", enter, inside.into_any())}
            {move || changed.get().then(|| ui::note(Tone::Good, words::CHANGED))}
        },
    )
}
