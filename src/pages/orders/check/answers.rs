//! What was answered, and what an order with these answers causes.

use leptos::prelude::*;
use membership_contract::countries;
use membership_contract::purchase::Order;
use membership_contract::text::en;
use membership_domain::Catalog;
use membership_domain::catalog::Gives;
use membership_domain::purchase::bill::PaymentMethod;
use membership_domain::purchase::offers::OrderKind;
use membership_domain::purchase::sale::Party;

use crate::pages::company::in_one_line;
use crate::pages::orders::summary;
use crate::text::orders::check as words;
use crate::{format, paths};

/// A company with its address.
fn party(party: &Party) -> String {
    let country = countries::name(&party.country).unwrap_or(&party.country);
    format!("{}, {}, {country}", party.name, in_one_line(&party.address))
}

/// The card with the answers, each with the way to change it.
pub fn answers(order: &Order) -> AnyView {
    let (quote, answers) = (&order.quote, &order.answers);
    let begin = paths::begin_order(&answers.offer);
    let option = answers.option.clone().unwrap_or_default();
    let payment = paths::with_query(&begin, &[(paths::OPTION, &option)]);
    let billing = paths::with_query(&paths::BILLING.href(), &[(paths::OFFER, &answers.offer)]);
    let changed = |name: &'static str, says: String, href: Option<String>| {
        let change = href.map(|href| {
            view! {
                <a href=href>
                    <span aria-hidden="true">{words::CHANGE}</span>
                    <span class="visually-hidden">{words::change(name)}</span>
                </a>
            }
        });
        (name, says.into_any(), change.into_any())
    };
    let detail = quote.sale.lines.iter().find_map(|line| line.detail.clone());
    let offer = match detail {
        Some(detail) => format!("{}: {detail}", quote.offer_name),
        None => quote.offer_name.clone(),
    };
    let pays = order.total.amount != 0;
    let mut facts = vec![changed(words::OFFER, offer, None)];
    if let Some(option) = &quote.option_name {
        facts.push(changed(words::BENEFITS, option.clone(), Some(begin)));
    }
    let buyer = &quote.sale.buyer;
    facts.push(changed(
        words::SOLD_TO,
        party(buyer),
        pays.then(|| billing.clone()),
    ));
    if let Some(bill_to) = &quote.sale.bill_to {
        facts.push(changed(
            words::BILL_TO,
            party(bill_to),
            Some(billing.clone()),
        ));
    }
    if pays {
        let id = buyer
            .tax_id
            .clone()
            .unwrap_or_else(|| words::NO_TAX_ID.to_owned());
        facts.push(changed(words::TAX_ID, id, Some(billing)));
        let method = en::payment_method(answers.method).to_owned();
        facts.push(changed(words::METHOD, method, Some(payment.clone())));
    }
    let number = answers.purchase_order.clone();
    let number = number.unwrap_or_else(|| words::NO_NUMBER.to_owned());
    facts.push(changed(words::NUMBER, number, Some(payment)));
    view! {
        <section class="card">
            <header>
                <h2>{words::ANSWERS}</h2>
            </header>
            <div class="body">{summary::lines(facts)}</div>
        </section>
    }
    .into_any()
}

/// What an order causes, in sentences.
pub fn happens(order: &Order, catalog: &Catalog) -> Vec<String> {
    let quote = &order.quote;
    let day = |day| format::day(day);
    let limits = catalog.purchase_limits();
    let pays = order.total.amount != 0;
    let mut says = Vec::new();
    if !pays {
        says.push(words::FREE.to_owned());
    }
    let renewed = quote.renews.and_then(|old| old.until).zip(quote.term.until);
    match (quote.kind, quote.term.until) {
        (OrderKind::Addition, Some(ends)) => says.push(words::addition(&day(ends))),
        (_, Some(ends)) => says.push(words::term(&day(quote.term.since), &day(ends))),
        (_, None) => says.push(words::open_term(&day(quote.term.since))),
    }
    if let Some((old, new)) = renewed {
        says.push(words::renewal(&day(old), &day(new)));
    }
    if let Some(ends) = quote
        .term
        .benefits_end
        .filter(|_| quote.term.until.is_some())
    {
        says.push(words::benefits(&day(ends)));
    }
    let offer = catalog.offer(&order.answers.offer);
    if offer.is_some_and(|offer| offer.gives == Gives::Qualified) {
        says.push(words::FURTHER.to_owned());
    }
    if let Some(limits) = limits.filter(|_| pays) {
        if order.answers.method == PaymentMethod::Wire {
            says.push(words::wire(limits.wire_order_days));
        }
        says.push(words::FREE_CANCEL.to_owned());
        says.push(words::cancel(limits.refund_days));
    }
    says
}
