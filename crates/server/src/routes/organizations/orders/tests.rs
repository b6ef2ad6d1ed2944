//! Orders, from a draft to what they give.

use membership_contract::paths;
use membership_contract::purchase::Order;
use membership_domain::Evidence;
use membership_domain::evidence::Authority;
use membership_domain::purchase::attempt::{AttemptState, DeclineReason};
use membership_domain::purchase::bill::{BillKind, PaymentMethod};
use membership_domain::purchase::order::OrderState;
use membership_store::books;
use serde_json::json;

use crate::gateway::sandbox::story::Story;
use crate::purchase::sweep;
use crate::testing::shop::{Shop, key};
use crate::testing::{Outcome, TestApp};

/// What is on each account adds up to nothing in each currency, and nobody owes anything.
async fn books_are_even(app: &TestApp, owed: i64) -> Outcome {
    let db = app.app.store.db();
    let balance = books::trial_balance(db, crate::testing::shop::late()).await?;
    let sum: i64 = balance.iter().map(|line| line.debit - line.credit).sum();
    assert_eq!(sum, 0, "{balance:?}");
    let open: i64 = books::open_items(db).await?.iter().map(|item| item.2).sum();
    assert_eq!(open, owed, "{balance:?}");
    Ok(())
}

#[tokio::test]
async fn an_action_pack_is_bought_by_card() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let draft = shop.begin("action-pack", PaymentMethod::Card).await?;
        assert_eq!(
            (draft.state, draft.number.as_deref()),
            (OrderState::Draft, None)
        );
        assert_eq!(draft.total.decimal(), "365.00");
        let order = shop.place(&draft).await?;
        assert_eq!(order.state, OrderState::AwaitingPayment);
        let paid = shop.pay(&order, Story::Success).await?;
        assert_eq!((paid.state, paid.received), (OrderState::Fulfilled, 36_500));
        assert_eq!(
            paid.starts_on.map(|on| on.to_string()).as_deref(),
            Some("2023-11-15")
        );
        assert_eq!(
            paid.ends_on.map(|on| on.to_string()).as_deref(),
            Some("2024-11-14")
        );
        let kinds: Vec<BillKind> = paid.bills.iter().map(|bill| bill.kind).collect();
        assert_eq!(kinds, [BillKind::Invoice, BillKind::Receipt]);

        let read = shop.browser.get(&paths::evidence(shop.id)).await?;
        let evidence: Evidence = read.json()?;
        let held = evidence
            .memberships
            .iter()
            .filter(|one| one.program == "action-pack");
        let held: Vec<_> = held
            .filter(|one| one.authority == Authority::MadeHere)
            .collect();
        assert_eq!(held.len(), 1);
        books_are_even(app, 0).await?;
        // What is held can't be bought again.
        let answers = json!({"offer": "action-pack", "method": "card"});
        let again = shop
            .keyed(&paths::orders(shop.id), &key(), Some(answers))
            .await?;
        assert_eq!(again.problem()?.status, 409);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_declined_card_is_followed_by_one_that_pays() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order("action-pack", PaymentMethod::Card).await?;
        for (story, reason) in [
            (Story::Declined, DeclineReason::Declined),
            (Story::Funds, DeclineReason::Funds),
            (Story::NotAuthenticated, DeclineReason::Authentication),
        ] {
            let declined = shop.pay(&order, story).await?;
            assert_eq!(declined.state, OrderState::AwaitingPayment);
            assert_eq!(declined.attempt.and_then(|one| one.reason), Some(reason));
        }
        let paid = shop.pay(&order, Story::Authenticated).await?;
        assert_eq!(paid.state, OrderState::Fulfilled);
        assert_eq!(paid.payments.len(), 1);
        books_are_even(app, 0).await
    })
    .await
}

