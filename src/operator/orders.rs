//! Orders of all partners: found by number and status, page by page.

use leptos::prelude::*;
use membership_contract::desk::DeskOrder;
use membership_contract::page::Page;
use membership_contract::paths as api_paths;
use membership_contract::text::en;
use membership_domain::Money;
use membership_domain::purchase::order::OrderState;

use super::{money, table};
use crate::api::remote;
use crate::format;
use crate::list::{self, Asked, Filter, Narrowed};
use crate::paths::desk as paths;
use crate::shell::heading::lead;
use crate::text::operator::{self as shared, orders as words};
use crate::ui::{self, Mark};

/// The page.
pub fn page() -> AnyView {
    let asked = Asked::of_address(&[list::SEARCH, paths::STATE]);
    let found = remote::<Page<DeskOrder>>(move || {
        Some(asked.with(|asked| asked.address(api_paths::DESK_ORDERS)))
    });
    let narrowed = Narrowed {
        path: paths::ORDERS,
        asked,
        search: list::SEARCH,
    };
    view! {
        {lead(shared::ORDERS.to_owned(), words::ABOUT, ())}
        <div class="card list">
            {list::controls(narrowed, vec![states()], ().into_any())}
            {ui::loaded(found, move |page| content(asked, &page))}
        </div>
    }
    .into_any()
}

fn states() -> Filter {
    let all = OrderState::ALL.iter();
    let all = all.filter(|state| **state != OrderState::Draft);
    let all = all.map(|state| {
        let label = en::order_state(*state).to_owned();
        (state.code().to_owned(), label)
    });
    Filter {
        name: paths::STATE,
        label: words::STATE,
        choices: Signal::stored(ui::choices(words::ANY, all)),
        then: |_| {},
    }
}

const HEAD: &[table::Head] = &[
    (shared::ORDER, false),
    (shared::BUYER, false),
    (words::OFFER, false),
    (words::PLACED, false),
    (words::TOTAL, true),
    (words::RECEIVED, true),
    (words::STATE, false),
];

fn content(asked: Memo<Asked>, page: &Page<DeskOrder>) -> AnyView {
    if page.items.is_empty() {
        let is_all = asked.with(Asked::is_all);
        let (title, why) = match is_all {
            true => (words::NONE_YET, words::NONE_YET_WHY),
            false => (words::NONE, words::NONE_WHY),
        };
        let step = (!is_all).then(|| (words::SHOW_ALL.to_owned(), paths::ORDERS.href()));
        return ui::empty(title.to_owned(), why.to_owned(), step);
    }
    let rows = page.items.iter().map(row).collect_view();
    view! {
        {table::fold(shared::ORDERS, HEAD, rows.into_any())}
        {pages(asked, page.next.as_deref())}
    }
    .into_any()
}

fn row(one: &DeskOrder) -> AnyView {
    let order = &one.order;
    let name = list::name(
        order.number.clone().unwrap_or_default(),
        Some(paths::order(order.id)),
    );
    let placed = order
        .placed_at
        .map(|at| format::day_and_year(at.date_naive()));
    let received = Money::new(order.received, order.total.currency);
    table::row(vec![
        table::cell("start num", None, name),
        table::cell("whole", None, order.quote.sale.buyer.name.clone()),
        table::cell("whole", None, order.quote.offer_name.clone()),
        table::cell("num nowrap named", Some(words::PLACED), placed),
        table::cell("end num named", Some(words::TOTAL), money(order.total)),
        table::cell("end num named", Some(words::RECEIVED), money(received)),
        table::cell("late", None, state(order.state)),
    ])
}

/// How far an order is: only what is not over has color.
pub fn state(state: OrderState) -> AnyView {
    let mark = match state {
        OrderState::Fulfilled => Mark::Normal,
        OrderState::Unknown | OrderState::Disputed | OrderState::PartlyPaid => Mark::Warn,
        _ => Mark::Open,
    };
    ui::status(mark, en::order_state(state))
}

fn pages(asked: Memo<Asked>, next: Option<&str>) -> AnyView {
    let to = move |cursor: &str| {
        let there = asked.with_untracked(|asked| asked.with(paths::CURSOR, cursor));
        there.address(&paths::ORDERS.href())
    };
    let next = next.map(|cursor| {
        view! { <a class="button slim" href=to(cursor)>{shared::NEXT}</a> }
    });
    let is_later = asked.with_untracked(|asked| !asked.get(paths::CURSOR).is_empty());
    let first = is_later.then(|| {
        view! { <a class="button slim" href=to("")>{shared::FIRST}</a> }
    });
    (next.is_some() || first.is_some())
        .then(|| {
            view! {
                <footer class="pages">
                    <nav class="cluster" aria-label=shared::PAGES>
                        {first}
                        {next}
                    </nav>
                </footer>
            }
        })
        .into_any()
}
