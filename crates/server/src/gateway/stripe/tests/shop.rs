//! Buying by card at Stripe, through the handlers.

use membership_contract::paths;
use membership_contract::purchase::Order;
use membership_domain::purchase::attempt::AttemptState;
use membership_domain::purchase::bill::PaymentMethod;
use membership_domain::purchase::order::OrderState;
use membership_store::{attempts, books};
use serde_json::json;

use super::super::fake::{Fake, SECRET, Trouble, event, signed};
use crate::app::Settings;
use crate::gateway::Choice;
use crate::purchase::sweep;
use crate::testing::shop::Shop;
use crate::testing::{Outcome, TestApp};

/// A buyer of an order that is placed, at a fake of Stripe, on every database.
async fn each(test: impl AsyncFn(&TestApp, &Fake, &Shop, &Order) -> Outcome) -> Outcome {
    let fake = Fake::start().await?;
    let gateway = Choice::Stripe(fake.account());
    let settings = Settings {
        gateway,
        ..Settings::default()
    };
    TestApp::each_with(&settings, async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order("action-pack", PaymentMethod::Card).await?;
        test(app, &fake, &shop, &order).await
    })
    .await
}

/// Tells of an object, as Stripe does; what is answered.
async fn tell(app: &TestApp, id: &str, kind: &str, object: serde_json::Value) -> Outcome<u16> {
    let body = event(id, kind, &object);
    let header = signed(&body, SECRET, app.app.clock.real());
    let headers = [("stripe-signature", header.as_str())];
    let path = "/api/v1/gateways/stripe/events";
    let told = app
        .browser()
        .send_raw("POST", path, &headers, body.into())
        .await?;
    Ok(told.status.as_u16())
}

async fn completed(app: &TestApp, id: &str, session: &str) -> Outcome<u16> {
    let object = json!({"object": "checkout.session", "id": session});
    tell(app, id, "checkout.session.completed", object).await
}

async fn sweep_runs(app: &TestApp) -> Outcome {
    app.app.clock.wait(chrono::Duration::minutes(2));
    let swept = sweep::payments(&app.app).await;
    Ok(swept.map_err(|error| error.detail().to_owned())?)
}

async fn is_paid_once(app: &TestApp, shop: &Shop, order: &Order) -> Outcome {
    let paid = shop.now(order).await?;
    let is = (paid.state, paid.received, paid.payments.len());
    assert_eq!(is, (OrderState::Fulfilled, 36_500, 1));
    let balance = books::trial_balance(app.app.store.db(), chrono::NaiveDate::MAX).await?;
    let sum: i64 = balance.iter().map(|line| line.debit - line.credit).sum();
    assert_eq!(sum, 0, "{balance:?}");
    Ok(())
}

