//! The payments that were received.

use leptos::prelude::*;
use membership_contract::purchase::Order;
use membership_domain::money::Money;

use super::table;
use crate::pages::orders::{money, reference};
use crate::text::bills as words;
use crate::ui::{self, Mark, Table};
use crate::{format, paths, text};

/// What was received; nothing where nothing was.
pub fn card(all: &[Order]) -> Option<AnyView> {
    let row = |order: &Order| {
        let (number, href) = (order.number.clone(), paths::order(order.id));
        let currency = order.total.currency;
        let rows = order.payments.iter().map(move |payment| {
            let (mark, says) = match payment.parked {
                0 => (Mark::Normal, words::MATCHED.to_owned()),
                parked => {
                    let parked = Money::new(parked, currency);
                    let says = text::orders::placed::too_much(&money(parked));
                    (Mark::Warn, says)
                }
            };
            view! {
                <tr>
                    <th scope="row" class="num nowrap">{format::day_and_year(payment.on)}</th>
                    <td data-label=words::REFERENCE class="num">{reference(payment)}</td>
                    <td data-label=words::ORDER class="num">
                        <a href=href.clone()>{number.clone()}</a>
                    </td>
                    <td data-label=words::AMOUNT class="end num">{money(payment.money)}</td>
                    <td data-label=words::STATUS>{ui::status(mark, says)}</td>
                </tr>
            }
        });
        rows.collect_view().into_any()
    };
    let paid = all.iter().filter(|order| !order.payments.is_empty());
    let rows: Vec<AnyView> = paid.map(row).collect();
    if rows.is_empty() {
        return None;
    }
    let names = || {
        table::head(&[
            words::DAY,
            words::REFERENCE,
            words::ORDER,
            words::AMOUNT,
            words::STATUS,
        ])
    };
    let table = view! { <Table caption=words::PAYMENTS head=names>{rows}</Table> };
    Some(table::card(
        words::PAYMENTS,
        ().into_any(),
        table.into_any(),
        None,
    ))
}
