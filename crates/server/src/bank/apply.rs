//! Gives entries to their orders: by references and currency alone.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use membership_domain::purchase::bank::{BankCommand, BankEntryState, Matched, after, matched};
use membership_domain::purchase::bill::PaymentMethod;
use membership_domain::purchase::ledger::Booking;
use membership_domain::purchase::order::OrderEvent;
use membership_store::audit::{Action, Entry as AuditEntry};
use membership_store::bank::{self, Entry};
use membership_store::books::{self, NewEntry};
use membership_store::jobs::Kind;
use membership_store::orders::{self, Named};
use membership_store::{Write, organizations};

use super::refused;
use crate::http::problem::{Answer, ApiError};
use crate::purchase::apply::{Incoming, receive};
use crate::write::{Tx, all_but_last, write};
use crate::{App, jobs, random};

/// So many entries are looked up at a time.
const SOME: u64 = 1_000;

/// So many entries that need nobody's order are settled in one write.
const TOGETHER: usize = 200;

/// So many entries are given to their orders in one write, which takes as long as a few requests of
/// others, who wait for it.
const GIVEN: usize = 8;

/// So long a job gives entries to orders: it has ended before its turn does.
pub const TURN: Duration = Duration::from_secs(20);

/// What became of entries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Their orders took them.
    pub matched: u64,
    /// They wait for a person.
    pub waiting: u64,
    /// Nobody has looked at them yet.
    pub later: u64,
}

/// Does so with all that are kept and not decided, and gives none to an order once the time is over.
/// One that fails is left as it is, for the next time, and holds up no other.
pub async fn within(app: &App, time: Duration) -> Answer<Outcome> {
    let until = Instant::now() + time;
    let (mut outcome, mut last) = (Outcome::default(), None);
    loop {
        let received = [BankEntryState::Received];
        let entries = bank::list(app.store.db(), &received, last, SOME).await?;
        let Some(newest) = entries.last() else {
            return Ok(outcome);
        };
        last = Some(newest.id);
        let references: Vec<String> = (entries.iter())
            .flat_map(|entry| entry.references.iter().cloned())
            .collect();
        let named = orders::by_references(app.store.db(), &references).await?;
        let (mut others, mut paying) = (Vec::new(), Vec::new());
        for entry in entries {
            match order_of(&entry, &named) {
                Some(order) => paying.push((entry, order)),
                None => others.push(entry),
            }
        }
        for some in others.chunks(TOGETHER) {
            set_aside(app, some).await?;
            outcome.waiting += some.len() as u64;
        }
        for some in paying.chunks(GIVEN) {
            if Instant::now() >= until {
                outcome.later = bank::count(app.store.db(), &received).await?;
                return Ok(outcome);
            }
            outcome.matched += given(app, some).await;
        }
    }
}

/// Gives entries to their orders, together or, where that fails, one by one: how many.
async fn given(app: &App, entries: &[(Entry, Named)]) -> u64 {
    if pay(app, entries).await.is_ok() {
        return entries.len() as u64;
    }
    let mut many = 0;
    for one in entries {
        match pay(app, std::slice::from_ref(one)).await {
            Ok(()) => many += 1,
            Err(refused) => {
                let (entry, why) = (one.0.id, refused.detail());
                tracing::error!(%entry, why, "a bank entry was not given to its order");
            }
        }
    }
    many
}

/// The order that an entry pays, if it is clear.
pub(super) fn order_of(entry: &Entry, known: &HashMap<String, Named>) -> Option<Named> {
    if !entry.is_credit || entry.returned.is_some() || entry.money.amount == 0 {
        return None;
    }
    let named: Vec<Named> = (entry.references.iter())
        .filter_map(|reference| known.get(reference).copied())
        .collect();
    let same = |order: &Named| order.currency == entry.money.currency;
    match matched(&named, entry.is_complete, same) {
        Matched::Order(order) => Some(order),
        _ => None,
    }
}

