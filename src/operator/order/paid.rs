//! What was paid for an order, and its bills.

use leptos::prelude::*;
use membership_contract::purchase::{Attempt, Bill, Order, Payment};
use membership_contract::text::en;
use membership_domain::Money;

use super::{amount, money};
use crate::format;
use crate::operator::table;
use crate::text::operator::{self as shared, orders as words};
use crate::ui::{self, Mark};

const PAYMENTS: &[table::Head] = &[
    (words::ON, false),
    (words::METHOD, false),
    (words::DETAIL, false),
    (shared::AMOUNT, true),
    (words::PARKED, true),
];

/// Payments, and the last attempt to pay by card.
pub fn payments(order: &Order) -> AnyView {
    let rows = order.payments.iter().map(|one| payment(order, one));
    let inside = match order.payments.is_empty() {
        true => table::nothing(words::NO_PAYMENTS),
        false => table::fold(words::PAYMENTS, PAYMENTS, rows.collect_view().into_any()),
    };
    let attempt = order.attempt.as_ref().map(attempt);
    table::card(words::PAYMENTS, (), view! { {inside} {attempt} })
}

fn payment(order: &Order, one: &Payment) -> AnyView {
    let parked = match one.parked {
        0 => ().into_any(),
        parked => amount(order, parked).into_any(),
    };
    table::row(vec![
        table::cell("start num nowrap", None, format::day_and_year(one.on)),
        table::cell("named", Some(words::METHOD), en::payment_method(one.method)),
        table::cell("whole num", None, one.detail.clone()),
        table::cell("end num late", None, money(one.money)),
        table::cell(
            "end num named",
            (one.parked != 0).then_some(words::PARKED),
            parked,
        ),
    ])
}

fn attempt(one: &Attempt) -> AnyView {
    let said = words::attempt(one.state);
    let reason = one
        .reason
        .map(|reason| view! { <p class="muted">{en::declined(reason)}</p> });
    view! {
        <div class="body">
            <p>
                <span class="muted">{words::ATTEMPT}": "</span>
                {said}
            </p>
            {reason}
        </div>
    }
    .into_any()
}

const BILLS: &[table::Head] = &[
    (words::BILL, false),
    (words::ON, false),
    (words::TOTAL, true),
    (words::DUE, true),
    (words::FILES, false),
];

/// Its bills.
pub fn bills(order: &Order) -> AnyView {
    let rows = order.bills.iter().map(bill).collect_view();
    let inside = match order.bills.is_empty() {
        true => table::nothing(words::NO_BILLS),
        false => table::fold(words::BILLS, BILLS, rows.into_any()),
    };
    table::card(words::BILLS, (), inside)
}

fn bill(one: &Bill) -> AnyView {
    let number = match &one.number {
        Some(number) => number.clone().into_any(),
        None => view! { <span class="muted">{words::NOT_NUMBERED}</span> }.into_any(),
    };
    let kind = en::bill_kind(one.kind);
    let files = match one.has_files {
        true => ui::status(Mark::Normal, words::READY),
        false => ui::status(Mark::Open, words::COMING),
    };
    let due = Money::new(one.due, one.total.currency);
    table::row(vec![
        table::cell(
            "start num",
            None,
            view! { {number} <p class="why">{kind}</p> },
        ),
        table::cell(
            "num nowrap named",
            Some(words::ON),
            format::day_and_year(one.issued_on),
        ),
        table::cell("end num late", None, money(one.total)),
        table::cell("end num named", Some(words::DUE), money(due)),
        table::cell("whole", None, files),
    ])
}
