//! Another password, by a link.

use leptos::prelude::*;
use membership_contract::check::Check as _;
use membership_contract::check::LONGEST_PASSWORD;
use membership_contract::link::{LinkLook, PasswordResetUse};
use membership_contract::paths as api_paths;

use crate::api::{Body, Method};
use crate::form::{Field, Form, Kind, Phase};
use crate::shell::heading::heading;
use crate::text::account;
use crate::text::account::link as words;
use crate::ui::{self, LinkButton};
use crate::{paths, session};

const PASSWORD: &str = "password";

static FIELDS: [Field; 1] = [Field::new(PASSWORD, account::NEW, Kind::Password)
    .hint(account::NEW_HINT)
    .autocomplete("new-password")
    .longest(LONGEST_PASSWORD as u32)];

/// The form, and what follows it.
pub fn page(look: &LinkLook, token: String) -> AnyView {
    let form = Form::new("reset", &FIELDS);
    let set = RwSignal::new(false);
    let title = Signal::derive(move || {
        let title = if set.get() { words::DONE } else { words::RESET };
        title.to_owned()
    });
    let email = look.email.clone();
    let shown = move || match set.get() {
        true => done(),
        false => {
            let enter = enter(form, token.clone(), set);
            let inside = view! {
                <p class="muted">{words::of(&email)}</p>
                {form.control(PASSWORD)}
                <div class="cluster">{form.submit(words::SET, Signal::stored(false))}</div>
            };
            view! {
                <div class="card">
                    <div class="body">{form.view("form", enter, inside.into_any())}</div>
                </div>
            }
            .into_any()
        }
    };
    view! {
        <div class="sign-in">
            {heading(title)}
            {shown}
        </div>
    }
    .into_any()
}

fn enter(form: Form, token: String, set: RwSignal<bool>) -> Callback<()> {
    let current = session::current();
    Callback::new(move |()| {
        let request = PasswordResetUse {
            token: token.clone(),
            password: form.text(PASSWORD),
        };
        let wrong = request.check();
        if !wrong.is_empty() {
            return form.refuse(&wrong);
        }
        let done = move |_| {
            form.signal(PASSWORD).set(String::new());
            ui::live::say(words::DONE);
            set.set(true);
            // A session of the account in this browser ended, too.
            current.ask();
        };
        let path = api_paths::PASSWORD_RESET.to_owned();
        let request = (Method::Put, path, Body::json(&request));
        form.send(Phase::Sending, request, done, move |error| {
            form.failed(&error);
        });
    })
}

fn done() -> AnyView {
    view! {
        <p>{words::DONE_WHY}</p>
        <LinkButton kind=ui::Kind::Primary href=paths::SIGN_IN.href()>
            {words::SIGN_IN}
        </LinkButton>
    }
    .into_any()
}