#[tokio::test]
async fn no_attempt_begins_while_one_is_unknown_and_the_sweep_learns_how_it_ended() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order("action-pack", PaymentMethod::Card).await?;
        let unknown = shop.pay(&order, Story::Unknown).await?;
        assert_eq!(unknown.state, OrderState::Unknown);
        assert_eq!(
            unknown.attempt.map(|one| one.state),
            Some(AttemptState::Unknown)
        );
        let attempts = paths::of_order(shop.id, order.id, "attempts");
        let another = shop.keyed(&attempts, &key(), None).await?.problem()?;
        assert_eq!(another.status, 409);
        let wire = json!({"method": "wire"});
        let tag = shop.browser.get(&paths::order(shop.id, order.id)).await?;
        let tag = tag.header("etag").to_owned();
        let path = paths::of_order(shop.id, order.id, "method");
        let switched = shop.browser.put_tagged(&path, &tag, wire).await?;
        assert_ne!(switched.status, 200, "no other method while it is unknown");
        // Two more times it is silent.
        shop.come_back(&order).await?;
        let known = shop.come_back(&order).await?;
        assert_eq!(
            (known.state, known.payments.len()),
            (OrderState::Fulfilled, 1)
        );
        books_are_even(app, 0).await
    })
    .await
}

#[tokio::test]
async fn a_payment_counts_once_whoever_tells_of_it_and_how_often() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order("action-pack", PaymentMethod::Card).await?;
        let page = shop.attempt(&order).await?;
        shop.choose(&page, Story::Twice).await?;
        let reference = page.rsplit('/').next().unwrap_or_default();
        let tell = async |event: &str| {
            let body = json!({"id": event, "payment": reference}).to_string();
            let signed = crate::gateway::sandbox::signed(body.as_bytes(), app.app.clock.real());
            let headers = [("sandbox-signature", signed.as_str())];
            let path = "/api/v1/gateways/sandbox/events";
            shop.browser
                .send_raw("POST", path, &headers, body.into())
                .await
        };
        let (one, two, three, four) =
            tokio::join!(tell("1"), tell("1"), tell("2"), shop.come_back(&order),);
        for told in [one?, two?, three?] {
            assert!(
                [204, 503].contains(&told.status.as_u16()),
                "{}",
                told.text()
            );
        }
        four?;
        sweep::payments(&app.app)
            .await
            .map_err(|error| error.detail().to_owned())?;
        let paid = shop.now(&order).await?;
        assert_eq!(
            (paid.state, paid.payments.len()),
            (OrderState::Fulfilled, 1)
        );
        // Days later it is told once more.
        assert_eq!(tell("1").await?.status, 204);
        assert_eq!(shop.now(&order).await?, paid);
        books_are_even(app, 0).await
    })
    .await
}

