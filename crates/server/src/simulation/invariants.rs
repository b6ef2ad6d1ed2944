//! What holds whatever happened.

use std::collections::BTreeMap;

use membership_domain::evidence::Membership;
use membership_domain::purchase::bill::{BillKind, PaymentMethod};
use membership_domain::purchase::ledger::Account;
use membership_domain::purchase::order::OrderState;
use membership_store::audit::{self, Action};
use membership_store::orders::Order;
use membership_store::{attempts, bank, bills, books, evidence, orders, receipts, sandbox, terms};

use super::world::World;
use crate::testing::Outcome;

/// After each step: nothing is owned twice.
pub async fn after_each(world: &World) -> Outcome {
    let db = world.app.store.db();
    let mut open = 0;
    for order in orders::placed(db, world.id, None, 200).await? {
        let status = order.status;
        open += usize::from(status.is_open());
        assert!((0..=status.total).contains(&status.received), "{order:?}");
        let given = terms::of_order(db, order.id).await?.len();
        assert!(
            given <= order.quote.programs.len(),
            "one term for a program: {order:?}"
        );
        let all = attempts::of_order(db, order.id).await?;
        let under_way = all.iter().filter(|one| one.state.is_open()).count();
        assert!(under_way <= 1, "one attempt is open: {all:?}");
        if status.state == OrderState::Expired {
            assert_eq!(status.received, 0, "what expired has no money: {order:?}");
        }
    }
    assert!(open <= 1, "one open order of an offer");
    Ok(())
}

/// When everything has come to its end.
pub async fn at_the_end(world: &World) -> Outcome {
    let db = world.app.store.db();
    let (mut cards, mut refunded) = (0, 0);
    let mut invoices: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let log = audit::of_organization(db, world.id, 100_000).await?;
    for order in orders::placed(db, world.id, None, 200).await? {
        let (captured, back) = of_order(world, &order).await?;
        cards += captured;
        refunded += back;
        for bill in bills::of_order(db, order.id).await? {
            if bill.bill.kind == BillKind::Invoice {
                assert_eq!(bill.bill.sale.total().amount, order.status.total);
                invoices.entry(bill.series).or_default().extend(bill.number);
            }
        }
        let number = order.number.clone().unwrap_or_default();
        let told = |action: Action| {
            let same = |one: &&audit::Entry| one.action == action && one.subject == number;
            log.iter().filter(same).count()
        };
        assert_eq!(told(Action::OrderPlace), 1, "{number} was placed once");
        let given = terms::of_order(db, order.id).await?;
        assert_eq!(
            told(Action::OrderFulfill),
            usize::from(!given.is_empty()),
            "{number}"
        );
    }
    for (series, mut numbers) in invoices {
        numbers.sort();
        let counted: Vec<String> = (1..=numbers.len())
            .map(|count| format!("{count:06}"))
            .collect();
        let ends: Vec<String> = (numbers.iter())
            .map(|number| number[number.len() - 6..].to_owned())
            .collect();
        assert_eq!(ends, counted, "{series} has no gap");
    }
    let mut accounts: BTreeMap<&str, i64> = BTreeMap::new();
    for line in books::trial_balance(db, crate::testing::shop::late()).await? {
        *accounts.entry(line.account.code()).or_default() += line.debit - line.credit;
    }
    assert_eq!(accounts.values().sum::<i64>(), 0, "{accounts:?}");
    let on = |account: Account| accounts.get(account.code()).copied().unwrap_or_default();
    assert_eq!(on(Account::CashCard), cards - refunded, "{accounts:?}");
    let entries = bank::list(
        db,
        membership_domain::purchase::bank::BankEntryState::ALL,
        None,
        1000,
    );
    let at_bank: i64 = entries.await?.iter().map(|entry| entry.money.amount).sum();
    assert_eq!(at_bank, world.at_bank, "each entry once");
    // A refund of what came by transfer leaves the bank only once somebody sends it.
    assert_eq!(on(Account::CashWire), world.at_bank, "{accounts:?}");
    let parked: i64 = receipts::parked(db)
        .await?
        .iter()
        .map(|piece| piece.parked)
        .sum();
    let waiting = membership_domain::purchase::bank::BankEntryState::WAITING;
    let stray = bank::list(db, &waiting, None, 1000).await?;
    let stray: i64 = stray.iter().map(|entry| entry.money.amount).sum();
    assert_eq!(-on(Account::Parked), parked + stray, "{accounts:?}");
    Ok(())
}

/// What holds of one order: what the provider captured for it, and what went back.
async fn of_order(world: &World, order: &Order) -> Outcome<(i64, i64)> {
    let db = world.app.store.db();
    let status = order.status;
    let came = receipts::of_order(db, order.id).await?;
    let taken: i64 = came
        .iter()
        .map(|piece| piece.money.amount - piece.parked)
        .sum();
    let refunded = status.state == OrderState::Refunded;
    match refunded {
        true => assert_eq!((status.received, taken), (0, status.total), "{order:?}"),
        false => assert_eq!(status.received, taken, "{order:?} {came:?}"),
    }
    let paid = matches!(status.state, OrderState::Fulfilled | OrderState::Disputed);
    assert!(!paid || status.received == status.total);
    let mut captured = 0;
    for attempt in attempts::of_order(db, order.id).await? {
        if let Some(reference) = &attempt.gateway_reference {
            let payment = sandbox::by_id(db, reference).await?;
            let payment = payment.filter(|payment| payment.state == "succeeded");
            captured += payment.map_or(0, |payment| payment.amount);
        }
    }
    let by_card = came
        .iter()
        .filter(|piece| piece.method == PaymentMethod::Card);
    let by_card: i64 = by_card.map(|piece| piece.money.amount).sum();
    assert_eq!(
        captured, by_card,
        "every captured unit counts once: {order:?}"
    );
    let given = terms::of_order(db, order.id).await?;
    assert_eq!(!given.is_empty(), paid || refunded, "{order:?}");
    let held = evidence::part(db, world.id, "memberships").await?;
    let held: Vec<Membership> = held.map_or_else(|| Ok(Vec::new()), |known| known.rows())?;
    for term in given.iter().filter(|_| paid) {
        let same =
            |row: &&Membership| row.program == term.program && row.started_on == term.starts_on;
        assert!(held.iter().filter(same).count() >= 1, "{term:?} {held:?}");
    }
    // What was parked, and taken back by the card's owner.
    let taken_back = came.iter().filter(|piece| {
        piece.method == PaymentMethod::Card && piece.parking == Some(receipts::Parking::Returned)
    });
    let taken_back: i64 = taken_back.map(|piece| piece.parked).sum();
    let refunded = if refunded { status.total } else { 0 };
    Ok((captured, refunded + taken_back))
}
