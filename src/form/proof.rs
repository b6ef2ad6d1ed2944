//! A fresh proof of who somebody is, asked for in place: what was typed stays, and what was refused
//! for the lack of one is done again.

use leptos::prelude::*;
use membership_contract::account::Proof as Request;
use membership_contract::check::Check as _;
use membership_contract::check::LONGEST_PASSWORD;
use membership_contract::paths as api_paths;
use membership_contract::problem::code;

use super::{Field, Form, Kind, Phase};
use crate::api::{ApiError, Body, Method};
use crate::text::account as words;
use crate::ui::{self, Button};

const PASSWORD: &str = "password";
const CODE: &str = "code";

static FIELDS: [Field; 2] = [
    Field::new(PASSWORD, words::PASSWORD, Kind::Password)
        .autocomplete("current-password")
        .longest(LONGEST_PASSWORD as u32),
    Field::new(CODE, words::CODE, Kind::Short)
        .hint(words::CODE_HINT)
        .autocomplete("one-time-code"),
];

/// What a card or a page needs whose writes may ask for a proof. Do each of them by
/// [`attempt`](Self::attempt), ask [`wants`](Self::wants) about each refusal, and show
/// [`view`](Self::view) outside of any form.
#[derive(Clone, Copy)]
pub struct Proof {
    /// What was tried last.
    tried: StoredValue<Option<Callback<()>>>,
    asked: RwSignal<bool>,
    by_code: RwSignal<bool>,
    form: Form,
}

impl Proof {
    /// One for each card; the ids of its controls begin with `id`.
    pub fn new(id: &'static str) -> Self {
        Self {
            tried: StoredValue::new(None),
            asked: RwSignal::new(false),
            by_code: RwSignal::new(false),
            form: Form::new(id, &FIELDS),
        }
    }

    /// Does something that may be refused until there is a proof.
    pub fn attempt(self, work: impl Fn() + Send + Sync + 'static) {
        let work = Callback::new(move |()| work());
        self.tried.set_value(Some(work));
        work.run(());
    }

    /// Whether a refusal asks for a proof. Then that is asked for here, and what was tried is done
    /// again after it.
    pub fn wants(self, error: &ApiError) -> bool {
        let wanted = error.is(code::PROOF_REQUIRED);
        if wanted {
            // The page may be gone by then.
            self.asked.try_set(true);
        }
        wanted
    }

    /// The question, while there is one.
    pub fn view(self) -> AnyView {
        (move || self.asked.get().then(|| self.question())).into_any()
    }

    fn question(self) -> AnyView {
        let form = self.form;
        let name = move || if self.by_code.get() { CODE } else { PASSWORD };
        let enter = Callback::new(move |()| self.send());
        let turn = Callback::new(move |()| {
            self.by_code.update(|by_code| *by_code = !*by_code);
            form.problems.set(Vec::new());
        });
        let give_up = Callback::new(move |()| self.over());
        let other = move || match self.by_code.get() {
            true => words::proof::BY_PASSWORD,
            false => words::proof::BY_CODE,
        };
        let inside = view! {
            {move || form.control(name())}
            <div class="cluster">
                {form.submit(words::proof::CONFIRM, Signal::stored(false))}
                <Button kind=ui::Kind::Subtle on_press=turn>{other}</Button>
                <Button kind=ui::Kind::Subtle on_press=give_up>{words::CANCEL}</Button>
            </div>
        };
        let title = ui::id::unique("proof");
        let card = NodeRef::<leptos::html::Section>::new();
        // Whoever pressed something is led to what it needs now.
        Effect::new(move |_| {
            if let Some(card) = card.get() {
                ui::focus_first(&card, "input");
            }
        });
        view! {
            <section class="card" aria-labelledby=title.clone() node_ref=card>
                <div class="body">
                    <h3 id=title.clone()>{words::proof::TITLE}</h3>
                    <p class="muted">{words::proof::WHY}</p>
                    {form.view("form", enter, inside.into_any())}
                </div>
            </section>
        }
        .into_any()
    }

    fn send(self) {
        let form = self.form;
        let request = match self.by_code.get_untracked() {
            true => Request {
                code: Some(form.text(CODE)),
                password: None,
            },
            false => Request {
                password: Some(form.text(PASSWORD)),
                code: None,
            },
        };
        let wrong = request.check();
        if !wrong.is_empty() {
            return form.refuse(&wrong);
        }
        let done = move |_| {
            self.over();
            if let Some(again) = self.tried.try_get_value().flatten() {
                again.run(());
            }
        };
        let path = api_paths::PROOF.to_owned();
        let request = (Method::Post, path, Body::json(&request));
        form.send(Phase::Checking, request, done, move |error| {
            form.failed(&error);
        });
    }

    /// No question any more, and nothing typed into it is kept.
    fn over(self) {
        for name in [PASSWORD, CODE] {
            self.form.signal(name).try_set(String::new());
        }
        self.form.problems.try_set(Vec::new());
        self.asked.try_set(false);
    }
}