#[tokio::test]
async fn what_is_not_signed_by_the_provider_changes_nothing() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.browser();
        let path = "/api/v1/gateways/sandbox/events";
        let body = json!({"id": "1", "payment": "sbx_1"}).to_string();
        let now = app.app.clock.real();
        let old = now - chrono::Duration::minutes(6);
        let sign = |at| crate::gateway::sandbox::signed(body.as_bytes(), at);
        let changed = body.replace('1', "2");
        for (header, body) in [
            (sign(old), body.clone()),
            (sign(now), changed),
            ("t=1,v1=00".to_owned(), body.clone()),
            (String::new(), body.clone()),
        ] {
            let headers = [("sandbox-signature", header.as_str())];
            let told = browser
                .send_raw("POST", path, &headers, body.into())
                .await?;
            assert_eq!(told.problem()?.status, 400, "{header}");
        }
        let other = "/api/v1/gateways/stripe/events";
        let told = browser.send_raw("POST", other, &[], body.into()).await?;
        assert_eq!(told.status, 404);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_double_click_makes_one_order() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let (begun, answers) = (key(), json!({"offer": "action-pack", "method": "wire"}));
        let orders = paths::orders(shop.id);
        let first = shop.keyed(&orders, &begun, Some(answers.clone())).await?;
        let draft: Order = first.json()?;
        let path = paths::of_order(shop.id, draft.id, "placement");
        let body = Shop::placement(&draft);
        let same = key();
        let (one, two) = tokio::join!(
            shop.keyed(&path, &same, Some(body.clone())),
            shop.keyed(&path, &same, Some(body.clone())),
        );
        let (one, two): (Order, Order) = (one?.json()?, two?.json()?);
        assert_eq!(one.number, two.number);
        // What was done is answered as it was, also where it could not be done again.
        for (path, key, body) in [(&path, &same, &body), (&orders, &begun, &answers)] {
            let again = shop.keyed(path, key, Some(body.clone())).await?;
            let again: Order = again.json()?;
            assert_eq!(again.id, draft.id);
        }
        // Another tab, with a key of its own: the order is placed already.
        let other = shop.keyed(&path, &key(), Some(body)).await?;
        assert_eq!(other.problem()?.status, 409);
        let without = shop.browser.post(&path, Shop::placement(&draft)).await?;
        assert_eq!(without.problem()?.status, 428);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_price_that_changed_since_it_was_shown_is_told_and_asked_again() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let draft = shop.begin("action-pack", PaymentMethod::Wire).await?;
        let path = paths::of_order(shop.id, draft.id, "placement");
        for body in [
            json!({"total": {"amount": 1, "currency": "USD"}, "agreement": draft.quote.agreement}),
            json!({"total": {"amount": 36500, "currency": "EUR"}, "agreement": draft.quote.agreement}),
            json!({"total": draft.total, "agreement": "2019-01-01"}),
        ] {
            let refused = shop.keyed(&path, &key(), Some(body)).await?.problem()?;
            assert_eq!((refused.status, refused.code.as_str()), (409, "price_changed"));
        }
        // An amount that the client makes up elsewhere is no part of an order at all.
        let tampered = json!({"offer": "action-pack", "method": "wire", "total": 1});
        let refused = shop.keyed(&paths::orders(shop.id), &key(), Some(tampered)).await?;
        assert_eq!(refused.problem()?.status, 422);
        let kept = shop.now(&draft).await?;
        assert_eq!((kept.state, kept.total), (OrderState::Draft, draft.total));
        shop.place(&kept).await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_unpaid_order_is_canceled_at_once_and_a_paid_one_is_not() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order("action-pack", PaymentMethod::Card).await?;
        shop.attempt(&order).await?;
        let path = paths::order(shop.id, order.id);
        let canceled: Order = shop.browser.delete(&path).await?.json()?;
        assert_eq!(canceled.state, OrderState::Canceled);
        assert_eq!(
            canceled.attempt.map(|one| one.state),
            Some(AttemptState::Canceled)
        );
        let order = shop.order("action-pack", PaymentMethod::Card).await?;
        let paid = shop.pay(&order, Story::Success).await?;
        let path = paths::order(shop.id, paid.id);
        assert_eq!(shop.browser.delete(&path).await?.problem()?.status, 409);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_was_paid_while_it_was_canceled_is_fulfilled() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order("action-pack", PaymentMethod::Card).await?;
        let page = shop.attempt(&order).await?;
        // Paid in one tab, while another one cancels: the provider says it was paid.
        shop.choose(&page, Story::Never).await?;
        let path = paths::order(shop.id, order.id);
        let canceled = shop.browser.delete(&path).await?;
        assert_eq!(canceled.problem()?.status, 409);
        let paid = shop.now(&order).await?;
        assert_eq!(
            (paid.state, paid.payments.len()),
            (OrderState::Fulfilled, 1)
        );
        books_are_even(app, 0).await
    })
    .await
}

#[tokio::test]
async fn a_dispute_that_is_lost_takes_back_its_own_term_alone() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order("action-pack", PaymentMethod::Card).await?;
        let page = shop.attempt(&order).await?;
        shop.choose(&page, Story::Disputed).await?;
        let disputed = shop.come_back(&order).await?;
        assert_eq!(disputed.state, OrderState::Disputed);
        jobs_run(app).await?;
        shop.lose(app, &page).await?;
        jobs_run(app).await?;
        let lost = shop.now(&order).await?;
        assert_eq!((lost.state, lost.received), (OrderState::Refunded, 0));
        let note = lost
            .bills
            .iter()
            .find(|bill| bill.kind == BillKind::CreditNote);
        let note = note.ok_or("a credit note")?;
        assert_eq!(note.number.as_deref(), Some("CN-MW-2023-000001"));
        assert_eq!(note.total.amount, -36_500);
        let evidence: Evidence = shop.browser.get(&paths::evidence(shop.id)).await?.json()?;
        let made =
            |one: &membership_domain::evidence::Membership| one.authority == Authority::MadeHere;
        assert_eq!(
            evidence.memberships.iter().filter(|one| made(one)).count(),
            0
        );
        assert_eq!(evidence.memberships.len(), 4, "all others stay");
        books_are_even(app, 0).await
    })
    .await
}

