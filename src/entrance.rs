//! What whoever is not signed in meets in place of every page, and the way into the workspace.

use leptos::prelude::*;

use crate::api::boot;
use crate::pages::gate;
use crate::session::{self, Who};
use crate::ui;

/// In place of every page: leads to sign-in, or onward when somebody is signed in after all.
pub fn closed() -> AnyView {
    let current = session::current();
    let retry = Callback::new(move |()| current.ask());
    (move || match current.who.get() {
        Who::Unknown => ui::skeleton(3),
        Who::Failed(error) => gate::failed(&error, retry),
        Who::Nobody(after) => {
            gate::to_sign_in(after);
            ui::skeleton(3)
        }
        Who::Somebody(_) => {
            leave(&gate::here());
            ui::skeleton(3)
        }
    })
    .into_any()
}

/// Opens an address in the workspace. That is a new page: two programs in one would both answer
/// to its links.
pub fn leave(to: &str) {
    boot::enter(to);
}
