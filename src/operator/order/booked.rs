//! What was booked for an order: debits and credits of each entry.

use leptos::prelude::*;
use membership_contract::desk::{DeskBooking, DeskBookingLine};
use membership_domain::Money;

use crate::format;
use crate::operator::{money, table};
use crate::text::operator::{books, orders as words};

const HEAD: &[table::Head] = &[
    (words::ON, false),
    (words::BOOKED_FOR, false),
    (words::ACCOUNT, false),
    (words::DEBIT, true),
    (words::CREDIT, true),
];

/// The card.
pub fn card(bookings: &[DeskBooking]) -> AnyView {
    let inside = match bookings.is_empty() {
        true => table::nothing(words::NO_BOOKINGS),
        false => {
            let rows = bookings.iter().map(booking).collect_view();
            table::fold(words::BOOKINGS, HEAD, rows.into_any())
        }
    };
    table::card(words::BOOKINGS, (), inside)
}

/// One row for each line; day and purpose stand beside the first.
fn booking(one: &DeskBooking) -> AnyView {
    let line = |(at, line): (usize, &DeskBookingLine)| {
        let is_first = at == 0;
        let day = is_first.then(|| format::day_and_year(one.on));
        let purpose = is_first.then(|| words::booking(one.kind));
        let debit = (line.amount > 0).then(|| money(Money::new(line.amount, one.currency)));
        let credit = (line.amount < 0).then(|| {
            let amount = line.amount.saturating_neg();
            money(Money::new(amount, one.currency))
        });
        let sides = [(debit, words::DEBIT), (credit, words::CREDIT)];
        let sides = sides.map(|(side, label)| {
            let label = side.is_some().then_some(label);
            table::cell("end num named", label, side)
        });
        let mut cells = vec![
            table::cell("num nowrap named", is_first.then_some(words::ON), day),
            table::cell("named", is_first.then_some(words::BOOKED_FOR), purpose),
            table::cell("start", None, books::account(line.account)),
        ];
        cells.extend(sides);
        table::row(cells)
    };
    one.lines
        .iter()
        .enumerate()
        .map(line)
        .collect_view()
        .into_any()
}
