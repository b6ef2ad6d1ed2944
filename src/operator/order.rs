//! One order with everything: what it is and costs, what was paid, its bills, what happened, and
//! what was booked. Made to be printed as well.

mod booked;
mod cost;
mod happened;
mod paid;
mod proof;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use membership_contract::desk::DeskOrder;
use membership_contract::paths as api_paths;
use membership_contract::problem::code;
use membership_contract::purchase::Order;
use membership_contract::text::en;
use membership_domain::Money;
use membership_domain::id::OrderId;

use super::{at, grouped, money, orders};
use crate::api::remote;
use crate::api::remote::Load;
use crate::format;
use crate::paths::desk as paths;
use crate::shell::heading::lead;
use crate::text::operator::{self as shared, orders as words};
use crate::ui::{self, Button, LinkButton};

/// The page.
pub fn page() -> AnyView {
    let params = use_params_map();
    let named = params.with_untracked(|all| all.get("order"));
    let Some(id) = named.and_then(|id| id.parse::<OrderId>().ok()) else {
        return gone();
    };
    let path = api_paths::DESK_ORDER.replace("{order}", &id.to_string());
    let order = remote::<DeskOrder>(move || Some(path.clone()));
    let missing = move || matches!(order.load(), Load::Failed(error) if error.is(code::NOT_FOUND));
    let usual = move || ui::loaded(order, |seen| content(&seen));
    ui::instead_while(missing, gone, usual)
}

fn crumbs() -> AnyView {
    ui::crumbs(vec![
        (shared::BANK_ENTRIES.to_owned(), paths::ENTRIES.href()),
        (shared::ORDERS.to_owned(), paths::ORDERS.href()),
    ])
}

/// In place of an order that is not there.
fn gone() -> AnyView {
    view! {
        {crumbs()}
        {lead(words::GONE.to_owned(), words::GONE_WHY, ())}
        <LinkButton href=paths::ORDERS.href()>{words::SHOW_ALL}</LinkButton>
    }
    .into_any()
}

/// So many minor units of an order's currency.
fn amount(order: &Order, amount: i64) -> String {
    money(Money::new(amount, order.total.currency))
}

fn content(seen: &DeskOrder) -> AnyView {
    let order = &seen.order;
    let number = order.number.clone().unwrap_or_default();
    let title = words::title(&number, en::order_state(order.state));
    let about = words::about(&order.quote.offer_name, &order.quote.sale.buyer.name);
    let print = Callback::new(|()| drop(window().print()));
    view! {
        {crumbs()}
        {lead(title, about, view! { <Button on_press=print>{shared::PRINT}</Button> })}
        <div class="columns">
            <div class="stack">
                {cost::card(order)}
                {paid::payments(order)}
                {paid::bills(order)}
                {booked::card(&seen.bookings)}
            </div>
            <div class="stack">
                {facts(seen)}
                {proof::card(order)}
                {happened::card(&seen.history)}
            </div>
        </div>
    }
    .into_any()
}

fn facts(seen: &DeskOrder) -> AnyView {
    let order = &seen.order;
    let sale = &order.quote.sale;
    let mut facts: Vec<(&'static str, AnyView)> = vec![
        (shared::STATUS, orders::state(order.state)),
        (shared::BUYER, sale.buyer.name.clone().into_any()),
        (words::PARTNER_ID, code_like(&seen.partner_id)),
    ];
    let mut add = |name: &'static str, text: Option<String>| {
        facts.extend(text.map(|text| (name, code_like(&text))));
    };
    let due = order.status().due();
    add(
        words::STILL_DUE,
        (order.status().is_open()).then(|| amount(order, due)),
    );
    add(words::REFERENCE, order.reference.as_deref().map(grouped));
    add(words::PLACED, order.placed_at.map(at));
    let open = order.status().is_open();
    add(
        words::PAY_BY,
        open.then(|| format::day_and_year(order.expires_on)),
    );
    add(words::ENDED, order.ended_at.map(at));
    let term = order.starts_on.zip(order.ends_on);
    add(
        words::TERM,
        term.map(|(from, until)| {
            words::term(&format::day_and_year(from), &format::day_and_year(until))
        }),
    );
    add(words::PURCHASE_ORDER, order.answers.purchase_order.clone());
    add(words::TAX_ID, sale.buyer.tax_id.clone());
    add(words::SELLER, Some(sale.seller.name.clone()));
    add(
        words::RULES,
        order.quote.catalog.get(..12).map(str::to_owned),
    );
    view! {
        <section class="card">
            <header>
                <h2>{words::FACTS}</h2>
            </header>
            <div class="body">{ui::facts(facts)}</div>
        </section>
    }
    .into_any()
}

fn code_like(text: &str) -> AnyView {
    view! { <span class="num">{text.to_owned()}</span> }.into_any()
}
