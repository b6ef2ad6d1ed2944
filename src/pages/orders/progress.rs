//! How an order goes on: what happens next, and what was received.

use leptos::prelude::*;
use membership_contract::purchase::{Order, Payment};
use membership_contract::text::en;
use membership_domain::Catalog;
use membership_domain::purchase::bill::PaymentMethod;

use super::{amount, money, reference};
use crate::format;
use crate::text::orders::placed as words;
use crate::ui::Table;

/// What happens next, while something is due.
pub fn next(order: &Order, catalog: &Catalog) -> Option<AnyView> {
    if !order.status().is_open() {
        return None;
    }
    let days = catalog.limit("bank-match-business-days").unwrap_or(3);
    let due = amount(order, order.status().due());
    let wire = order.answers.method == PaymentMethod::Wire;
    let steps = words::steps(wire, &due, &format::day(order.expires_on), days);
    let step = |[who, what, when]: [String; 3]| {
        view! {
            <li>
                <b>{who}</b>
                " "
                {what}
                <p class="small muted">{when}</p>
            </li>
        }
    };
    let steps = steps.into_iter().map(step).collect_view();
    let card = view! {
        <section class="card">
            <header>
                <h2>{words::NEXT}</h2>
            </header>
            <div class="body">
                <ol class="changes">{steps}</ol>
            </div>
        </section>
    };
    Some(card.into_any())
}

/// What was received; nothing where nothing was.
pub fn received(order: &Order) -> Option<AnyView> {
    if order.payments.is_empty() {
        return None;
    }
    let head = || {
        let names = [words::DAY, words::HOW, words::REFERENCE, words::AMOUNT];
        let names = names.map(|name| {
            view! { <th scope="col" class:end=name == words::AMOUNT>{name}</th> }
        });
        names.collect_view()
    };
    let row = |payment: &Payment| {
        let parked = (payment.parked > 0).then(|| {
            let parked = words::too_much(&amount(order, payment.parked));
            view! { <p class="why">{parked}</p> }
        });
        view! {
            <tr>
                <th scope="row" class="num nowrap">{format::day_and_year(payment.on)}</th>
                <td data-label=words::HOW>{en::payment_method(payment.method)}</td>
                <td data-label=words::REFERENCE class="num">{reference(payment)}</td>
                <td data-label=words::AMOUNT class="end num">{money(payment.money)} {parked}</td>
            </tr>
        }
    };
    let rows = order.payments.iter().map(row).collect_view();
    let card = view! {
        <section class="card">
            <header>
                <h2>{words::PAYMENTS}</h2>
            </header>
            <Table caption=words::PAYMENTS head=head>
                {rows}
            </Table>
        </section>
    };
    Some(card.into_any())
}
