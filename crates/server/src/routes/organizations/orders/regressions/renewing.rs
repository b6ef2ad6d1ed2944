//! A term is given once, in the write that confirms the payment, with the days that were shown.

use chrono::NaiveDate;
use membership_contract::paths;
use membership_domain::purchase::bill::{BillKind, PaymentMethod};
use membership_domain::purchase::offers::OrderKind;
use membership_domain::purchase::order::OrderState;
use membership_store::{receipts, terms};
use serde_json::json;

use super::{PACK, after_catalog, bill, let_go, packs, payment, set, shop_at, tell, work};
use crate::gateway::sandbox::story::Story;
use crate::testing::shop::{Shop, key};
use crate::testing::{Outcome, TestApp};

const FIRST: (&str, &str) = ("2023-11-15", "2024-11-14");

fn pair((from, until): (&str, &str)) -> (String, String) {
    (from.to_owned(), until.to_owned())
}

/// A pack that was bought on the first day, and is to be renewed from the day after its anniversary.
async fn holder(app: &TestApp) -> Outcome<Shop> {
    let shop = Shop::of(app, "Northwind").await?;
    let order = shop.order(PACK, PaymentMethod::Card).await?;
    shop.pay(&order, Story::Success).await?;
    work(&app.app).await?;
    assert_eq!(packs(&app.app, &shop).await?, [pair(FIRST)]);
    Ok(shop)
}

