//! Sign-in with a local account, and back to the page that was asked for.

use leptos::prelude::*;
use membership_contract::check::LONGEST_PASSWORD;
use membership_contract::check::{Check as _, LONGEST_EMAIL};
use membership_contract::paths as api_paths;
use membership_contract::problem::{FieldError, code};
use membership_contract::session::{Session, SignInRequest};

use crate::api::{Body, Method, Reply, boot};
use crate::form::{Field, Form, Kind, Phase};
use crate::go::{Step, query, use_go};
use crate::session::{self, After, Who};
use crate::shell::heading::heading;
use crate::ui::{self, FieldProblem, Tone};
use crate::{paths, text};

const EMAIL: &str = "email";
const PASSWORD: &str = "password";
const CODE: &str = "code";

/// How somebody who is signed in gets to an address, within the app that is already here.
pub fn within() -> impl Fn(&str) {
    use_go(Step::Instead)
}

/// The page; `go` leads to the address that somebody wanted to see.
pub fn page(go: impl Fn(&str) + 'static) -> AnyView {
    let current = session::current();
    let query = query();
    let to = move || query.with_untracked(|query| query.get("to").unwrap_or_default());
    // Also for somebody who is signed in already, here or since then in another tab.
    Effect::new(move |_| {
        let Some(session) = current.session() else {
            return;
        };
        let to = paths::inside(&to());
        // Somebody without an organization may work at the desk, which is another program.
        match session.organizations.is_empty() {
            true => boot::enter(&to),
            false => go(&to),
        }
    });
    let why = move || {
        let asked = query.with(|query| query.get_str("to").is_some());
        match (current.who.get(), asked) {
            (Who::Nobody(After::Expiry), _) => Some(ui::note(Tone::Info, text::sign_in::ENDED)),
            (Who::Nobody(After::SignOut), _) => Some(ui::note(Tone::Good, text::shell::SIGNED_OUT)),
            (_, true) => Some(ui::note(Tone::Info, text::sign_in::FIRST)),
            _ => None,
        }
    };
    view! {
        <div class="sign-in">
            <div>
                {heading(text::sign_in::TITLE.to_owned())}
                <p class="muted">{text::sign_in::ABOUT}</p>
            </div>
            {why}
            {form()}
            {others()}
        </div>
    }
    .into_any()
}

/// The ways to another password, and to the preview; each is another program.
fn others() -> AnyView {
    view! {
        <p class="cluster">
            <a rel="external" href=paths::FORGOT.href()>{text::sign_in::FORGOT}</a>
            <a rel="external" href=paths::PREVIEW.href()>{text::sign_in::TRY}</a>
        </p>
    }
    .into_any()
}

static FIELDS: [Field; 3] = [
    Field::new(EMAIL, text::sign_in::EMAIL, Kind::Email)
        .autocomplete("username")
        .longest(LONGEST_EMAIL as u32),
    Field::new(PASSWORD, text::sign_in::PASSWORD, Kind::Password)
        .autocomplete("current-password")
        .longest(LONGEST_PASSWORD as u32),
    // Asked for once the server says that the account has a second step.
    Field::new(CODE, text::sign_in::CODE, Kind::Short)
        .hint(text::sign_in::CODE_HINT)
        .autocomplete("one-time-code"),
];

fn form() -> AnyView {
    let current = session::current();
    let form = Form::new("sign-in", &FIELDS);
    let second = RwSignal::new(false);
    let enter = Callback::new(move |()| {
        let request = SignInRequest {
            email: form.text(EMAIL),
            password: form.text(PASSWORD),
            code: second.get_untracked().then(|| form.text(CODE)),
        };
        let wrong = wrong(&request);
        if !wrong.is_empty() {
            return form.refuse(&wrong);
        }
        let done = move |reply: Reply| match reply.json::<Session>(api_paths::SESSION) {
            Ok(session) => {
                ui::live::say(&text::sign_in::welcome(&session.user.name));
                current.enter(session);
            }
            Err(error) => form.failed(&error),
        };
        let path = api_paths::SESSION.to_owned();
        let request = (Method::Post, path, Body::json(&request));
        form.send(Phase::Sending, request, done, move |error| {
            if error.passes_by_itself() {
                let message = text::sign_in::UNREACHABLE;
                form.problems.set(vec![FieldProblem::of_form(message)]);
            } else if error.is(code::CODE_REQUIRED) {
                second.set(true);
                ui::after_paint(to_code);
            } else {
                form.failed(&error);
            }
        });
    });
    // Until the page that was asked for is there.
    let entered = Signal::derive(move || current.session().is_some());
    let inside = view! {
        {form.control(EMAIL)}
        {form.control(PASSWORD)}
        {move || second.get().then(|| form.control(CODE))}
        <div class="cluster">{form.submit(text::sign_in::SUBMIT, entered)}</div>
    };
    view! {
        <div class="card">
            <div class="body">{form.view("form", enter, inside.into_any())}</div>
        </div>
    }
    .into_any()
}

/// The next thing to type.
fn to_code() {
    if let Some(code) = document().get_element_by_id("sign-in-code") {
        ui::focus_first(&code, "input");
    }
}

/// What can be seen to be wrong without asking the server.
fn wrong(request: &SignInRequest) -> Vec<FieldError> {
    let mut wrong = request.check();
    let email = "/email";
    // The server need not know: it has no account of such an address.
    if !request.email.contains('@') && wrong.iter().all(|one| one.pointer != email) {
        let message = text::sign_in::EMAIL_FORM;
        wrong.insert(0, FieldError::new(email, code::INVALID, message));
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(email: &str, password: &str) -> Vec<String> {
        let request = SignInRequest {
            email: email.into(),
            password: password.into(),
            code: None,
        };
        let wrong = wrong(&request).into_iter();
        wrong.map(|error| error.pointer).collect()
    }

    #[test]
    fn what_is_missing_is_said_at_its_field() {
        assert_eq!(places("", ""), ["/email", "/password"]);
        assert_eq!(places("nobody", "x"), ["/email"]);
        assert!(places(" a@example.com ", " ").is_empty());
    }
}
