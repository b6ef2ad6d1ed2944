//! What was typed into a form and not saved: kept for this tab until it is saved or its person
//! goes. A browser may refuse to keep it; then it lasts as long as the page.

use leptos::prelude::window;
use uuid::Uuid;

/// What every key begins with.
const BEGIN: &str = "typed";

/// The key of what a person typed at an address.
pub fn key(person: Uuid, organization: Uuid, address: &str) -> String {
    format!("{BEGIN} {person} {organization} {address}")
}

/// What is kept.
pub fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// Keeps a text.
pub fn set(key: &str, text: &str) {
    let _ = storage().map(|storage| storage.set_item(key, text));
}

/// Keeps it no longer.
pub fn remove(key: &str) {
    let _ = storage().map(|storage| storage.remove_item(key));
}

/// Keeps nothing that others than this person typed; without a person nothing at all.
pub fn keep_only(person: Option<Uuid>) {
    let own = person.map(|person| format!("{BEGIN} {person} "));
    let Some(storage) = storage() else { return };
    let all = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok()?);
    let others: Vec<String> = all
        .filter(|key| key.starts_with(BEGIN))
        .filter(|key| own.as_ref().is_none_or(|own| !key.starts_with(own)))
        .collect();
    for key in others {
        remove(&key);
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().session_storage().ok().flatten()
}