#[tokio::test]
async fn a_paid_order_is_fulfilled_once_whoever_tells_first() -> Outcome {
    each(async |app, fake, shop, order| {
        let page = shop.attempt(order).await?;
        assert!(page.starts_with("https://checkout.stripe.com/"), "{page}");
        let session = fake.newest();
        fake.pay(&session);
        // The event comes before the buyer does, twice, and once more hours later.
        assert_eq!(completed(app, "evt_1", &session).await?, 204);
        is_paid_once(app, shop, order).await?;
        assert_eq!(completed(app, "evt_1", &session).await?, 204);
        shop.come_back(order).await?;
        app.app.clock.wait(chrono::Duration::hours(7));
        assert_eq!(completed(app, "evt_1", &session).await?, 204);
        assert_eq!(completed(app, "evt_2", &session).await?, 204);
        is_paid_once(app, shop, order).await?;
        let kept = attempts::newest(app.app.store.db(), order.id).await?;
        let kept = kept.ok_or("an attempt")?;
        assert_eq!(kept.gateway_reference.as_deref(), Some(session.as_str()));
        assert_eq!(kept.card.as_deref(), Some("4242"));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_event_may_be_late_or_never_come() -> Outcome {
    each(async |app, fake, shop, order| {
        shop.attempt(order).await?;
        let session = fake.newest();
        // One that is told too early changes nothing.
        assert_eq!(completed(app, "evt_0", &session).await?, 204);
        assert_eq!(shop.now(order).await?.state, OrderState::Paying);
        fake.pay(&session);
        shop.come_back(order).await?;
        is_paid_once(app, shop, order).await?;
        assert_eq!(completed(app, "evt_1", &session).await?, 204);
        is_paid_once(app, shop, order).await
    })
    .await?;
    each(async |app, fake, shop, order| {
        shop.attempt(order).await?;
        fake.pay(&fake.newest());
        sweep_runs(app).await?;
        is_paid_once(app, shop, order).await
    })
    .await
}

#[tokio::test]
async fn a_payment_whose_answer_was_lost_is_found_under_its_key() -> Outcome {
    each(async |app, fake, shop, order| {
        fake.trouble(Trouble::Breaks);
        assert!(
            shop.attempt(order).await.is_err(),
            "where to pay is not known"
        );
        assert_eq!(shop.now(order).await?.state, OrderState::Unknown);
        let session = fake.newest();
        fake.pay(&session);
        sweep_runs(app).await?;
        is_paid_once(app, shop, order).await
    })
    .await?;
    // Stripe tells of it before anybody asked again: by the mark that it was given.
    each(async |app, fake, shop, order| {
        fake.trouble(Trouble::Stalls);
        assert!(shop.attempt(order).await.is_err());
        let session = fake.newest();
        fake.pay(&session);
        let attempt = attempts::newest(app.app.store.db(), order.id).await?;
        let marked = json!({"attempt": attempt.ok_or("an attempt")?.id});
        let object = json!({"object": "payment_intent", "id": "pi_1", "metadata": marked});
        let told = tell(app, "evt_1", "payment_intent.succeeded", object).await?;
        assert_eq!(told, 204);
        is_paid_once(app, shop, order).await
    })
    .await
}

#[tokio::test]
async fn a_canceled_order_has_its_session_ended() -> Outcome {
    each(async |_, fake, shop, order| {
        shop.attempt(order).await?;
        let session = fake.newest();
        let path = paths::order(shop.id, order.id);
        let canceled: Order = shop.browser.delete(&path).await?.json()?;
        assert_eq!(canceled.state, OrderState::Canceled);
        let attempt = canceled.attempt.map(|one| one.state);
        assert_eq!(attempt, Some(AttemptState::Canceled));
        let books = fake.books();
        let known = books
            .sessions
            .iter()
            .find(|one| one["id"] == session.as_str());
        assert_eq!(known.ok_or("a session")?["status"], "expired");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_dispute_is_told_again_until_stripe_says_how_it_is() -> Outcome {
    each(async |app, fake, shop, order| {
        shop.attempt(order).await?;
        let session = fake.newest();
        fake.pay(&session);
        shop.come_back(order).await?;
        fake.change(&session, |known| {
            known["payment_intent"]["latest_charge"]["disputed"] = json!(true);
        });
        let intent = session.replace("cs_", "pi_");
        let told = async |id: &str, status: &str| {
            fake.books().disputes = vec![json!({"status": status})];
            let object = json!({"object": "dispute", "id": "dp_1", "payment_intent": intent});
            tell(app, id, "charge.dispute.created", object).await
        };
        for _ in 0..2 {
            fake.trouble(Trouble::Refuses(500, "api_error"));
            assert_eq!(told("evt_1", "needs_response").await?, 503);
        }
        assert_eq!(shop.now(order).await?.state, OrderState::Fulfilled);
        assert_eq!(told("evt_1", "needs_response").await?, 204);
        assert_eq!(shop.now(order).await?.state, OrderState::Disputed);
        assert_eq!(told("evt_2", "won").await?, 204);
        is_paid_once(app, shop, order).await
    })
    .await
}

#[tokio::test]
async fn what_is_about_nothing_here_is_taken_and_what_is_forged_is_not() -> Outcome {
    each(async |app, _, _, _| {
        let unknown = json!({"object": "checkout.session", "id": "cs_of_somebody_else"});
        assert_eq!(
            tell(app, "evt_1", "checkout.session.completed", unknown).await?,
            204
        );
        let other = json!({"object": "payout", "id": "po_1"});
        assert_eq!(tell(app, "evt_2", "payout.paid", other).await?, 204);
        let body = event("evt_3", "checkout.session.completed", &json!({}));
        let header = signed(&body, "whsec_guessed", app.app.clock.real());
        let headers = [("stripe-signature", header.as_str())];
        for (gateway, status) in [("stripe", 400), ("sandbox", 404)] {
            let path = format!("/api/v1/gateways/{gateway}/events");
            let sent = body.clone().into();
            let told = app
                .browser()
                .send_raw("POST", &path, &headers, sent)
                .await?;
            assert_eq!(told.status, status);
        }
        Ok(())
    })
    .await
}
