//! Sign-in with a local account, and back to the page that was asked for.

use leptos::prelude::*;
use membership_contract::paths as api_paths;
use membership_contract::session::{Session, SignInRequest};

use crate::api::{ApiError, Body, Method, action};
use crate::go::{Step, goer, query};
use crate::session::{self, After, Who};
use crate::shell::heading::heading;
use crate::ui::{self, FieldProblem, Tone};
use crate::{paths, text};

const EMAIL: &str = "email";
const PASSWORD: &str = "password";

/// How somebody who is signed in gets to an address, within the app that is already here.
pub fn within() -> impl Fn(&str) {
    goer(Step::Instead)
}

/// The page; `go` leads to the address that somebody wanted to see.
pub fn page(go: impl Fn(&str) + 'static) -> AnyView {
    let current = session::current();
    let query = query();
    let to = move || query.with_untracked(|query| query.get("to").unwrap_or_default());
    // Also for somebody who is signed in already, here or since then in another tab.
    Effect::new(move |_| {
        if current.session().is_some() {
            go(&paths::inside(&to()));
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
            {try_it()}
        </div>
    }
    .into_any()
}

/// The way to the preview, which is another app.
fn try_it() -> AnyView {
    view! {
        <p>
            <a rel="external" href=paths::PREVIEW.href()>{text::sign_in::TRY}</a>
        </p>
    }
    .into_any()
}

fn form() -> AnyView {
    let current = session::current();
    let email = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let problems = RwSignal::new(Vec::<FieldProblem>::new());
    let sign_in = action();

    Effect::new(move |_| {
        if let Some(error) = sign_in.error.get() {
            problems.set(refused(&error));
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let request = SignInRequest {
            email: email.get_untracked(),
            password: password.get_untracked(),
        };
        let missing = missing(&request);
        let complete = missing.is_empty();
        problems.set(missing);
        if complete {
            sign_in.run(
                Method::Post,
                api_paths::SESSION.to_owned(),
                Body::json(&request),
                move |reply| match reply.json::<Session>(api_paths::SESSION) {
                    Ok(session) => {
                        ui::live::say(&text::sign_in::welcome(&session.user.name));
                        current.enter(session);
                    }
                    Err(error) => problems.set(refused(&error)),
                },
            );
        }
    };
    let error_of = move |field: &'static str| ui::problem_at(problems, field);
    // Until the page that was asked for is there.
    let busy = Signal::derive(move || sign_in.busy.get() || current.session().is_some());
    view! {
        <form class="card" novalidate on:submit=submit>
            <div class="body form">
                <ui::ErrorSummary problems=problems />
                <ui::TextField
                    id=EMAIL
                    label=text::sign_in::EMAIL
                    value=email
                    kind="email"
                    autocomplete="username"
                    longest=254
                    error=error_of(EMAIL)
                />
                <ui::TextField
                    id=PASSWORD
                    label=text::sign_in::PASSWORD
                    value=password
                    kind="password"
                    autocomplete="current-password"
                    error=error_of(PASSWORD)
                />
                <ui::Button submit=true kind=ui::Kind::Primary busy=busy>
                    {text::sign_in::SUBMIT}
                </ui::Button>
            </div>
        </form>
    }
    .into_any()
}

/// What can be seen to be missing without asking the server.
fn missing(request: &SignInRequest) -> Vec<FieldProblem> {
    let email = match request.email.trim() {
        "" => Some(text::sign_in::EMAIL_MISSING),
        email if !email.contains('@') => Some(text::sign_in::EMAIL_FORM),
        _ => None,
    };
    let password = request
        .password
        .is_empty()
        .then_some(text::sign_in::PASSWORD_MISSING);
    [(EMAIL, email), (PASSWORD, password)]
        .into_iter()
        .filter_map(|(field, message)| {
            Some(FieldProblem {
                field: Some(field.into()),
                message: message?.to_owned(),
            })
        })
        .collect()
}

/// What the server, or its absence, says: at the field where it named one, else for the form.
fn refused(error: &ApiError) -> Vec<FieldProblem> {
    if error.passes_by_itself() {
        return vec![FieldProblem {
            field: None,
            message: text::sign_in::UNREACHABLE.to_owned(),
        }];
    }
    let mut at_fields: Vec<FieldProblem> = [EMAIL, PASSWORD]
        .into_iter()
        .filter_map(|field| {
            let message = error.at(&format!("/{field}"))?;
            Some(FieldProblem {
                field: Some(field.into()),
                message,
            })
        })
        .collect();
    if at_fields.is_empty() {
        at_fields.push(FieldProblem {
            field: None,
            message: error.detail(),
        });
    }
    at_fields
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(email: &str, password: &str) -> Vec<Option<String>> {
        let request = SignInRequest {
            email: email.into(),
            password: password.into(),
        };
        missing(&request)
            .into_iter()
            .map(|problem| problem.field.map(Into::into))
            .collect()
    }

    #[test]
    fn what_is_missing_is_said_at_its_field() {
        assert_eq!(
            fields("", ""),
            [Some(EMAIL.to_owned()), Some(PASSWORD.to_owned())]
        );
        assert_eq!(fields("nobody", "x"), [Some(EMAIL.to_owned())]);
        assert_eq!(fields(" a@example.com ", " "), []);
    }

    #[test]
    fn no_answer_is_no_wrong_password() {
        let problems = refused(&ApiError::Unreachable);
        assert_eq!(problems.len(), 1);
        assert!(problems.iter().all(|problem| problem.field.is_none()));
    }
}
