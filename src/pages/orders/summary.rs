//! What an order costs, and what is known of it.

use leptos::prelude::*;
use membership_contract::purchase::Order;

use super::amount;
use crate::text::orders::{self as words, placed};
use crate::ui;
use crate::{format, paths};

/// What is ordered: the offer, with the benefits that were chosen.
pub fn name(order: &Order) -> String {
    let quote = &order.quote;
    match &quote.option_name {
        Some(option) => format!("{}, {option}", quote.offer_name),
        None => quote.offer_name.clone(),
    }
}

/// What is known, one line each; at the end of a line is what can be done about it.
pub fn lines(all: Vec<(&'static str, AnyView, AnyView)>) -> AnyView {
    let line = |(name, says, way): (&'static str, AnyView, AnyView)| {
        view! {
            <dt>{name}</dt>
            <dd class="metered">
                <div>{says}</div>
                {way}
            </dd>
        }
    };
    view! { <dl class="facts">{all.into_iter().map(line).collect_view()}</dl> }.into_any()
}

/// The card with the sum; `held` says until when the price is.
pub fn card(order: &Order, held: Option<String>) -> AnyView {
    let sale = &order.quote.sale;
    let line = |name: String, detail: Option<String>, value: String| {
        let detail = detail.map(|detail| view! { <p class="why">{detail}</p> });
        view! {
            <tr>
                <th scope="row">{name} {detail}</th>
                <td class="end num">{value}</td>
            </tr>
        }
    };
    let lines = sale.lines.iter().map(|one| {
        let net = one.net().saturating_add(one.discount);
        line(
            one.description.clone(),
            one.detail.clone(),
            amount(order, net),
        )
    });
    let discount = sale.discount();
    let discount =
        (discount != 0).then(|| line(words::DISCOUNT.to_owned(), None, amount(order, -discount)));
    let tax = (order.total.amount != 0).then(|| {
        let name = words::tax(&sale.tax.name, sale.tax.rate);
        line(
            name,
            sale.tax.note.clone(),
            amount(order, sale.tax_amount()),
        )
    });
    let sample = order.quote.sample.then(ui::sample);
    view! {
        <section class="card">
            <header>
                <h2>{words::ORDER}</h2>
                {sample}
            </header>
            <div class="table-wrap">
                <table class="table">
                    <caption>{words::SUMMARY}</caption>
                    <thead class="visually-hidden">
                        <tr>
                            <th scope="col">{words::ITEM}</th>
                            <th scope="col">{words::AMOUNT}</th>
                        </tr>
                    </thead>
                    <tbody>{lines.collect_view()} {discount} {tax}</tbody>
                    <tfoot>
                        <tr>
                            <th scope="row">{words::TO_PAY}</th>
                            <td class="end num amount">{amount(order, order.total.amount)}</td>
                        </tr>
                    </tfoot>
                </table>
            </div>
            {held.map(|held| view! { <div class="body"><p class="small muted num">{held}</p></div> })}
        </section>
    }
    .into_any()
}

/// The card with what else is known.
pub fn facts(order: &Order) -> AnyView {
    let mut facts: Vec<(&'static str, AnyView)> = Vec::new();
    if let Some(placed_at) = order.placed_at {
        facts.push((
            placed::PLACED,
            format::day(placed_at.date_naive()).into_any(),
        ));
    }
    if let Some(starts) = order.starts_on {
        let starts = format::day(starts);
        let term = match order.ends_on {
            Some(ends) => placed::term(&starts, &format::day(ends)),
            None => placed::from(&starts),
        };
        facts.push((placed::TERM, term.into_any()));
    }
    if let Some(number) = &order.answers.purchase_order {
        facts.push((placed::OWN_NUMBER, number.clone().into_any()));
    }
    let ended = order.ended_at.filter(|_| order.starts_on.is_none());
    let ended = ended.map(|at| {
        let again = paths::OFFERS.href();
        view! {
            <p>{placed::ended(&format::day(at.date_naive()))}</p>
            <p><a href=again>{placed::AGAIN}</a></p>
        }
    });
    view! {
        <section class="card">
            <header>
                <h2>{placed::FACTS}</h2>
            </header>
            <div class="body">{ui::facts(facts)} {ended}</div>
        </section>
    }
    .into_any()
}
