//! Asks for a link to reset a password.

use leptos::prelude::*;
use membership_contract::check::{Check as _, LONGEST_EMAIL};
use membership_contract::link::PasswordResetRequest;
use membership_contract::paths as api_paths;

use crate::api::{Body, Method};
use crate::form::{Field, Form, Kind, Phase};
use crate::shell::heading::heading;
use crate::text::account::forgot as words;
use crate::{paths, ui};

const EMAIL: &str = "email";

static FIELDS: [Field; 1] = [Field::new(EMAIL, words::EMAIL, Kind::Email)
    .autocomplete("username")
    .longest(LONGEST_EMAIL as u32)];

/// The page.
pub fn page() -> AnyView {
    // To which address a link was asked for, if it was.
    let sent = RwSignal::new(None::<String>);
    let form = Form::new("forgot", &FIELDS);
    let title = Signal::derive(move || {
        let sent = sent.with(Option::is_some);
        (if sent { words::SENT } else { words::TITLE }).to_owned()
    });
    let shown = move || match sent.get() {
        Some(email) => view! { <p>{words::sent_to(&email)}</p> }.into_any(),
        None => ask(form, sent),
    };
    view! {
        <div class="sign-in">
            {heading(title)}
            {shown}
            <p>
                <a href=paths::SIGN_IN.href()>{words::BACK}</a>
            </p>
        </div>
    }
    .into_any()
}

fn ask(form: Form, sent: RwSignal<Option<String>>) -> AnyView {
    let enter = Callback::new(move |()| {
        let request = PasswordResetRequest {
            email: form.text(EMAIL),
        };
        let wrong = request.check();
        if !wrong.is_empty() {
            return form.refuse(&wrong);
        }
        let email = request.email.trim().to_owned();
        let done = move |_| {
            ui::live::say(words::SENT);
            sent.set(Some(email));
        };
        let path = api_paths::PASSWORD_RESET.to_owned();
        let request = (Method::Post, path, Body::json(&request));
        form.send(Phase::Sending, request, done, move |error| {
            form.failed(&error);
        });
    });
    let inside = view! {
        {form.control(EMAIL)}
        <div class="cluster">{form.submit(words::SEND, Signal::stored(false))}</div>
    };
    view! {
        <p class="muted">{words::ABOUT}</p>
        <div class="card">
            <div class="body">{form.view("form", enter, inside.into_any())}</div>
        </div>
    }
    .into_any()
}
