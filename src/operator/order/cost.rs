//! What an order is and costs, as it was quoted.

use leptos::prelude::*;
use membership_contract::purchase::Order;
use membership_domain::purchase::sale::SaleLine;

use super::amount;
use crate::format;
use crate::text::operator::orders as words;
use crate::ui;

/// The card.
pub fn card(order: &Order) -> AnyView {
    let sale = &order.quote.sale;
    let lines = sale.lines.iter().map(|one| line(order, one)).collect_view();
    let discount = sale.discount();
    let discount =
        (discount != 0).then(|| sum(words::DISCOUNT.to_owned(), amount(order, -discount)));
    let rate = format::decimal(&decimal(sale.tax.rate));
    let tax = sum(
        words::tax(&sale.tax.name, &rate),
        amount(order, sale.tax_amount()),
    );
    let note = sale.tax.note.clone();
    let note = note.map(|note| view! { <div class="body"><p class="small muted">{note}</p></div> });
    view! {
        <section class="card">
            <header>
                <h2>{words::COST}</h2>
                {order.quote.sample.then(ui::sample)}
            </header>
            <div class="table-wrap">
                <table class="table">
                    <caption>{words::COST}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{words::ITEM}</th>
                            <th scope="col" class="end wide-only">{words::QUANTITY}</th>
                            <th scope="col" class="end wide-only">{words::PRICE}</th>
                            <th scope="col" class="end">{words::NET}</th>
                        </tr>
                    </thead>
                    <tbody>{lines} {discount} {tax}</tbody>
                    <tfoot>
                        <tr>
                            <th scope="row">{words::TOTAL}</th>
                            {blank()}
                            {blank()}
                            <td class="end num amount">{amount(order, order.total.amount)}</td>
                        </tr>
                    </tfoot>
                </table>
            </div>
            {note}
        </section>
    }
    .into_any()
}

fn line(order: &Order, one: &SaleLine) -> AnyView {
    let detail = one.detail.clone();
    let detail = detail.map(|detail| view! { <p class="why">{detail}</p> });
    // The discount has a line of its own.
    let net = one.net().saturating_add(one.discount);
    view! {
        <tr>
            <th scope="row">{one.description.clone()} {detail}</th>
            <td class="end num wide-only">{format::number(i64::from(one.quantity))}</td>
            <td class="end num wide-only">{amount(order, one.unit_price)}</td>
            <td class="end num">{amount(order, net)}</td>
        </tr>
    }
    .into_any()
}

/// A cell without a value, of a column that a phone leaves out.
fn blank() -> AnyView {
    view! { <td class="wide-only"></td> }.into_any()
}

fn sum(name: String, value: String) -> AnyView {
    view! {
        <tr>
            <th scope="row">{name}</th>
            {blank()}
            {blank()}
            <td class="end num">{value}</td>
        </tr>
    }
    .into_any()
}

/// Hundredths of a percent as a decimal number.
fn decimal(rate: u32) -> String {
    format!("{}.{:02}", rate / 100, rate % 100)
}