/// Notes entries that wait for a person, and books what is on the account.
async fn set_aside(app: &App, entries: &[Entry]) -> Answer<()> {
    write(&app.store, async |write: Tx| {
        for entry in entries {
            let now = bank::lock(&write, entry.id).await?;
            let mut now = now.ok_or_else(ApiError::not_found)?;
            if now.state != BankEntryState::Received {
                continue;
            }
            let command = match now.is_credit {
                true => BankCommand::Miss,
                false => BankCommand::Leave,
            };
            now.state = after(now.state, &command).map_err(refused)?;
            bank::update(&write, &now).await?;
            if now.is_credit {
                let booking = Booking::stray(now.value_on, now.money.currency, now.money.amount);
                book(app, &write, &now, "bank", booking).await?;
            }
        }
        let entry = jobs::entry(
            &app.clock,
            Kind::BankMatch,
            Action::BankMatch,
            "bank entries",
        )?;
        let entry = AuditEntry {
            detail: serde_json::json!({"waiting": entries.len()}),
            ..entry
        };
        Answer::Ok(((), Some(entry)))
    })
    .await
}

/// Gives entries to their orders, each once.
async fn pay(app: &App, entries: &[(Entry, Named)]) -> Answer<()> {
    let mut organizations: Vec<_> = entries
        .iter()
        .map(|(_, order)| order.organization)
        .collect();
    // In one order everywhere, so that two who write don't wait for each other.
    organizations.sort();
    organizations.dedup();
    write(&app.store, async |write: Tx| {
        for organization in &organizations {
            organizations::lock(&write, *organization).await?;
        }
        let mut told = Vec::new();
        for (entry, named) in entries {
            let now = bank::lock(&write, entry.id).await?;
            let mut now = now.ok_or_else(ApiError::not_found)?;
            if now.state != BankEntryState::Received {
                continue;
            }
            let order = orders::by_id(write.tx(), named.id).await?;
            let mut order = order.ok_or_else(ApiError::not_found)?;
            let (due, was_open) = (order.status.due(), order.status.is_open());
            let done = receive(app, &write, &mut order, incoming(&now)).await?;
            let events = events(was_open, due, now.money.amount);
            now.state = after(now.state, &BankCommand::Apply(events)).map_err(refused)?;
            now.order = Some(order.id);
            bank::update(&write, &now).await?;
            for one in done {
                told.push(one.of_job(&app.clock, named.organization, Kind::BankMatch)?);
            }
        }
        Answer::Ok(((), all_but_last(&write, told).await?))
    })
    .await
}

/// What came of money for an order, as [`receive`] decided it.
pub(super) fn events(was_open: bool, due: i64, amount: i64) -> Vec<OrderEvent> {
    if !was_open {
        return vec![OrderEvent::Parked(amount)];
    }
    let mut events = vec![OrderEvent::Received(amount.min(due))];
    if amount >= due {
        events.push(OrderEvent::Fulfilled);
    }
    if amount > due {
        events.push(OrderEvent::Parked(amount - due));
    }
    events
}

/// An entry as money that came in.
pub fn incoming(entry: &Entry) -> Incoming {
    Incoming {
        source: format!("bank:{}", entry.id),
        method: PaymentMethod::Wire,
        money: entry.money,
        value_on: entry.value_on,
        detail: entry.references.first().cloned(),
        is_parked: entry.state != BankEntryState::Received,
    }
}

/// Books something of an entry under a key of which there is one.
pub async fn book(
    app: &App,
    write: &Write,
    entry: &Entry,
    what: &str,
    booking: Booking,
) -> Answer<()> {
    let new = NewEntry {
        id: random::id(app.clock.real())?,
        key: format!("{what}:{}", entry.id),
        organization: None,
        order: None,
        booking,
        at: app.clock.real(),
    };
    Ok(books::book(write, new).await?)
}
