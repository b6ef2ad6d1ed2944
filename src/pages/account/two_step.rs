//! Two-step sign-in: on or off, and what turns it.

use leptos::prelude::*;
use membership_contract::account::{RecoveryCodes, Totp, TotpSetup};
use membership_contract::paths as api_paths;

use super::card as titled;
use super::setup;
use crate::api::{ApiError, Body, Method, Remote, Reply, action, remote};
use crate::form::Proof;
use crate::text::account as words;
use crate::ui::{self, Button, Mark, Tone};
use crate::{format, session};

/// What the card shows.
#[derive(Clone)]
enum Step {
    /// Whether it is on.
    State,
    /// How an app is set up.
    Setup(TotpSetup),
    /// New recovery codes, this once.
    Codes(RecoveryCodes),
}

/// The card, as its parts share it.
#[derive(Clone, Copy)]
struct Card {
    totp: Remote<Totp>,
    step: RwSignal<Step>,
    action: crate::api::action::Action,
    error: RwSignal<Option<ApiError>>,
    proof: Proof,
}

/// The card.
pub fn card() -> AnyView {
    let card = Card {
        totp: remote::<Totp>(|| Some(api_paths::TOTP.to_owned())),
        step: RwSignal::new(Step::State),
        action: action(),
        error: RwSignal::new(None),
        proof: Proof::new("two-step-proof"),
    };
    let shown = move || match card.step.get() {
        Step::State => ui::loaded(card.totp, move |totp| card.state(&totp)),
        Step::Setup(setup) => {
            let confirmed = Callback::new(move |codes| {
                ui::live::say(words::TURNED_ON);
                // Organizations that ask for it open again.
                session::current().ask();
                card.step.set(Step::Codes(codes));
            });
            let cancel = Callback::new(move |()| card.back());
            setup::view(&setup, confirmed, cancel)
        }
        Step::Codes(codes) => card.codes(&codes),
    };
    let failed = move || {
        let error = card.error.get();
        error.map(|error| ui::note(Tone::Bad, error.detail()))
    };
    titled(
        words::TWO_STEP,
        view! {
            {shown}
            {failed}
            {card.proof.view()}
        },
    )
}

impl Card {
    /// Asks the server for something that may want a proof.
    fn ask(self, method: Method, path: &'static str, done: fn(Self, Reply)) {
        self.proof.attempt(move || {
            self.error.set(None);
            let failed = move |error: ApiError| {
                if !self.proof.wants(&error) {
                    self.error.set(Some(error));
                }
            };
            let done = Box::new(move |reply| done(self, reply));
            let path = path.to_owned();
            (self.action).run_or(method, path, Body::default(), done, Box::new(failed));
        });
    }

    /// Shows what an answer brought.
    fn show<T: serde::de::DeserializeOwned>(self, reply: &Reply, path: &str, step: fn(T) -> Step) {
        match reply.json::<T>(path) {
            Ok(brought) => self.step.set(step(brought)),
            Err(error) => self.error.set(Some(error)),
        }
    }

    fn back(self) {
        self.step.set(Step::State);
        self.totp.reload();
    }

    fn state(self, totp: &Totp) -> AnyView {
        let busy = self.action.busy;
        let asked_by = (!totp.asked_by.is_empty())
            .then(|| ui::note(Tone::Info, words::asked_by(&format::list(&totp.asked_by))));
        let Some(since) = totp.since else {
            let begin = Callback::new(move |()| {
                self.ask(Method::Post, api_paths::TOTP, |card, reply| {
                    card.show(&reply, api_paths::TOTP, Step::Setup);
                });
            });
            return view! {
                <p class="muted">{words::TWO_STEP_ABOUT}</p>
                {asked_by}
                <p>{ui::status(Mark::None, words::OFF)}</p>
                <div class="cluster">
                    <Button on_press=begin busy=busy>{words::TURN_ON}</Button>
                </div>
            }
            .into_any();
        };
        let renew = Callback::new(move |()| {
            self.ask(Method::Post, api_paths::RECOVERY_CODES, |card, reply| {
                card.show(&reply, api_paths::RECOVERY_CODES, Step::Codes);
            });
        });
        let turn_off = Callback::new(move |()| {
            self.ask(Method::Delete, api_paths::TOTP, |card, _| {
                session::current().ask();
                card.back();
            });
        });
        let since = words::since(&format::day(since.date_naive()));
        view! {
            {asked_by}
            <p>{ui::status(Mark::Good, since)}</p>
            <p class="muted">{words::codes_left(totp.recovery_codes)}</p>
            <div class="cluster">
                <Button on_press=renew busy=busy>{words::NEW_CODES}</Button>
                <Button on_press=turn_off busy=busy>{words::TURN_OFF}</Button>
            </div>
        }
        .into_any()
    }

    fn codes(self, codes: &RecoveryCodes) -> AnyView {
        let saved = Callback::new(move |()| self.back());
        let code = |code: &String| view! { <li class="num">{code.clone()}</li> };
        view! {
            <h3>{words::CODES}</h3>
            <p>{words::CODES_ABOUT}</p>
            <ul class="recovery">{codes.codes.iter().map(code).collect_view()}</ul>
            <div class="cluster">
                <Button kind=ui::Kind::Primary on_press=saved>{words::SAVED}</Button>
            </div>
        }
        .into_any()
    }
}
