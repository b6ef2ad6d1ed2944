//! What every page of the desk knows: whether somebody may be here, and what waits.

use leptos::prelude::*;
use membership_contract::desk::DeskSummary;
use membership_contract::paths as api_paths;

use crate::api::{Remote, cache, remote};
use crate::session;

/// What waits, read once for all pages.
#[derive(Clone, Copy)]
pub struct Desk {
    /// What waits, and by which rules; refused to everybody who does not work here.
    pub summary: Remote<DeskSummary>,
}

/// Asks what waits, once somebody is signed in, and keeps it for everything below.
pub fn provide() -> Desk {
    let current = session::current();
    let path = move || {
        let somebody = current.session()?;
        // Another person is asked about anew.
        let _ = somebody.user.id;
        Some(api_paths::DESK_SUMMARY.to_owned())
    };
    let desk = Desk {
        summary: remote::<DeskSummary>(path),
    };
    provide_context(desk);
    desk
}

/// Of the page. There is one around every page of the desk.
pub fn current() -> Desk {
    use_context().unwrap_or_else(provide)
}

impl Desk {
    /// Whether somebody works here. Tracks.
    pub fn is_open(self) -> Memo<bool> {
        let current = session::current();
        Memo::new(move |_| current.session().is_some() && self.summary.get().is_some())
    }

    /// Something was decided: what waits is another number now.
    pub fn changed(self) {
        self.summary.reload();
    }

    /// Asks again, as if nothing was known: two-step sign-in was set up meanwhile.
    pub fn look_again(self) {
        if self.summary.get().is_none() {
            cache::forget(api_paths::DESK_SUMMARY);
            self.summary.reload();
        }
    }
}
