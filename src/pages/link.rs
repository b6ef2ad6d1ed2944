//! What a mailed one-time link opens. Its token is behind the `#` of the address, which no server
//! sees; it is taken out of the address and the history at once, and only a press uses it.

mod join;
mod reset;

use leptos::prelude::*;
use membership_contract::link::{LinkLook, LinkToken};
use membership_contract::paths as api_paths;
use membership_contract::problem::code;
use membership_domain::link::{LinkPurpose, LinkState};

use crate::api::{ApiError, Body, Method, Reply, action};
use crate::shell::heading::lead;
use crate::text::account::link as words;
use crate::ui::{self, LinkButton};
use crate::{paths, text};

/// The page.
pub fn page() -> AnyView {
    match taken() {
        Some(token) => of(token),
        None => lead(words::LOST, words::LOST_WHY, ()),
    }
}

/// The token, which the address has no longer.
fn taken() -> Option<String> {
    let hash = window().location().hash().ok()?;
    let token = hash.strip_prefix('#').filter(|token| !token.is_empty())?;
    let nothing = wasm_bindgen::JsValue::NULL;
    let history = window().history().ok()?;
    // Where a browser refuses that, the link works all the same.
    let _ = history.replace_state_with_url(&nothing, "", Some(&paths::LINK.href()));
    Some(token.to_owned())
}

/// What the link is for, once the server said so.
fn of(token: String) -> AnyView {
    let look = RwSignal::new(None::<LinkLook>);
    let action = action();
    let token = StoredValue::new(token);
    let ask = move || {
        let body = Body::json(&LinkToken {
            token: token.get_value(),
        });
        let done = move |reply: Reply| match reply.json::<LinkLook>(api_paths::LINK_LOOK) {
            Ok(seen) => look.set(Some(seen)),
            Err(error) => action.error.set(Some(error)),
        };
        action.run(Method::Post, api_paths::LINK_LOOK.to_owned(), body, done);
    };
    ask();
    let retry = Callback::new(move |()| ask());
    (move || match (look.get(), action.error.get()) {
        (Some(look), _) => shown(&look, token.get_value()),
        (None, Some(error)) => failed(&error, retry),
        (None, None) => ui::skeleton(1),
    })
    .into_any()
}

/// What a purpose asks of the person. Each has its own address that uses the link.
fn shown(look: &LinkLook, token: String) -> AnyView {
    if look.state != LinkState::Issued {
        return ended(look);
    }
    match look.purpose {
        LinkPurpose::PasswordReset => reset::page(look, token),
        LinkPurpose::Invitation => join::page(look, token),
    }
}

fn ended(look: &LinkLook) -> AnyView {
    let (title, why) = words::ended(look.state);
    let newer = look.renewable.then(|| {
        view! { <LinkButton href=paths::FORGOT.href()>{words::NEWER}</LinkButton> }
    });
    view! {
        {lead(title, why, ())}
        <div class="cluster">
            {newer}
            <LinkButton href=paths::SIGN_IN.href()>{words::SIGN_IN}</LinkButton>
        </div>
    }
    .into_any()
}

fn failed(error: &ApiError, retry: Callback<()>) -> AnyView {
    if error.is(code::LINK_UNKNOWN) {
        return lead(words::UNKNOWN, error.detail(), ());
    }
    view! {
        {lead(error.title(), error.detail_of_reading(), ())}
        <ui::Button on_press=retry icon_name="retry">{text::errors::RETRY}</ui::Button>
    }
    .into_any()
}
