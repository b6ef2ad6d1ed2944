//! Numbers of bills without a gap and out of the way, and one mail for what happened once.

use std::collections::BTreeMap;

use chrono::DateTime;
use membership_contract::paths;
use membership_contract::purchase::Order;
use membership_domain::purchase::bill::{BillKind, PaymentMethod};
use membership_domain::purchase::order::OrderState;
use membership_store::audit::Action;
use membership_store::jobs::{self, Kind, Moment};
use membership_store::{bills, mails};

use super::{PACK, after_catalog, bill, let_go, shop_at, work};
use crate::app::Settings;
use crate::gateway::sandbox::story::Story;
use crate::jobs::{Task, enqueue};
use crate::purchase::bills::numbers;
use crate::testing::shop::Shop;
use crate::testing::{Outcome, TestApp};
use crate::trail;

#[tokio::test]
async fn numbers_that_cannot_be_given_hold_up_no_payment() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order(PACK, PaymentMethod::Card).await?;
        let unnamed = after_catalog(&app.app, |catalog| catalog.billing.sellers.clear())?;
        let there = shop_at(&unnamed, &shop);
        let paid = there.pay(&order, Story::Success).await?;
        let number = bill(&paid, BillKind::Invoice).map(|bill| bill.number.clone());
        assert_eq!((paid.state, number), (OrderState::Fulfilled, Some(None)));
        assert!(numbers(&unnamed).await.is_err(), "nobody knows the prefix");
        work(&app.app).await?;
        let invoiced = shop.now(&order).await?;
        let invoice = bill(&invoiced, BillKind::Invoice).ok_or("an invoice")?;
        assert_eq!(invoice.number.as_deref(), Some("MW-2023-000001"));

        // Somebody holds the series for long: where writers don't wait for each other anyway.
        let store = &app.app.store;
        let version = membership_store::testing::execute(store, "SELECT version()").await;
        if version.is_ok() {
            let_go(app, &shop).await?;
            let held = store.write().await?;
            bills::lock_series(&held, &invoiced_in(app, &shop).await?).await?;
            let order = shop.order(PACK, PaymentMethod::Card).await?;
            let paid = shop.pay(&order, Story::Success).await?;
            assert_eq!(paid.state, OrderState::Fulfilled);
            drop(held);
        }
        Ok(())
    })
    .await
}

/// The series of the company's newest invoice.
async fn invoiced_in(app: &TestApp, shop: &Shop) -> Outcome<String> {
    let kinds = [BillKind::Invoice];
    let newest = bills::list(app.app.store.db(), shop.id, &kinds, None, 1).await?;
    let newest = newest.into_iter().next().ok_or("an invoice")?;
    Ok(newest.series)
}

/// One job makes both bills of a card order, of which only the invoice needs the seller's prefix.
#[tokio::test]
async fn a_bill_that_cannot_be_made_holds_up_no_other() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order(PACK, PaymentMethod::Card).await?;
        let unnamed = after_catalog(&app.app, |catalog| catalog.billing.sellers.clear())?;
        shop.pay(&order, Story::Success).await?;
        work(&unnamed).await?;
        assert_eq!(drawn(&shop, &order).await?, (None, false, true));
        work(&app.app).await?;
        let number = Some("MW-2023-000001".to_owned());
        assert_eq!(drawn(&shop, &order).await?, (number, true, true));
        Ok(())
    })
    .await
}

/// A version before this one queued a job for each bill, and may have left some.
#[tokio::test]
async fn a_job_of_one_bill_that_an_older_server_left_is_done() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order(PACK, PaymentMethod::Card).await?;
        let paid = shop.pay(&order, Story::Success).await?;
        let invoice = bill(&paid, BillKind::Invoice).ok_or("an invoice")?.id;
        let write = app.app.store.write().await?;
        let theirs = Task {
            kind: Kind::BillIssue,
            key: invoice.to_string(),
            organization: Some(shop.id),
            detail: serde_json::Value::Null,
            run_at: DateTime::UNIX_EPOCH,
        };
        let queued = enqueue(&app.app, &write, theirs).await;
        assert!(queued.map_err(|error| error.detail().to_owned())?);
        let entry = trail::entry(&app.app.clock, Action::BillIssue, invoice)?;
        write.commit(entry).await?;
        // Both jobs are about the invoice, in whatever order they are done.
        work(&app.app).await?;
        let number = Some("MW-2023-000001".to_owned());
        assert_eq!(drawn(&shop, &order).await?, (number, true, true));
        let (now, real) = (app.app.clock.now(), app.app.clock.real());
        let left = jobs::tally(app.app.store.db(), Moment { now, real }).await?;
        let of_bills = left.keys().filter(|(kind, _)| kind.starts_with("bill"));
        assert_eq!(of_bills.count(), 0, "{left:?}");
        Ok(())
    })
    .await
}

