//! What is in the database at the end, beside what was acknowledged.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use membership_domain::evidence::{Authority, Membership};
use membership_domain::money::Currency;
use membership_domain::purchase::bank::BankEntryState;
use membership_domain::purchase::bill::{BillKind, PaymentMethod};
use membership_domain::purchase::ledger::Account;
use membership_domain::purchase::order::OrderState;
use membership_store::audit::{self, Action};
use membership_store::{
    Store, attempts, bank, bills, books, evidence, orders, receipts, sandbox, terms,
};

use super::Outcome;
use super::buyer::{Bought, Said};
use super::server::opened;

/// More than there is.
const ALL: u64 = 1_000_000;

/// What a killed server held is given free by then.
const PATIENCE: Duration = Duration::from_secs(100);

/// Waits until each bill has its number.
pub async fn wait_for_numbers(url: &str) -> Outcome {
    let store = opened(url).await?;
    let begun = Instant::now();
    while !bills::unnumbered_series(store.db()).await?.is_empty() {
        assert!(begun.elapsed() < PATIENCE, "bills have no number");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(store.db().clone().close().await?)
}

/// Whether all that was acknowledged is there once, and nothing else. Says how much that is.
pub async fn check(url: &str, said: &Said) -> Outcome<String> {
    let store = opened(url).await?;
    let db = store.db();
    let placed = orders::search(db, None, "", None, ALL).await?;
    let number = |number: &Option<String>| number.clone().unwrap_or_default();
    let there: BTreeSet<String> = placed.iter().map(|order| number(&order.number)).collect();
    let told: BTreeSet<String> = said.orders.iter().map(|one| one.number.clone()).collect();
    assert_eq!(there, told, "orders by their numbers");
    assert_eq!(placed.len(), said.orders.len(), "each of them once");
    for id in &said.discarded {
        assert_eq!(orders::by_id(db, *id).await?, None, "it was thrown away");
    }
    let mut cards: BTreeMap<Currency, i64> = BTreeMap::new();
    let mut series = BTreeSet::new();
    let mut tried = 0;
    for one in &said.orders {
        of_order(&store, one, &mut series).await?;
        tried += one.attempts.len();
        if one.state == OrderState::Fulfilled && one.method == PaymentMethod::Card {
            *cards.entry(one.total.currency).or_default() += one.total.amount;
        }
    }
    for series in &series {
        let numbers = bills::numbers(db, series).await?;
        let ends: Vec<&str> = (numbers.iter())
            .map(|number| number.get(number.len().saturating_sub(6)..).unwrap_or(""))
            .collect();
        let counted: Vec<String> = (1..=numbers.len()).map(|n| format!("{n:06}")).collect();
        assert_eq!(ends, counted, "{series} has no gap");
    }
    let entries = bank::list(db, BankEntryState::ALL, None, ALL).await?;
    assert_eq!(entries.len(), said.booked.len(), "each transfer once");
    assert!(entries.iter().all(|one| one.state == BankEntryState::Exact));
    let mut wires: BTreeMap<Currency, i64> = BTreeMap::new();
    for money in &said.booked {
        *wires.entry(money.currency).or_default() += money.amount;
    }
    let mut sums: BTreeMap<Currency, i64> = BTreeMap::new();
    let mut on: BTreeMap<(Account, Currency), i64> = BTreeMap::new();
    let late = chrono::NaiveDate::from_ymd_opt(2999, 12, 31).ok_or("a day")?;
    for line in books::trial_balance(db, late).await? {
        let balance = line.debit - line.credit;
        *sums.entry(line.currency).or_default() += balance;
        on.insert((line.account, line.currency), balance);
    }
    assert!(sums.values().all(|sum| *sum == 0), "{sums:?} {on:?}");
    for currency in sums.keys() {
        let sum = |of: &BTreeMap<Currency, i64>| of.get(currency).copied().unwrap_or_default();
        let booked = |account| on.get(&(account, *currency)).copied().unwrap_or_default();
        assert_eq!(booked(Account::CashCard), sum(&cards), "{currency}: {on:?}");
        assert_eq!(booked(Account::CashWire), sum(&wires), "{currency}: {on:?}");
        assert_eq!(booked(Account::Parked), 0, "{currency}: {on:?}");
        assert_eq!(booked(Account::Receivable), 0, "{currency}: {on:?}");
    }
    db.clone().close().await?;
    let fulfilled = |one: &&Bought| one.state == OrderState::Fulfilled;
    Ok(format!(
        "{} orders, {} of them paid, with {tried} attempts and {} transfers, in {} currencies",
        said.orders.len(),
        said.orders.iter().filter(fulfilled).count(),
        said.booked.len(),
        sums.len()
    ))
}

/// One order with what belongs to it.
async fn of_order(store: &Store, one: &Bought, series: &mut BTreeSet<String>) -> Outcome {
    let db = store.db();
    let order = orders::by_id(db, one.order).await?.ok_or("an order")?;
    assert_eq!(order.status.state, one.state, "{one:?}");
    assert_eq!(order.number.as_ref(), Some(&one.number));
    let paid = one.state == OrderState::Fulfilled;
    let due = if paid { one.total.amount } else { 0 };
    assert_eq!(order.status.received, due, "{one:?}");

    let mut tried = attempts::of_order(db, one.order).await?;
    tried.sort_by_key(|attempt| attempt.count);
    let ids: Vec<_> = tried.iter().map(|attempt| attempt.id).collect();
    assert_eq!(ids, one.attempts, "{one:?}");
    assert!((1..).zip(&tried).all(|(count, one)| one.count == count));
    let mut captured = 0;
    for reference in tried
        .iter()
        .filter_map(|one| one.gateway_reference.as_ref())
    {
        let payment = sandbox::by_id(db, reference).await?.ok_or("a payment")?;
        if payment.state == "succeeded" {
            captured += payment.amount;
        }
    }
    let came = receipts::of_order(db, one.order).await?;
    assert_eq!(came.len(), usize::from(paid), "{came:?}");
    let by_card = came
        .iter()
        .filter(|piece| piece.method == PaymentMethod::Card);
    let by_card: i64 = by_card.map(|piece| piece.money.amount).sum();
    assert_eq!(captured, by_card, "{came:?}");
    let all: i64 = came.iter().map(|piece| piece.money.amount).sum();
    assert_eq!(all, due, "{came:?}");

    let given = terms::of_order(db, one.order).await?;
    assert_eq!(given.len(), usize::from(paid), "{given:?}");
    if paid {
        let held = evidence::part(db, one.organization, "memberships").await?;
        let held: Vec<Membership> = held.ok_or("what is held")?.rows()?;
        let ours = held
            .iter()
            .filter(|row| row.program == "action-pack" && row.authority == Authority::MadeHere);
        assert_eq!(ours.count(), 1, "{held:?}");
    }

    let made = bills::of_order(db, one.order).await?;
    let mut kinds: Vec<BillKind> = made.iter().map(|bill| bill.bill.kind).collect();
    kinds.sort_by_key(|kind| kind.code());
    let of_paid = paid.then_some([BillKind::Invoice, BillKind::Receipt]);
    let of_transfer = (one.method == PaymentMethod::Wire).then_some(BillKind::OrderConfirmation);
    let mut expected: Vec<BillKind> = of_paid.into_iter().flatten().chain(of_transfer).collect();
    expected.sort_by_key(|kind| kind.code());
    assert_eq!(kinds, expected, "{one:?}");
    for bill in made
        .iter()
        .filter(|bill| bill.bill.kind == BillKind::Invoice)
    {
        assert_eq!(bill.bill.sale.total(), one.total);
        series.insert(bill.series.clone());
    }

    let log = audit::of_organization(db, one.organization, ALL).await?;
    let told = |action: Action| {
        let same = |entry: &&audit::Entry| entry.action == action && entry.subject == one.number;
        log.iter().filter(same).count()
    };
    let canceled = one.state == OrderState::Canceled;
    assert_eq!(told(Action::OrderPlace), 1, "{one:?}");
    assert_eq!(told(Action::OrderFulfill), usize::from(paid), "{one:?}");
    assert_eq!(told(Action::OrderCancel), usize::from(canceled), "{one:?}");
    Ok(())
}
