//! What the organization asks of its people when they sign in.

use leptos::prelude::*;
use membership_contract::account::SignInPolicy;
use membership_contract::paths as api_paths;
use membership_domain::id::OrganizationId;

use crate::api::{ApiError, Body, Method, action, remote};
use crate::form::Proof;
use crate::paths;
use crate::text::company::sign_in as words;
use crate::ui::{self, Button, LinkButton, Mark};

/// The card, for those who may change it.
pub fn card(organization: OrganizationId) -> AnyView {
    let policy = remote::<SignInPolicy>(move || Some(api_paths::sign_in_policy(organization)));
    let (action, proof) = (action(), Proof::new("sign-in-proof"));
    let error = RwSignal::new(None::<ApiError>);
    let set = move |needed: bool| {
        proof.attempt(move || {
            error.set(None);
            let body = Body::json(&SignInPolicy {
                admins_need_second_factor: needed,
            });
            let failed = move |refused: ApiError| {
                if !proof.wants(&refused) {
                    error.set(Some(refused));
                }
            };
            let done = Box::new(move |_| policy.reload());
            let path = api_paths::sign_in_policy(organization);
            action.run_or(Method::Put, path, body, done, Box::new(failed));
        });
    };
    let state = move |policy: &SignInPolicy| {
        let needed = policy.admins_need_second_factor;
        let (mark, says, label) = match needed {
            true => (Mark::Good, words::REQUIRED, words::LEAVE),
            false => (Mark::None, words::NOT_REQUIRED, words::REQUIRE),
        };
        let turn = Callback::new(move |()| set(!needed));
        view! {
            <p>{ui::status(mark, says)}</p>
            <p class="muted">{words::ABOUT}</p>
            <div class="cluster">
                <Button on_press=turn busy=action.busy>{label}</Button>
            </div>
        }
        .into_any()
    };
    let refused = move || {
        let error = error.get();
        error.map(|error| {
            let own = paths::ACCOUNT.href();
            let way = view! { <LinkButton href=own>{words::YOURS}</LinkButton> };
            ui::refused(error.detail(), way)
        })
    };
    view! {
        <section class="card">
            <header>
                <h2>{words::TITLE}</h2>
            </header>
            <div class="body">
                {ui::loaded(policy, move |policy| state(&policy))}
                {refused}
                {proof.view()}
            </div>
        </section>
    }
    .into_any()
}
