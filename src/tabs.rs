//! Signing out in one tab is signing out in all of this browser: those that are open, and those
//! that sleep and are opened again later.
//!
//! A number in the browser's storage grows with each sign-out, and each tab keeps the one that it
//! knows. A browser that refuses to remember leaves each tab to find out from the server.

use leptos::prelude::window;
use web_sys::Storage;

/// The key of the number, in the browser's storage and in the tab's.
const SIGN_OUTS: &str = "sign-outs";

/// Somebody signed out here: the other tabs are to know.
pub fn sign_out() {
    let Some(shared) = shared() else { return };
    let next = number(&shared).wrapping_add(1);
    for storage in [Some(shared), own()].into_iter().flatten() {
        let _ = storage.set_item(SIGN_OUTS, &next.to_string());
    }
}

/// Whether somebody signed out in another tab since this one asked last. A new tab has nothing to
/// forget.
pub fn was_signed_out() -> bool {
    let (Some(shared), Some(own)) = (shared(), own()) else {
        return false;
    };
    let number = number(&shared).to_string();
    let known = own.get_item(SIGN_OUTS).ok().flatten();
    let _ = own.set_item(SIGN_OUTS, &number);
    known.is_some_and(|known| known != number)
}

fn number(storage: &Storage) -> u32 {
    let kept = storage.get_item(SIGN_OUTS).ok().flatten();
    kept.and_then(|kept| kept.parse().ok()).unwrap_or(0)
}

fn shared() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn own() -> Option<Storage> {
    window().session_storage().ok().flatten()
}
