//! Asking again while an answer is still to come: how a card payment went, and the files of bills.

use std::time::Duration;

use leptos::prelude::*;
use membership_contract::paths as api_paths;
use membership_contract::purchase::Order;
use membership_domain::id::{OrderId, OrganizationId};
use membership_domain::purchase::order::OrderState;

use crate::api::action::Action;
use crate::api::{Body, Method, Remote, action};
use crate::go::query;
use crate::paths;

/// So often it is asked whether a payment that nobody knows of was made.
const UNKNOWN: u32 = 12;
/// So often it is asked after somebody came back from paying.
const RETURNED: u32 = 4;
/// So often it is looked whether the files of bills are there.
const FILES: u32 = 12;

/// What is asked next, and after how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// How the payment went.
    Payment(Duration),
    /// What the order is now.
    Order(Duration),
}

/// The asking. It lasts as long as the page.
#[derive(Clone, Copy)]
pub struct Watch {
    path: StoredValue<String>,
    order: Remote<Order>,
    tries: RwSignal<u32>,
    action: Action,
}

impl Watch {
    /// Begins to watch the page's order.
    pub fn new(organization: OrganizationId, id: OrderId, order: Remote<Order>) -> Self {
        let watch = Self {
            path: StoredValue::new(api_paths::of_order(organization, id, "payment-check")),
            order,
            tries: RwSignal::new(0),
            action: action(),
        };
        let query = query();
        let returned = query.with_untracked(|query| query.get(paths::RETURNED).is_some());
        Effect::new(move |_| {
            let order = order.get()?;
            let next = next(&order, returned, watch.tries.get())?;
            let (Next::Payment(after) | Next::Order(after)) = next;
            let ask = move || watch.ask(next);
            if let Ok(timer) = set_timeout_with_handle(ask, after) {
                on_cleanup(move || timer.clear());
            }
            Some(())
        });
        watch
    }

    fn ask(self, next: Next) {
        // The page may be gone by then.
        if self.tries.try_update(|tries| *tries += 1).is_none() {
            return;
        }
        match next {
            Next::Order(_) => self.order.reload(),
            Next::Payment(_) => {
                let path = self.path.get_value();
                let done = move |_| self.order.reload();
                self.action.run(Method::Post, path, Body::default(), done);
            }
        }
    }

    /// Whether an answer is on its way. Tracks.
    pub fn is_asking(self) -> bool {
        self.action.busy.get()
    }

    /// Whether it asks no more by itself. Tracks.
    pub fn gave_up(self) -> bool {
        self.tries.get() >= UNKNOWN
    }

    /// Asks from the start.
    pub fn again(self) {
        self.tries.set(0);
    }
}

fn next(order: &Order, returned: bool, tries: u32) -> Option<Next> {
    let seconds = |first| Duration::from_secs(if tries == 0 { first } else { 3 });
    match order.state {
        OrderState::Unknown if tries < UNKNOWN => Some(Next::Payment(seconds(1))),
        OrderState::Paying if returned && tries < RETURNED => Some(Next::Payment(seconds(0))),
        OrderState::Fulfilled | OrderState::AwaitingPayment if tries < FILES => {
            let waits = order.bills.iter().any(|bill| !bill.has_files);
            waits.then_some(Next::Order(Duration::from_millis(1_500)))
        }
        _ => None,
    }
}
