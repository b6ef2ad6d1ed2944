//! The books: what is earned of each term, month by month, once the month is over.

use chrono::NaiveDate;
use membership_domain::dates::plus_days;
use membership_domain::purchase::ledger::{Booking, earned_by_month};
use membership_domain::purchase::order::OrderState;
use membership_store::audit::Action;
use membership_store::jobs::Kind;
use membership_store::orders::{self, Order};
use membership_store::{organizations, terms};

use super::apply::book;
use crate::App;
use crate::change::Done;
use crate::http::problem::{Answer, ApiError};
use crate::write::{Tx, write};

/// So many orders at a time.
const SOME: u64 = 100;

/// Books the months that are over. What was late is booked with its own day.
pub async fn earn(app: &App) -> Answer<()> {
    let today = app.clock.now().date_naive();
    for order in orders::earning(app.store.db(), today, SOME).await? {
        write(&app.store, async |write: Tx| {
            organizations::lock(&write, order.organization).await?;
            let order = orders::by_id(write.tx(), order.id).await?;
            let mut order = order.ok_or_else(ApiError::not_found)?;
            if order.earns_on.is_none_or(|on| on > today) {
                return Answer::Ok(((), None));
            }
            let months = earn_of(app, &write, &mut order, today).await?;
            orders::update(&write, &mut order).await?;
            let mut done = Done::of(Action::BooksEarn, order.number.clone().unwrap_or_default());
            done.detail = serde_json::json!({"months": months});
            let entry = done.of_job(&app.clock, order.organization, Kind::BooksEarn)?;
            Ok(((), Some(entry)))
        })
        .await?;
    }
    Ok(())
}

/// Books the months of an order that are over by `today`, and notes when the next one is: how many.
async fn earn_of(
    app: &App,
    write: &membership_store::Write,
    order: &mut Order,
    today: NaiveDate,
) -> Answer<usize> {
    let terms = terms::of_order(write.tx(), order.id).await?;
    let holds = matches!(
        order.status.state,
        OrderState::Fulfilled | OrderState::Disputed
    );
    let Some(term) = terms.first().filter(|_| holds) else {
        order.earns_on = None;
        return Ok(0);
    };
    let (from, mut booked) = (order.earns_on, 0);
    order.earns_on = None;
    for (month, amount) in earned_by_month(order.quote.sale.net(), term.starts_on, term.ends_on) {
        let last = month.last_day();
        // It is earned from the day after it on, which is the day that was noted.
        if from.is_some_and(|from| plus_days(last, 1) < from) {
            continue;
        }
        if last >= today {
            order.earns_on = Some(plus_days(last, 1));
            break;
        }
        let on = term.ends_on.map_or(last, |ends| last.min(ends));
        let booking = Booking::earning(on, order.quote.sale.currency, amount);
        book(
            app,
            write,
            order,
            format!("earning:{}:{month}", order.id),
            booking,
        )
        .await?;
        booked += 1;
    }
    Ok(booked)
}
