//! Who is at an entry. To open one says so to others, once it is looked at and not only passed by.

use std::time::Duration;

use leptos::prelude::*;
use membership_contract::paths as api_paths;
use membership_domain::id::BankEntryId;
use membership_domain::purchase::bank::BankEntryState;

use super::Place;
use crate::api::action::Action;
use crate::api::{Body, Method, action};

/// Whoever goes through the queue by key passes an entry faster.
const LOOKED_AT: Duration = Duration::from_millis(700);

/// Before the server's five minutes are over.
const AGAIN: Duration = Duration::from_secs(240);

/// What is claimed.
#[derive(Clone, Copy)]
pub struct Claim {
    action: Action,
    next: StoredValue<Option<TimeoutHandle>>,
}

impl Claim {
    /// Of nothing yet.
    pub fn new() -> Self {
        Self {
            action: action(),
            next: StoredValue::new(None),
        }
    }

    /// Claims what is open from now on, if nobody has it and something is to be decided.
    pub fn follow(self, place: Place) {
        let wanted = Memo::new(move |_| {
            place.open.with(|open| {
                let entry = open.as_ref()?;
                let is_free = entry.claimed_by.is_none();
                let waits = BankEntryState::WAITING.contains(&entry.state);
                (is_free && waits).then_some(entry.id)
            })
        });
        Effect::new(move |_| {
            self.stop();
            if let Some(id) = wanted.get() {
                self.later(LOOKED_AT, id, place);
            }
        });
        on_cleanup(move || self.stop());
    }

    fn stop(self) {
        let waiting = self.next.try_update_value(Option::take).flatten();
        if let Some(waiting) = waiting {
            waiting.clear();
        }
    }

    fn later(self, time: Duration, id: BankEntryId, place: Place) {
        let next = set_timeout_with_handle(move || self.claim(id, place), time).ok();
        self.next.try_set_value(next);
    }

    fn claim(self, id: BankEntryId, place: Place) {
        let path = api_paths::DESK_BANK_CLAIM.replace("{entry}", &id.to_string());
        let done = Box::new(move |_| self.later(AGAIN, id, place));
        // Somebody else was faster: the queue says who.
        let failed = Box::new(move |_| place.entries.reload());
        let method = Method::Put;
        self.action
            .run_or(method, path, Body::default(), done, failed);
    }
}
