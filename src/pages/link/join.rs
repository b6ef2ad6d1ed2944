//! Joining an organization by an invitation, or declining it.

use leptos::prelude::*;
use membership_contract::check::LONGEST_PASSWORD;
use membership_contract::invitations::{InvitationAcceptance, InvitationRefusal};
use membership_contract::link::{LinkLook, check_new_account};
use membership_contract::paths as api_paths;
use membership_contract::problem::code;

use crate::api::{ApiError, Body, Method, action};
use crate::form::{Field, Form, Kind, Phase};
use crate::go::{Step, use_go};
use crate::shell::heading::lead;
use crate::text::account;
use crate::text::users::join as words;
use crate::ui::{self, Button, LinkButton, Tone};
use crate::{paths, session};

const NAME: &str = "name";
const PASSWORD: &str = "password";

static FIELDS: [Field; 2] = [
    Field::new(NAME, words::NAME, Kind::Text).autocomplete("name"),
    Field::new(PASSWORD, account::NEW, Kind::Password)
        .hint(account::NEW_HINT)
        .autocomplete("new-password")
        .longest(LONGEST_PASSWORD as u32),
];

/// The page as its parts share it.
#[derive(Clone, Copy)]
struct Page {
    token: StoredValue<String>,
    form: Form,
    declining: crate::api::action::Action,
    declined: RwSignal<bool>,
    /// Somebody with an account joins with it.
    has_account: bool,
}

/// The form, and what follows it.
pub fn page(look: &LinkLook, token: String) -> AnyView {
    let page = Page {
        token: StoredValue::new(token),
        form: Form::new("join", &FIELDS),
        declining: action(),
        declined: RwSignal::new(false),
        has_account: look.has_account,
    };
    let organization = look.organization.clone().unwrap_or_default();
    let (title, about) = (words::title(&organization), words::about(&look.email));
    let email = look.email.clone();
    (move || match page.declined.get() {
        true => lead(words::DECLINED, words::DECLINED_WHY, ()),
        false => view! {
            <div class="sign-in">
                {lead(title.clone(), about.clone(), ())}
                <div class="card">
                    <div class="body">{page.inside(&email)}</div>
                </div>
            </div>
        }
        .into_any(),
    })
    .into_any()
}

impl Page {
    fn inside(self, email: &str) -> AnyView {
        let signed_in = session::current().user();
        let is_theirs = signed_in.is_some_and(|user| user.email == email);
        if self.has_account && !is_theirs {
            return view! {
                <p>{words::HAVE}</p>
                <div class="cluster">
                    <LinkButton kind=ui::Kind::Primary href=paths::SIGN_IN.href()>
                        {words::SIGN_IN}
                    </LinkButton>
                    {self.decline()}
                </div>
            }
            .into_any();
        }
        let enter = Callback::new(move |()| self.accept());
        let fields = (!self.has_account).then(|| {
            view! { {self.form.control(NAME)} {self.form.control(PASSWORD)} }
        });
        let inside = view! {
            {fields}
            <div class="cluster">
                {self.form.submit(words::ACCEPT, Signal::stored(false))} {self.decline()}
            </div>
        };
        self.form.view("form", enter, inside.into_any())
    }

    fn decline(self) -> AnyView {
        let press = Callback::new(move |()| {
            let body = Body::json(&InvitationRefusal {
                token: self.token.get_value(),
            });
            let path = api_paths::INVITATION_REFUSAL.to_owned();
            let done = move |_| self.declined.set(true);
            self.declining.run(Method::Post, path, body, done);
        });
        let failed = move || {
            let error = self.declining.error.get();
            error.map(|error| ui::note(Tone::Bad, error.detail()))
        };
        view! {
            <Button kind=ui::Kind::Subtle on_press=press busy=self.declining.busy>
                {words::DECLINE}
            </Button>
            {failed}
        }
        .into_any()
    }

    fn accept(self) {
        let (name, password) = (self.form.text(NAME), self.form.text(PASSWORD));
        if !self.has_account {
            let wrong = check_new_account(&name, &password);
            if !wrong.is_empty() {
                return self.form.refuse(&wrong);
            }
        }
        let request = InvitationAcceptance {
            token: self.token.get_value(),
            name: (!self.has_account).then_some(name),
            password: (!self.has_account).then_some(password),
        };
        let (current, go) = (session::current(), use_go(Step::Instead));
        let done = move |_| {
            self.form.signal(PASSWORD).set(String::new());
            current.ask();
            go(&paths::ACCESS.href());
        };
        let path = api_paths::INVITATION_ACCEPTANCE.to_owned();
        let request = (Method::Post, path, Body::json(&request));
        let failed = move |error: ApiError| {
            if error.is(code::NOT_PERMITTED) {
                current.ask();
            }
            self.form.failed(&error);
        };
        self.form.send(Phase::Sending, request, done, failed);
    }
}
