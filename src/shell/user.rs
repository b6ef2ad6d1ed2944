//! Who is signed in, and the way out.

use leptos::prelude::*;
use membership_contract::paths as api_paths;
use membership_contract::session::User;

use super::close_on_navigation;
use crate::api::{Body, Method, action};
use crate::session;
use crate::{paths, text, ui};

const ID: &str = "user-menu";

/// The user's menu, with the ways that a program has for them.
pub fn menu(ways: fn() -> AnyView) -> AnyView {
    close_on_navigation(ID);
    let session = session::current();
    (move || session.session().map(|session| open(&session.user, ways))).into_any()
}

/// What a member finds there.
pub fn ways() -> AnyView {
    view! {
        {way("person", text::shell::OWN_ACCOUNT, paths::ACCOUNT.href())}
        <a class="menu-item" href=|| paths::ACCESS.followed()>
            {ui::icon("access")}
            {text::shell::ACCESS}
        </a>
    }
    .into_any()
}

/// A way that stays the same.
pub fn way(icon: &'static str, label: &'static str, href: String) -> AnyView {
    view! {
        <a class="menu-item" href=href>
            {ui::icon(icon)}
            {label}
        </a>
    }
    .into_any()
}

fn open(user: &User, ways: fn() -> AnyView) -> AnyView {
    let session = session::current();
    let sign_out = action();
    let leave = move |_| {
        sign_out.run(
            Method::Delete,
            api_paths::SESSION.to_owned(),
            Body::default(),
            move |_| {
                ui::live::say(text::shell::SIGNED_OUT);
                session.sign_out();
            },
        );
    };
    view! {
        <button
            type="button"
            class="avatar"
            popovertarget=ID
            aria-label=text::shell::user_menu(&user.name)
        >
            {initials(&user.name)}
        </button>
        <div id=ID class="menu" popover="auto">
            <div class="about">
                <p class="strong">{user.name.clone()}</p>
                <p class="small muted">{user.email.clone()}</p>
            </div>
            {ways()}
            <button type="button" class="menu-item" on:click=leave>
                {ui::icon("sign-out")}
                {text::shell::SIGN_OUT}
            </button>
            {move || sign_out.error.get().map(|error| ui::note(ui::Tone::Bad, error.detail()))}
        </div>
    }
    .into_any()
}

/// The first letters of the first and the last name; the styles make capitals of them.
fn initials(name: &str) -> String {
    let mut words = name
        .split_whitespace()
        .filter_map(|word| word.chars().next());
    let first = words.next();
    first.into_iter().chain(words.next_back()).collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_of_first_and_last_name() {
        assert_eq!(initials("Lena Maria Bauer"), "LB");
        assert_eq!(initials("  élodie "), "é");
        assert_eq!(initials(""), "");
    }
}
