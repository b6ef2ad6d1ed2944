//! The operator's own account: password, two-step sign-in, sessions. What anybody has, with the way
//! back to the desk.

use leptos::prelude::*;

use crate::pages::account;
use crate::paths::desk as paths;
use crate::text::operator as words;
use crate::ui;

/// The page. It opens without two-step sign-in, which is set up here.
pub fn page() -> AnyView {
    let desk = (words::BANK_ENTRIES.to_owned(), paths::ENTRIES.href());
    view! {
        {ui::crumbs(vec![desk])}
        {account::page()}
    }
    .into_any()
}