/// The number of an order's invoice, and whether that has its files and the receipt its own.
async fn drawn(shop: &Shop, order: &Order) -> Outcome<(Option<String>, bool, bool)> {
    let known = shop.now(order).await?;
    let invoice = bill(&known, BillKind::Invoice).ok_or("an invoice")?;
    let receipt = bill(&known, BillKind::Receipt).ok_or("a receipt")?;
    Ok((invoice.number.clone(), invoice.has_files, receipt.has_files))
}

#[tokio::test]
async fn numbers_have_no_gap_when_writes_are_lost_and_two_servers_count() -> Outcome {
    TestApp::each_pair(&Settings::default(), async |one, two| {
        let shop = Shop::of(one, "Northwind").await?;
        let faults = [one, two].map(|app| app.app.store.faults());
        for round in 0..8 {
            let order = shop.order(PACK, PaymentMethod::Card).await?;
            let paid = shop.pay(&order, Story::Success).await?;
            assert_eq!(paid.state, OrderState::Fulfilled);
            match round % 4 {
                0 => faults[0].lose_writes(1),
                1 => faults[1].lose_answers(1),
                2 => faults[0].overtake(2),
                _ => {}
            }
            let (first, second) =
                tokio::join!(Box::pin(numbers(&one.app)), Box::pin(numbers(&two.app)));
            // What was lost is done with the next turn.
            let _ = (first, second);
            for faults in faults {
                faults.lose_writes(0);
                faults.lose_answers(0);
                faults.overtake(0);
            }
            let_go(one, &shop).await?;
        }
        numbers(&two.app).await?;
        let db = one.app.store.db();
        let series = invoiced_in(one, &shop).await?;
        let counted: Vec<String> = (1..=8).map(|count| format!("MW-2023-{count:06}")).collect();
        assert_eq!(bills::numbers(db, &series).await?, counted);
        // In the order in which they were paid.
        let kinds = [BillKind::Invoice];
        let mut listed = bills::list(db, shop.id, &kinds, None, 20).await?;
        listed.reverse();
        let listed: Vec<String> = listed.into_iter().filter_map(|one| one.number).collect();
        assert_eq!(listed, counted);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn charges_that_fail_send_no_second_mail_of_an_order() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order(PACK, PaymentMethod::Card).await?;
        for story in [Story::Declined, Story::Funds, Story::Twice] {
            let page = shop.attempt(&order).await?;
            shop.choose(&page, story).await?;
            work(&app.app).await?;
            shop.come_back(&order).await?;
        }
        assert_eq!(shop.now(&order).await?.state, OrderState::Fulfilled);
        work(&app.app).await?;
        let told = mails::of_document(app.app.store.db(), &order.id.to_string()).await?;
        let mut purposes = BTreeMap::new();
        for mail in told {
            *purposes.entry((mail.purpose, mail.recipient)).or_insert(0) += 1;
        }
        let to = "billing@contoso.example";
        let wanted = ["order_paid", "order_placed"].map(|one| ((one.to_owned(), to.to_owned()), 1));
        assert_eq!(purposes.into_iter().collect::<Vec<_>>(), wanted);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_credit_note_has_no_number_until_it_is_issued_and_then_that_one() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order(PACK, PaymentMethod::Card).await?;
        let page = shop.attempt(&order).await?;
        shop.choose(&page, Story::Disputed).await?;
        shop.come_back(&order).await?;
        work(&app.app).await?;
        shop.lose(app, &page).await?;
        let back = shop.now(&order).await?;
        let note = bill(&back, BillKind::CreditNote).ok_or("a credit note")?;
        assert_eq!((note.number.as_ref(), note.has_files), (None, false));
        let file = paths::bill_file(shop.id, note.id, "pdf");
        assert_eq!(shop.browser.get(&file).await?.status, 404);
        work(&app.app).await?;
        let issued = shop.now(&order).await?;
        let issued = bill(&issued, BillKind::CreditNote).ok_or("a credit note")?;
        assert_eq!(issued.number.as_deref(), Some("CN-MW-2023-000001"));
        let before = shop.browser.get(&file).await?;
        assert!(before.body.starts_with(b"%PDF"));
        numbers(&app.app).await?;
        work(&app.app).await?;
        let after = shop.browser.get(&file).await?;
        assert!(before.body == after.body && before.header("etag") == after.header("etag"));
        let kept = shop.now(&order).await?;
        assert_eq!(bill(&kept, BillKind::CreditNote), Some(issued));
        Ok(())
    })
    .await
}