#[tokio::test]
async fn a_term_has_the_length_that_was_ordered_once_and_not_before_it_is_paid() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order(PACK, PaymentMethod::Card).await?;
        let page = shop.attempt(&order).await?;
        work(&app.app).await?;
        assert!(packs(&app.app, &shop).await?.is_empty(), "it is pending");
        // Meanwhile what is sold is a month.
        let here = after_catalog(&app.app, |catalog| {
            for program in catalog.programs.iter_mut().filter(|one| one.id == PACK) {
                for terms in &mut program.terms {
                    terms.days = Some(30);
                }
            }
        })?;
        let there = shop_at(&here, &shop);
        there.choose(&page, Story::Twice).await?;
        there.come_back(&order).await?;
        for id in ["evt_1", "evt_1", "evt_2"] {
            tell(app, id, payment(&page)).await?;
            work(&here).await?;
            assert_eq!(packs(&here, &shop).await?, [pair(FIRST)]);
        }
        let given = terms::of_order(app.app.store.db(), order.id).await?;
        assert_eq!(given.len(), 1);
        let quoted = order.quote.term.until.map(|on| on.to_string());
        assert_eq!(quoted.as_deref(), Some(FIRST.1));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_payment_that_is_kept_moves_the_end_in_the_same_write() -> Outcome {
    TestApp::each(async |app| {
        let shop = holder(app).await?;
        set(&app.app, "2024-11-20T12:00:00Z")?;
        let order = shop.order(PACK, PaymentMethod::Card).await?;
        assert_eq!(order.quote.kind, OrderKind::Renewal);
        let page = shop.attempt(&order).await?;
        shop.choose(&page, Story::Never).await?;
        let db = app.app.store.db();
        // The write of the payment is lost, and everything with it.
        app.app.store.faults().lose_writes(1);
        assert!(shop.come_back(&order).await.is_err());
        app.app.store.faults().lose_writes(0);
        assert_eq!(packs(&app.app, &shop).await?, [pair(FIRST)]);
        assert!(receipts::of_order(db, order.id).await?.is_empty());
        assert_eq!(shop.now(&order).await?.state, OrderState::Paying);
        // It is kept, and its answer is lost: no job has to run for the new end to be there.
        app.app.store.faults().lose_answers(1);
        assert!(shop.come_back(&order).await.is_err());
        let paid = shop.now(&order).await?;
        assert_eq!(
            (paid.state, paid.payments.len()),
            (OrderState::Fulfilled, 1)
        );
        let renewed = pair(("2024-11-20", "2025-11-20"));
        assert_eq!(
            packs(&app.app, &shop).await?,
            [pair(FIRST), renewed.clone()]
        );
        shop.come_back(&order).await?;
        assert_eq!(packs(&app.app, &shop).await?, [pair(FIRST), renewed]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_renewal_shows_both_dates_before_it_is_paid_and_keeps_them() -> Outcome {
    TestApp::each(async |app| {
        let shop = holder(app).await?;
        let answers = json!({"offer": PACK, "method": "card"});
        for day in ["2024-06-01", "2024-11-13", "2024-11-14"] {
            set(&app.app, &format!("{day}T23:59:59Z"))?;
            let early = shop
                .keyed(&paths::orders(shop.id), &key(), Some(answers.clone()))
                .await?;
            assert_eq!(
                early.problem()?.status,
                409,
                "no paid day can be lost: {day}"
            );
        }
        set(&app.app, "2024-11-15T00:00:00Z")?;
        let draft = shop.begin(PACK, PaymentMethod::Card).await?;
        let day = |text: &str| text.parse::<NaiveDate>();
        let before = draft.quote.renews.ok_or("what it renews")?;
        assert_eq!(before.until, Some(day(FIRST.1)?));
        assert_eq!(draft.quote.term.until, Some(day("2025-11-15")?));
        let order = shop.place(&draft).await?;
        let paid = shop.pay(&order, Story::Authenticated).await?;
        assert_eq!(paid.starts_on, Some(day("2024-11-15")?));
        assert_eq!(paid.ends_on, draft.quote.term.until);
        assert_eq!(paid.quote.renews, draft.quote.renews);
        let both = [pair(FIRST), pair(("2024-11-15", "2025-11-15"))];
        assert_eq!(
            packs(&app.app, &shop).await?,
            both,
            "the old one stays as it was"
        );
        // What is renewed is not renewed once more.
        let again = shop
            .keyed(&paths::orders(shop.id), &key(), Some(answers))
            .await?;
        assert_eq!(again.problem()?.status, 409);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_hour_of_a_payment_costs_no_day() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        for (at, from, until) in [
            ("2023-12-01T00:00:00Z", "2023-12-01", "2024-11-30"),
            ("2023-12-01T12:30:00Z", "2023-12-01", "2024-11-30"),
            ("2023-12-01T23:59:59.999Z", "2023-12-01", "2024-11-30"),
            ("2023-12-02T00:00:00Z", "2023-12-02", "2024-12-01"),
            ("2023-12-02T00:30:00+01:00", "2023-12-01", "2024-11-30"),
        ] {
            set(&app.app, at)?;
            let order = shop.order(PACK, PaymentMethod::Card).await?;
            let paid = shop.pay(&order, Story::Success).await?;
            assert_eq!(paid.state, OrderState::Fulfilled);
            assert_eq!(packs(&app.app, &shop).await?, [pair((from, until))], "{at}");
            let_go(app, &shop).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_renewal_that_is_taken_back_leaves_the_term_before_it() -> Outcome {
    TestApp::each(async |app| {
        let shop = holder(app).await?;
        let mut notes = Vec::new();
        // On the same day nothing of it stays, and later what was used.
        for (on, left) in [
            ("2024-11-20", None),
            ("2024-12-12", Some(("2024-11-20", "2024-12-11"))),
        ] {
            set(&app.app, "2024-11-20T12:00:00Z")?;
            let order = shop.order(PACK, PaymentMethod::Card).await?;
            assert_eq!(order.quote.kind, OrderKind::Renewal);
            let page = shop.attempt(&order).await?;
            shop.choose(&page, Story::Disputed).await?;
            let disputed = shop.come_back(&order).await?;
            // Nothing is called refunded, and nothing ends, until that is final.
            assert_eq!(disputed.state, OrderState::Disputed);
            assert!(bill(&disputed, BillKind::CreditNote).is_none());
            assert_eq!(packs(&app.app, &shop).await?.len(), 2);
            work(&app.app).await?;
            set(&app.app, &format!("{on}T13:00:00Z"))?;
            for _ in 0..2 {
                shop.lose(app, &page).await?;
            }
            let back = shop.now(&order).await?;
            assert_eq!((back.state, back.received), (OrderState::Refunded, 0));
            let mut held = vec![pair(FIRST)];
            held.extend(left.map(pair));
            assert_eq!(packs(&app.app, &shop).await?, held);
            notes.push(back);
        }
        let has_note = notes.iter().all(|order| {
            bill(order, BillKind::CreditNote).is_some_and(|note| note.total.amount == -36_500)
        });
        assert!(has_note, "each has its own credit note");
        Ok(())
    })
    .await
}
