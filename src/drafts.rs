//! What was typed into a form and not saved: kept for this tab until it is saved or its person
//! goes. A browser may refuse to keep it; then it lasts as long as the page.

use leptos::prelude::{untrack, window};
use membership_domain::id::{OrganizationId, UserId};

use crate::{paths, session};

/// Whoever types without an account.
pub const NOBODY: UserId = UserId::nil();

/// What every key begins with.
const BEGIN: &str = "typed";

/// The key of what a person typed at an address.
pub fn key(person: UserId, organization: OrganizationId, address: &str) -> String {
    format!("{BEGIN} {person} {organization} {address}")
}

/// The key of the page's address, for the person who is signed in.
pub fn here(organization: OrganizationId) -> String {
    let person = untrack(|| session::current().session());
    let person = person.map_or(NOBODY, |session| session.user.id);
    let place = window().location();
    let [path, query] = [place.pathname(), place.search()].map(Result::unwrap_or_default);
    key(
        person,
        organization,
        &(paths::page_of(&path).to_owned() + &query),
    )
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

/// This person is signed in, or nobody is any more: keeps nothing that others typed. What was typed
/// without an account is the browser's, and stays; and a preview ends nobody's session.
pub fn keep_only(person: Option<UserId>) {
    if person != Some(NOBODY) {
        forget(&|one| one == NOBODY || Some(one) == person);
    }
}

/// Keeps nothing that was typed without an account.
pub fn forget_nobodys() {
    forget(&|one| one != NOBODY);
}

fn forget(but: &dyn Fn(UserId) -> bool) {
    let Some(storage) = storage() else { return };
    let all = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok()?);
    let person = |key: &str| key.split(' ').nth(1)?.parse().ok();
    let others: Vec<String> = all
        .filter(|key| key.starts_with(BEGIN) && !person(key).is_some_and(but))
        .collect();
    for key in others {
        remove(&key);
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().session_storage().ok().flatten()
}
