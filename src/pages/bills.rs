//! Orders and bills: what is due and until when, everything that was ordered, the bills by year and
//! kind, and the payments that were received.

mod filter;
mod payments;
mod table;

use leptos::prelude::*;
use membership_contract::clock::Clock;
use membership_contract::page::Page;
use membership_contract::paths as api_paths;
use membership_contract::purchase::{Bill, Order};
use membership_contract::session::SessionOrganization;
use membership_domain::money::Money;
use membership_domain::purchase::bill::BillKind;
use membership_domain::roles::{Permission, may};

use super::orders::money;
use crate::api::remote::Load;
use crate::api::{Body, Method, Remote, Reply, action, remote};
use crate::shell::heading::lead;
use crate::text::bills as words;
use crate::ui::{self, Button};
use crate::{format, paths};

/// A list that is read from its newest on, and further where somebody asks.
struct Newest<T: Clone + Send + Sync + serde::de::DeserializeOwned + 'static> {
    first: Remote<Page<T>>,
    /// What was read behind the first page, and where the next one begins.
    more: RwSignal<Option<Page<T>>>,
    path: StoredValue<String>,
    action: crate::api::action::Action,
}

impl<T: Clone + Send + Sync + serde::de::DeserializeOwned + 'static> Clone for Newest<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Clone + Send + Sync + serde::de::DeserializeOwned + 'static> Copy for Newest<T> {}

impl<T: Clone + Send + Sync + serde::de::DeserializeOwned + 'static> Newest<T> {
    fn of(path: String) -> Self {
        let first = {
            let path = path.clone();
            remote::<Page<T>>(move || Some(path.clone()))
        };
        Self {
            first,
            more: RwSignal::new(None),
            path: StoredValue::new(path),
            action: action(),
        }
    }

    /// All that was read. Tracks.
    fn all(self) -> Vec<T> {
        let first = self.first.get();
        let mut all = first.map(|page| page.items.clone()).unwrap_or_default();
        all.extend(self.more.get().into_iter().flat_map(|page| page.items));
        all
    }

    /// What reads more, where there is more. Tracks.
    fn older(self) -> Option<AnyView> {
        let next = match self.more.get() {
            Some(more) => more.next,
            None => self.first.get()?.next.clone(),
        }?;
        let press = Callback::new(move |()| {
            let path = self
                .path
                .with_value(|path| paths::with_query(path, &[("cursor", next.as_str())]));
            let done = move |reply: Reply| {
                if let Ok(page) = reply.json::<Page<T>>("") {
                    let before = self.more.try_get_untracked().flatten();
                    let mut items = before.map(|page| page.items).unwrap_or_default();
                    items.extend(page.items);
                    self.more.try_set(Some(Page {
                        items,
                        next: page.next,
                    }));
                }
            };
            self.action.run(Method::Get, path, Body::default(), done);
        });
        let button = view! {
            <Button on_press=press busy=self.action.busy>
                {words::OLDER}
            </Button>
        };
        Some(button.into_any())
    }
}

/// The page.
pub fn page(organization: SessionOrganization) -> AnyView {
    let id = organization.id;
    let orders = Newest::<Order>::of(api_paths::orders(id));
    let bills = Newest::<Bill>::of(api_paths::bills(id));
    let clock = remote::<Clock>(|| Some(api_paths::CLOCK.to_owned()));
    let may_download = may(&organization.roles, Permission::DownloadInvoice);
    let load =
        Signal::derive(move || Load::all([orders.first.load(), bills.first.load(), clock.load()]));
    let retry = Callback::new(move |()| {
        orders.first.reload();
        bills.first.reload();
        clock.reload();
    });
    let asked = filter::asked();
    ui::when_ready(load, retry, move || {
        let (all, billed) = (orders.all(), bills.all());
        // An order's own page has its confirmation.
        let is_bill = |bill: &Bill| bill.kind != BillKind::OrderConfirmation;
        let billed: Vec<Bill> = billed.into_iter().filter(is_bill).collect();
        let title = headline(&all, clock.get().map(|clock| clock.now.date_naive()));
        let open = all.iter().filter(|one| one.status().is_open()).count();
        let about = words::about(open, billed.len());
        view! {
            {lead(title, about, ())}
            <div class="stack">
                {table::orders(&all, orders.older())}
                {table::bills(id, billed, asked, may_download, bills.older())}
                {payments::card(&all)}
            </div>
        }
        .into_any()
    })
}

/// What is due, and until when.
fn headline(orders: &[Order], today: Option<chrono::NaiveDate>) -> String {
    let mut open: Vec<&Order> = orders.iter().filter(|one| one.status().is_open()).collect();
    open.sort_by_key(|order| order.expires_on);
    match open.as_slice() {
        [] => words::NOTHING_DUE.to_owned(),
        [order] => {
            let due = Money::new(order.status().due(), order.total.currency);
            let left = today.map_or(0, |today| (order.expires_on - today).num_days());
            words::due_on(&money(due), &format::day(order.expires_on), left)
        }
        [first, ..] => words::due_in_orders(open.len(), &format::day(first.expires_on)),
    }
}