/// Does what jobs do, once.
async fn jobs_run(app: &TestApp) -> Outcome {
    let stop = tokio::sync::watch::channel(false);
    let worker = crate::jobs::Worker::new(app.app.clone());
    let run = tokio::spawn(worker.run(stop.1, std::time::Duration::from_secs(5)));
    tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
    stop.0.send_replace(true);
    Ok(run.await?)
}

#[tokio::test]
async fn files_that_come_change_the_tag_and_no_write_has_to_know_them() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order("action-pack", PaymentMethod::Wire).await?;
        let path = paths::order(shop.id, order.id);
        let before = shop.browser.get(&path).await?;
        assert!(!before.json::<Order>()?.bills[0].has_files);
        let tag = before.header("etag").to_owned();
        assert_eq!(shop.browser.get(&path).await?.header("etag"), tag);
        jobs_run(app).await?;
        let after = shop.browser.get(&path).await?;
        assert!(after.json::<Order>()?.bills[0].has_files);
        assert_ne!(
            after.header("etag"),
            tag,
            "a page would show the old answer"
        );
        let method = paths::of_order(shop.id, order.id, "method");
        let switch = json!({"method": "card"});
        let switched = shop.browser.put_tagged(&method, &tag, switch.clone());
        assert_eq!(switched.await?.status, 200);
        let late = shop.browser.put_tagged(&method, &tag, switch);
        assert_eq!(late.await?.status, 412);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_invoice_gets_the_next_number_and_always_the_same_bytes() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order("action-pack", PaymentMethod::Card).await?;
        shop.pay(&order, Story::Success).await?;
        jobs_run(app).await?;
        let paid = shop.now(&order).await?;
        let number = |kind| {
            let bill = paid.bills.iter().find(|bill| bill.kind == kind);
            bill.and_then(|bill| bill.number.clone())
        };
        let ordered = order.number.clone().unwrap_or_default();
        assert_eq!(number(BillKind::Invoice).as_deref(), Some("MW-2023-000001"));
        assert_eq!(number(BillKind::OrderConfirmation), None, "for transfers");
        assert_eq!(number(BillKind::Receipt), Some(format!("{ordered}-R")));
        let invoice = paid
            .bills
            .iter()
            .find(|bill| bill.kind == BillKind::Invoice);
        let invoice = invoice.ok_or("an invoice")?;
        assert!(invoice.has_files && invoice.has_xml);
        let pdf = paths::bill_file(shop.id, invoice.id, "pdf");
        let before = shop.browser.get(&pdf).await?;
        assert!(before.body.starts_with(b"%PDF"), "{}", before.text());
        // A changed address rewrites nothing that was issued.
        let path = paths::billing_profile(shop.id);
        let tag = shop.browser.get(&path).await?.header("etag").to_owned();
        let moved = json!({"sold_to": {"street": "Elsewhere 1", "city": "Leeds"},
            "email": "x@northwind.example"});
        assert_eq!(
            shop.browser.put_tagged(&path, &tag, moved).await?.status,
            200
        );
        jobs_run(app).await?;
        let after = shop.browser.get(&pdf).await?;
        assert!(before.body == after.body && before.header("etag") == after.header("etag"));
        let xml = paths::bill_file(shop.id, invoice.id, "xml");
        let xml = shop.browser.get(&xml).await?.text();
        assert!(
            xml.contains("MW-2023-000001") && xml.contains("365.00"),
            "{xml}"
        );
        Ok(())
    })
    .await
}
