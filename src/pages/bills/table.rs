//! The tables of orders and bills.

use leptos::prelude::*;
use membership_contract::purchase::{Bill, Order};
use membership_contract::text::en;
use membership_domain::id::OrganizationId;
use membership_domain::purchase::bill::BillKind;
use membership_domain::purchase::order::OrderState;

use super::filter::{self, Asked};
use crate::pages::orders::{documents, money};
use crate::text::bills as words;
use crate::ui::{self, Button, Kind, LinkButton, Mark, Table};
use crate::{format, paths, text};

/// The heading cells of a table.
pub fn head(names: &'static [&'static str]) -> AnyView {
    let cell = |name: &'static str| {
        let end = name == words::TOTAL || name == words::AMOUNT;
        let hidden = (name == words::ACTION).then_some("visually-hidden");
        view! { <th scope="col" class:end=end><span class=hidden>{name}</span></th> }
    };
    names.iter().copied().map(cell).collect_view().into_any()
}

fn empty(says: &'static str) -> AnyView {
    view! { <p class="body muted">{says}</p> }.into_any()
}

/// A card with a table, and what is at its foot.
pub fn card(
    title: &'static str,
    actions: AnyView,
    table: AnyView,
    foot: Option<AnyView>,
) -> AnyView {
    let foot = foot.map(|foot| view! { <footer class="pages">{foot}</footer> });
    view! {
        <section class="card">
            <header>
                <h2>{title}</h2>
                {actions}
            </header>
            {table}
            {foot}
        </section>
    }
    .into_any()
}

/// Orders, the open ones first.
pub fn orders(all: &[Order], older: Option<AnyView>) -> AnyView {
    if all.is_empty() {
        let href = paths::OFFERS.href();
        let way = view! { <a href=href>{text::shell::OFFERS}</a> };
        return card(words::ORDERS, way.into_any(), empty(words::NO_ORDERS), None);
    }
    let (open, ended): (Vec<_>, Vec<_>) = all.iter().partition(|one| one.status().is_open());
    let rows = open.into_iter().chain(ended).map(order).collect_view();
    let names = || {
        head(&[
            words::NUMBER,
            words::DAY,
            words::FOR,
            words::TOTAL,
            words::STATUS,
            words::ACTION,
        ])
    };
    let table = view! { <Table caption=words::ORDERS head=names>{rows}</Table> };
    card(words::ORDERS, ().into_any(), table.into_any(), older)
}

fn order(order: &Order) -> AnyView {
    let number = order.number.clone().unwrap_or_default();
    let open = order.status().is_open();
    let mark = match order.state {
        OrderState::Fulfilled => Mark::Normal,
        OrderState::Canceled | OrderState::Expired | OrderState::Refunded => Mark::Open,
        OrderState::AwaitingPayment => Mark::Soon,
        _ => Mark::Warn,
    };
    let says = match order.state {
        OrderState::AwaitingPayment => words::pay_by(&format::day_and_year(order.expires_on)),
        state => en::order_state(state).to_owned(),
    };
    let href = paths::order(order.id);
    let pay = open.then(|| {
        let said = words::action_about(words::HOW_TO_PAY, &number);
        let href = href.clone();
        view! {
            <LinkButton href=href kind=Kind::Primary>
                <span aria-hidden="true">{words::HOW_TO_PAY}</span>
                <span class="visually-hidden">{said}</span>
            </LinkButton>
        }
    });
    let placed = order
        .placed_at
        .map(|at| format::day_and_year(at.date_naive()));
    view! {
        <tr>
            <th scope="row" class="num nowrap">
                <a href=href>{number}</a>
            </th>
            <td data-label=words::DAY class="num nowrap">{placed}</td>
            <td data-label=words::FOR>{order.quote.offer_name.clone()}</td>
            <td data-label=words::TOTAL class="end num">{money(order.total)}</td>
            <td data-label=words::STATUS>{ui::status(mark, says)}</td>
            <td class="fit">{pay}</td>
        </tr>
    }
    .into_any()
}

/// Bills of a year and a kind.
pub fn bills(
    organization: OrganizationId,
    all: Vec<Bill>,
    asked: Asked,
    may_download: bool,
    older: Option<AnyView>,
) -> AnyView {
    if all.is_empty() {
        return card(words::BILLS, ().into_any(), empty(words::NO_BILLS), older);
    }
    let mut years: Vec<i32> = all.iter().map(filter::year).collect();
    years.dedup();
    let all = StoredValue::new(all);
    let found = move || -> Vec<Bill> {
        all.with_value(|all| {
            all.iter()
                .filter(|bill| filter::fits(asked, bill))
                .cloned()
                .collect()
        })
    };
    let table = move || {
        let found = found();
        if found.is_empty() {
            let href = paths::BILLS.href();
            return view! {
                <p class="body muted">
                    {words::NONE_FITS} " " <a href=href>{words::SHOW_ALL}</a>
                </p>
            }
            .into_any();
        }
        let rows = found
            .iter()
            .map(|one| bill(organization, one, may_download));
        let rows = rows.collect_view();
        let names = || {
            head(&[
                words::NUMBER,
                words::DAY,
                words::KIND,
                words::FOR,
                words::TOTAL,
                words::STATUS,
                words::ACTION,
            ])
        };
        view! { <Table caption=words::BILLS head=names>{rows}</Table> }.into_any()
    };
    let save = Callback::new(move |()| untrack(|| filter::save(&found())));
    let label = move || words::csv(found().len());
    let controls = view! {
        <div class="filters">
            <div class="choices open">{filter::choose(asked, &years)}</div>
            <div class="far-end">
                <Button on_press=save icon_name="download">
                    {label}
                </Button>
            </div>
        </div>
        {table}
    };
    card(words::BILLS, ().into_any(), controls.into_any(), older)
}

fn bill(organization: OrganizationId, bill: &Bill, may_download: bool) -> AnyView {
    let number = bill.number.clone();
    let number = number.unwrap_or_else(|| text::orders::placed::NUMBERED.to_owned());
    let href = paths::order(bill.order);
    let credit = bill.kind == BillKind::CreditNote;
    view! {
        <tr>
            <th scope="row" class="num nowrap">
                <a href=href>{number}</a>
            </th>
            <td data-label=words::DAY class="num nowrap">
                {format::day_and_year(bill.issued_on)}
            </td>
            <td data-label=words::KIND>{en::bill_kind(bill.kind)}</td>
            <td data-label=words::FOR>{bill.description.clone()}</td>
            <td data-label=words::TOTAL class="end num">{money(bill.total)}</td>
            <td data-label=words::STATUS>{ui::status(Mark::Normal, words::paid(credit))}</td>
            <td>{documents::files(bill, organization, may_download)}</td>
        </tr>
    }
    .into_any()
}
