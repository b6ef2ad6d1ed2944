//! Money that its orders did not take: what there is, and what becomes of a piece.

mod decide;

use std::sync::Arc;

use leptos::prelude::*;
use membership_contract::desk::ParkedMoney;
use membership_contract::paths as api_paths;
use membership_contract::text::en;
use membership_domain::id::ReceiptId;

use self::decide::Decide;
use super::{money, table};
use crate::api::{Remote, remote};
use crate::format;
use crate::paths::desk as paths;
use crate::shell::heading::lead;
use crate::text::operator::{self as shared, parked as words};
use crate::ui::{self, Mark};

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Place {
    all: Remote<Vec<ParkedMoney>>,
    /// The piece about which it is decided.
    chosen: RwSignal<Option<ReceiptId>>,
    decide: Decide,
}

impl Place {
    /// The piece that is chosen, as it is now. Tracks.
    fn piece(self) -> Option<ParkedMoney> {
        let chosen = self.chosen.get()?;
        let all = self.all.get()?;
        all.iter().find(|one| one.id == chosen).cloned()
    }
}

/// The page.
pub fn page() -> AnyView {
    let place = Place {
        all: remote(|| Some(api_paths::DESK_PARKED.to_owned())),
        chosen: RwSignal::new(None),
        decide: Decide::new(),
    };
    let title = move || match place.all.get() {
        None => shared::PARKED.to_owned(),
        Some(all) if all.is_empty() => words::NOTHING.to_owned(),
        Some(all) => words::title(all.len()),
    };
    view! {
        {lead(Signal::derive(title), words::ABOUT, ())}
        {place.decide.said()}
        {ui::loaded(place.all, move |all| content(place, &all))}
    }
    .into_any()
}

fn content(place: Place, all: &Arc<Vec<ParkedMoney>>) -> AnyView {
    if all.is_empty() {
        let step = Some((shared::ORDERS.to_owned(), paths::ORDERS.href()));
        return ui::empty(
            words::NOTHING.to_owned(),
            words::NOTHING_WHY.to_owned(),
            step,
        );
    }
    let rows = all.iter().map(|one| row(place, one)).collect_view();
    let rows = table::fold(words::TABLE, HEAD, rows.into_any());
    view! {
        <div class="columns">
            <div class="card list">{rows}</div>
            {decide::card(place)}
        </div>
    }
    .into_any()
}

const HEAD: &[table::Head] = &[
    (shared::AMOUNT, true),
    (shared::BUYER, false),
    (words::SINCE, false),
    (shared::STATUS, false),
    (words::DECIDE, true),
];

fn row(place: Place, one: &ParkedMoney) -> AnyView {
    let id = one.id;
    let state = match one.is_to_return {
        true => ui::status(Mark::Soon, words::TO_RETURN),
        false => ui::status(Mark::Warn, words::WAITS),
    };
    let said = words::decide(&money(one.money), &one.buyer);
    let pressed = move || (place.chosen.get() == Some(id)).to_string();
    let choose = move |_| place.decide.open(place, id);
    let button = view! {
        <button
            type="button"
            class="button slim"
            aria-label=said
            aria-pressed=pressed
            on:click=choose
        >
            {words::DECIDE}
        </button>
    };
    let order = view! {
        <a class="num nowrap" href=paths::orders_like(&one.order_number)>
            {one.order_number.clone()}
        </a>
    };
    let came = words::came(
        en::order_state(one.order_state),
        en::payment_method(one.method),
    );
    let whose = view! {
        {one.buyer.clone()}
        <p class="why">{order} {came}</p>
    };
    table::row(vec![
        table::cell("end num late strong", None, money(one.money)),
        table::cell("start", None, whose),
        table::cell(
            "num nowrap named",
            Some(words::SINCE),
            format::day_and_year(one.on),
        ),
        table::cell("whole num", None, state),
        table::cell("fit", None, button),
    ])
}
