//! Each attempt once, each captured unit once, whoever tells of it and when.

use chrono::Duration;
use membership_contract::paths;
use membership_contract::purchase::Order;
use membership_domain::purchase::attempt::AttemptState;
use membership_domain::purchase::bill::{BillKind, PaymentMethod};
use membership_domain::purchase::ledger::Account;
use membership_domain::purchase::order::OrderState;
use membership_store::organizations::Organization;
use membership_store::{attempts, bills, books, mails, receipts, sandbox};

use super::{
    PACK, after_catalog, balance, bill, change, let_go, payment, price, set, shop_at, switch, tell,
    work,
};
use crate::app::Settings;
use crate::gateway::sandbox::story::Story;
use crate::purchase::sweep;
use crate::testing::shop::{Shop, key};
use crate::testing::{Outcome, TestApp, rounds};

async fn sweep_runs(app: &TestApp) -> Outcome {
    app.app.clock.wait(Duration::seconds(61));
    let swept = sweep::payments(&app.app).await;
    Ok(swept.map_err(|error| error.detail().to_owned())?)
}

async fn expiries(app: &TestApp) -> Outcome {
    let swept = sweep::expiries(&app.app).await;
    Ok(swept.map_err(|error| error.detail().to_owned())?)
}

#[tokio::test]
async fn whoever_begins_to_pay_at_once_begins_one_attempt() -> Outcome {
    TestApp::each_pair(&Settings::default(), async |one, two| {
        let shop = Shop::of(one, "Northwind").await?;
        let there = Shop {
            browser: two.signed_in("mpn-partner-admin@northwind.example").await?,
            id: shop.id,
        };
        for _ in 0..rounds(3) {
            let order = shop.order(PACK, PaymentMethod::Card).await?;
            let path = paths::of_order(shop.id, order.id, "attempts");
            let (same, other) = (key(), key());
            let (first, again, another) = tokio::join!(
                shop.keyed(&path, &same, None),
                shop.keyed(&path, &same, None),
                there.keyed(&path, &other, None),
            );
            let begun = [first?.status, again?.status, another?.status];
            let in_vain = begun.iter().filter(|one| **one == 409).count();
            assert!([1, 2].contains(&in_vain), "{begun:?}");
            sweep_runs(one).await?;
            let all = attempts::of_order(one.app.store.db(), order.id).await?;
            assert_eq!((all.len(), all[0].count), (1, 1), "{all:?}");
            let page = all[0].redirect.clone().ok_or("where it is paid")?;
            shop.choose(&page, Story::Never).await?;
            let paid = there.come_back(&order).await?;
            assert_eq!(
                (paid.state, paid.payments.len()),
                (OrderState::Fulfilled, 1)
            );
            let_go(one, &shop).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_event_that_comes_again_years_later_makes_nothing() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order(PACK, PaymentMethod::Card).await?;
        let page = shop.attempt(&order).await?;
        shop.choose(&page, Story::Success).await?;
        work(&app.app).await?;
        let paid = shop.now(&order).await?;
        assert_eq!(paid.state, OrderState::Fulfilled);
        set(&app.app, "2026-12-01T09:00:00Z")?;
        work(&app.app).await?;
        let next = shop.order(PACK, PaymentMethod::Card).await?;
        let before = books::entries(app.app.store.db(), None).await?;
        let told = format!("evt_{}_0", payment(&page));
        for id in [told.as_str(), "evt_of_another_id"] {
            assert_eq!(tell(app, id, payment(&page)).await?.status, 204);
        }
        assert_eq!(shop.now(&order).await?.payments, paid.payments);
        assert_eq!(shop.now(&next).await?, next);
        let placed = membership_store::orders::placed(app.app.store.db(), shop.id, None, 9);
        assert_eq!(placed.await?.len(), 2);
        assert_eq!(books::entries(app.app.store.db(), None).await?, before);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_order_whose_money_is_under_way_never_expires() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        for story in [Story::Never, Story::Timeout, Story::Unknown] {
            let order = shop.order(PACK, PaymentMethod::Card).await?;
            let page = shop.attempt(&order).await?;
            shop.choose(&page, story).await?;
            if story != Story::Never {
                assert_eq!(shop.come_back(&order).await?.state, OrderState::Unknown);
            }
            let last = order.expires_on.succ_opt().ok_or("a day")?;
            set(&app.app, &format!("{last}T00:00:00Z"))?;
            expiries(app).await?;
            let kept = shop.now(&order).await?.state;
            assert!(
                matches!(kept, OrderState::Paying | OrderState::Unknown),
                "{kept:?}"
            );
            for _ in 0..3 {
                sweep_runs(app).await?;
                expiries(app).await?;
            }
            let paid = shop.now(&order).await?;
            assert_eq!(
                (paid.state, paid.payments.len()),
                (OrderState::Fulfilled, 1)
            );
            let_go(app, &shop).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_expiry_that_meets_the_buyer_who_comes_back_leaves_a_paid_order() -> Outcome {
    TestApp::each_pair(&Settings::default(), async |one, two| {
        let shop = Shop::of(one, "Northwind").await?;
        for _ in 0..rounds(3) {
            let order = shop.order(PACK, PaymentMethod::Card).await?;
            let page = shop.attempt(&order).await?;
            shop.choose(&page, Story::Never).await?;
            let last = order.expires_on.succ_opt().ok_or("a day")?;
            for app in [one, two] {
                set(&app.app, &format!("{last}T00:00:00Z"))?;
            }
            let (event, expired, back) = tokio::join!(
                Box::pin(tell(two, "evt", payment(&page))),
                Box::pin(sweep::expiries(&two.app)),
                Box::pin(shop.come_back(&order)),
            );
            // One of those that are in each other's way is sent again.
            let _ = (event, expired, back);
            shop.come_back(&order).await?;
            expiries(two).await?;
            let paid = shop.now(&order).await?;
            let is = (paid.state, paid.received, paid.payments.len());
            assert_eq!(is, (OrderState::Fulfilled, 36_500, 1));
            let_go(one, &shop).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn another_method_is_chosen_only_once_the_provider_ended_the_attempt() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order(PACK, PaymentMethod::Card).await?;
        let page = shop.attempt(&order).await?;
        let switched: Order = switch(&shop, &order, "wire").await?.json()?;
        assert_eq!(switched.answers.method, PaymentMethod::Wire);
        // Only a transfer takes a confirmation, which says where it goes and under which reference.
        assert_eq!((order.bills.len(), switched.bills.len()), (0, 1));
        let known = bills::of_order(app.app.store.db(), order.id).await?;
        let goes_to = known[0].bill.remittance.as_ref();
        assert_eq!(goes_to.map(|to| &to.reference), order.reference.as_ref());
        let attempt = switched.attempt.map(|one| one.state);
        assert_eq!(attempt, Some(AttemptState::Canceled));
        let at_provider = sandbox::by_id(app.app.store.db(), payment(&page)).await?;
        assert_eq!(at_provider.ok_or("a payment")?.state, "canceled");
        // The old page is still open in a tab.
        shop.choose(&page, Story::Success).await?;
        tell(app, "evt_late", payment(&page)).await?;
        let waits = shop.come_back(&order).await?;
        assert_eq!(
            (waits.state, waits.received),
            (OrderState::AwaitingPayment, 0)
        );

        // What was paid meanwhile stays paid, and the method with it.
        assert_eq!(switch(&shop, &order, "card").await?.status, 200);
        let page = shop.attempt(&order).await?;
        shop.choose(&page, Story::Never).await?;
        assert_eq!(switch(&shop, &order, "wire").await?.problem()?.status, 409);
        let paid = shop.now(&order).await?;
        assert_eq!(
            (paid.state, paid.answers.method, paid.payments.len()),
            (OrderState::Fulfilled, PaymentMethod::Card, 1)
        );
        let kinds: Vec<_> = paid.bills.iter().map(|bill| bill.kind).collect();
        assert_eq!(
            kinds,
            [
                BillKind::OrderConfirmation,
                BillKind::Invoice,
                BillKind::Receipt
            ]
        );
        assert_eq!(balance(&app.app, Account::CashCard).await?, 36_500);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn whichever_message_is_absent_the_order_is_complete() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let db = app.app.store.db();
        let mut found = Vec::new();
        for messenger in ["event", "return", "sweep"] {
            let order = shop.order(PACK, PaymentMethod::Card).await?;
            let page = shop.attempt(&order).await?;
            shop.choose(&page, Story::Never).await?;
            match messenger {
                "event" => assert_eq!(tell(app, "evt", payment(&page)).await?.status, 204),
                "return" => drop(shop.come_back(&order).await?),
                _ => sweep_runs(app).await?,
            }
            work(&app.app).await?;
            let paid = shop.now(&order).await?;
            let kinds: Vec<_> = paid.bills.iter().map(|bill| bill.kind).collect();
            let booked = books::entries(db, Some(order.id)).await?;
            let booked: Vec<_> = booked
                .into_iter()
                .map(|one| (one.kind, one.lines))
                .collect();
            let mails = mails::of_document(db, &order.id.to_string()).await?.len();
            let term = (paid.starts_on, paid.ends_on);
            assert!(paid.bills.iter().all(|bill| bill.has_files), "{messenger}");
            assert_eq!(paid.state, OrderState::Fulfilled, "{messenger}");
            found.push((kinds, booked, mails, term));
            let_go(app, &shop).await?;
        }
        assert_eq!(found[0].0, [BillKind::Invoice, BillKind::Receipt]);
        assert!(found.windows(2).all(|two| two[0] == two[1]), "{found:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_is_captured_booked_and_billed_is_the_same_in_minor_units() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        // Prices whose tax has fractions of a cent, of a yen, and of nothing.
        for (country, currency, net, total, said) in [
            ("DE", "EUR", 42_499, 50_574, ">505.74<"),
            ("JP", "JPY", 57_995, 63_795, ">63795.00<"),
            ("GB", "GBP", 36_499, 36_499, ">364.99<"),
        ] {
            change(&app.app, &shop, |known| Organization {
                country: country.to_owned(),
                ..known
            })
            .await?;
            let here = after_catalog(&app.app, |catalog| price(catalog, currency, net))?;
            let there = shop_at(&here, &shop);
            let order = there.order(PACK, PaymentMethod::Card).await?;
            assert_eq!(order.total.amount, total, "{country}");
            let page = there.attempt(&order).await?;
            let db = here.store.db();
            let asked = sandbox::by_id(db, payment(&page))
                .await?
                .ok_or("a payment")?;
            assert_eq!((asked.amount, asked.currency.as_str()), (total, currency));
            there.choose(&page, Story::Never).await?;
            let paid = there.come_back(&order).await?;
            assert_eq!((paid.state, paid.received), (OrderState::Fulfilled, total));
            let came = receipts::of_order(db, order.id).await?;
            let came: Vec<_> = came.iter().map(|one| (one.money, one.parked)).collect();
            assert_eq!(came, [(order.total, 0)]);
            assert!(books::open_items(db).await?.is_empty());
            work(&here).await?;
            let paid = there.now(&order).await?;
            let invoice = bill(&paid, BillKind::Invoice).ok_or("an invoice")?;
            assert_eq!(invoice.total, order.total);
            let xml = bills::files(db, invoice.id)
                .await?
                .and_then(|files| files.xml);
            let xml = xml.ok_or("an e-invoice")?;
            assert!(xml.contains(said), "{country}: {xml}");
            let_go(app, &shop).await?;
        }
        Ok(())
    })
    .await
}
