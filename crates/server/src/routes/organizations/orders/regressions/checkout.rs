//! What changes between the page and the press of its button, and between that and the return.

use membership_contract::paths;
use membership_contract::purchase::Order;
use membership_domain::evidence::Verification;
use membership_domain::purchase::attempt::AttemptState;
use membership_domain::purchase::bill::PaymentMethod;
use membership_domain::purchase::ledger::Account;
use membership_domain::purchase::order::OrderState;
use membership_domain::roles::Role;
use membership_store::audit::Action;
use membership_store::organizations::Organization;
use membership_store::{mails, orders, terms, users};
use serde_json::json;

use super::{
    PACK, after_catalog, balance, change, packs, payment, price, set, shop_at, switch, tell, told,
    work,
};
use crate::gateway::sandbox::story::Story;
use crate::purchase::sweep;
use crate::testing::shop::{Shop, key};
use crate::testing::{Outcome, TestApp};

/// Places a draft: the status and the code of the answer.
async fn place(shop: &Shop, draft: &Order) -> Outcome<(u16, String)> {
    let path = paths::of_order(shop.id, draft.id, "placement");
    let placed = shop
        .keyed(&path, &key(), Some(Shop::placement(draft)))
        .await?;
    match placed.status.as_u16() {
        201 => Ok((201, String::new())),
        status => Ok((status, placed.problem()?.code)),
    }
}

#[tokio::test]
async fn a_price_that_the_catalog_changed_meanwhile_is_told_and_asked_again() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let draft = shop.begin(PACK, PaymentMethod::Wire).await?;
        for (amount, seen) in [(39_900, 36_500), (29_900, 39_900)] {
            let before = shop.now(&draft).await?;
            assert_eq!(before.total.amount, seen);
            let here = after_catalog(&app.app, |catalog| price(catalog, "GBP", amount))?;
            let there = shop_at(&here, &shop);
            // Also where it became cheaper: nobody pays what they did not see.
            let refused = place(&there, &before).await?;
            assert_eq!(refused, (409, "price_changed".to_owned()));
            let asked = there.now(&draft).await?;
            assert_eq!(
                (asked.state, asked.total.amount),
                (OrderState::Draft, amount)
            );
            assert_ne!(asked.quote.catalog, before.quote.catalog);
            assert!(asked.number.is_none() && asked.bills.is_empty());
        }
        let here = after_catalog(&app.app, |catalog| price(catalog, "GBP", 29_900))?;
        let there = shop_at(&here, &shop);
        let placed = there.place(&there.now(&draft).await?).await?;
        assert_eq!(placed.total.amount, 29_900);
        // What is placed keeps its price, whatever the catalog says later.
        let paid = shop.now(&placed).await?;
        assert_eq!((paid.total, paid.quote), (placed.total, placed.quote));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_price_is_held_for_its_minutes_and_asked_again_after_them() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let draft = shop.begin(PACK, PaymentMethod::Wire).await?;
        let over = draft.held_until + chrono::Duration::seconds(1);
        app.app.clock.set(over)?;
        let refused = place(&shop, &draft).await?;
        assert_eq!(refused, (409, "price_changed".to_owned()));
        let asked = shop.now(&draft).await?;
        assert!(asked.held_until > over && asked.state == OrderState::Draft);
        app.app.clock.set(asked.held_until)?;
        assert_eq!(place(&shop, &asked).await?.0, 201, "to the last moment");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_offer_that_ended_between_page_and_confirm_is_not_sold() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let draft = shop.begin(PACK, PaymentMethod::Card).await?;
        let ended = after_catalog(&app.app, |catalog| {
            catalog.offers.retain(|offer| offer.id != PACK);
        })?;
        let there = shop_at(&ended, &shop);
        assert_eq!(place(&there, &draft).await?.0, 409);
        let unpriced = after_catalog(&app.app, |catalog| {
            let packs = catalog.offers.iter_mut().filter(|offer| offer.id == PACK);
            packs.for_each(|offer| offer.prices.clear());
        })?;
        assert_eq!(place(&shop_at(&unpriced, &shop), &draft).await?.0, 409);
        // The draft can still be seen, and thrown away.
        let kept = there.now(&draft).await?;
        assert_eq!((kept.state, kept.number), (OrderState::Draft, None));
        let path = paths::order(shop.id, draft.id);
        assert_eq!(there.browser.delete(&path).await?.status, 200);

        // A score qualified until the end of the month, and the month ends on the page.
        for part in [
            "people",
            "customers",
            "usage",
            "memberships",
            "declarations",
        ] {
            app.put_part(shop.id, part, &json!([])).await?;
        }
        let score = json!([{"score": "security", "day": "2023-06-20", "total": 80,
            "every_metric_above_zero": true, "authority": "confirmed"}]);
        app.put_part(shop.id, "past_scores", &score).await?;
        set(&app.app, "2023-11-30T23:50:00Z")?;
        let draft = shop.begin("solutions-partner", PaymentMethod::Wire).await?;
        set(&app.app, "2023-12-01T00:05:00Z")?;
        assert!(app.app.clock.now() < draft.held_until);
        assert_eq!(place(&shop, &draft).await?.0, 409);
        assert_eq!(shop.now(&draft).await?.state, OrderState::Draft);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_order_that_expired_is_paid_by_nobody_and_ordered_anew() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order(PACK, PaymentMethod::Card).await?;
        let page = shop.attempt(&order).await?;
        shop.choose(&page, Story::Declined).await?;
        shop.come_back(&order).await?;
        let last = order.expires_on;
        for (day, state) in [
            (Some(last), OrderState::AwaitingPayment),
            (last.succ_opt(), OrderState::Expired),
            (last.succ_opt(), OrderState::Expired),
        ] {
            set(&app.app, &format!("{}T23:59:59Z", day.ok_or("a day")?))?;
            let swept = sweep::expiries(&app.app).await;
            swept.map_err(|error| error.detail().to_owned())?;
            assert_eq!(shop.now(&order).await?.state, state);
        }
        let attempts = paths::of_order(shop.id, order.id, "attempts");
        assert_eq!(shop.keyed(&attempts, &key(), None).await?.status, 409);
        assert_eq!(switch(&shop, &order, "wire").await?.status, 409);
        let path = paths::order(shop.id, order.id);
        assert_eq!(shop.browser.delete(&path).await?.status, 409);
        let about = mails::of_document(app.app.store.db(), &order.id.to_string()).await?;
        let expired = about.iter().filter(|mail| mail.purpose.contains("expired"));
        assert_eq!(expired.count(), 1, "{about:?}");
        let anew = shop.order(PACK, PaymentMethod::Card).await?;
        assert_eq!(
            shop.pay(&anew, Story::Success).await?.state,
            OrderState::Fulfilled
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_suspended_organization_orders_nothing_and_gets_what_it_was_paying_for() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let verification = async |verification| {
            change(&app.app, &shop, |known| Organization {
                verification,
                ..known
            })
            .await
        };
        let draft = shop.begin(PACK, PaymentMethod::Card).await?;
        verification(Verification::Suspended).await?;
        assert_eq!(place(&shop, &draft).await?.0, 409);
        assert_eq!(shop.now(&draft).await?.state, OrderState::Draft);
        verification(Verification::Accepted).await?;
        let order = shop.place(&draft).await?;
        let page = shop.attempt(&order).await?;
        verification(Verification::Suspended).await?;
        // Money is there whether we like it or not: what it was for is given, once.
        shop.choose(&page, Story::Never).await?;
        let paid = shop.come_back(&order).await?;
        assert_eq!(
            (paid.state, paid.payments.len()),
            (OrderState::Fulfilled, 1)
        );
        tell(app, "evt", payment(&page)).await?;
        work(&app.app).await?;
        assert_eq!(packs(&app.app, &shop).await?.len(), 1);
        assert_eq!(
            told(&shop).await?.profile.verification,
            Verification::Suspended
        );
        assert_eq!(balance(&app.app, Account::Receivable).await?, 0);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_buyer_who_lost_the_role_confirms_nothing_and_what_was_paid_is_given() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let email = "mpn-partner-admin@northwind.example";
        let buyer = Shop {
            browser: app.signed_in(email).await?,
            id: shop.id,
        };
        let db = app.app.store.db();
        let user = users::by_email(db, email).await?.ok_or("a user")?.id;
        let role = paths::user_role(shop.id, user, Role::MpnPartnerAdmin);
        let draft = buyer.begin(PACK, PaymentMethod::Card).await?;
        assert_eq!(shop.browser.delete(&role).await?.status, 200);
        let (status, _) = place(&buyer, &draft).await?;
        assert!([403, 404].contains(&status), "{status}");
        assert_eq!(shop.now(&draft).await?.state, OrderState::Draft);

        assert_eq!(shop.browser.put(&role, json!({})).await?.status, 200);
        let order = buyer.place(&draft).await?;
        let page = buyer.attempt(&order).await?;
        assert_eq!(shop.browser.delete(&role).await?.status, 200);
        buyer.choose(&page, Story::Success).await?;
        // They don't see it any more; it is paid without them.
        let path = paths::of_order(shop.id, order.id, "payment-check");
        let back = buyer.browser.send("POST", &path, &[], None).await?;
        assert!([403, 404].contains(&back.problem()?.status));
        work(&app.app).await?;
        let paid = shop.now(&order).await?;
        assert_eq!(
            (paid.state, paid.payments.len()),
            (OrderState::Fulfilled, 1)
        );
        let kept = orders::by_id(db, order.id).await?.ok_or("the order")?;
        assert_eq!(kept.created_by, user, "who ordered is not forgotten");
        assert_eq!(terms::of_order(db, order.id).await?.len(), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn events_that_are_late_or_out_of_order_end_in_what_the_provider_says() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order(PACK, PaymentMethod::Card).await?;
        let first = shop.attempt(&order).await?;
        // Told before anything happened.
        assert_eq!(tell(app, "evt_early", payment(&first)).await?.status, 204);
        assert_eq!(shop.now(&order).await?.state, OrderState::Paying);
        shop.choose(&first, Story::Declined).await?;
        shop.come_back(&order).await?;
        let second = shop.attempt(&order).await?;
        shop.choose(&second, Story::Disputed).await?;
        // The dispute is told before the payment, and the decline of the first attempt after both.
        for (id, of) in [
            ("evt_dispute", &second),
            ("evt_paid", &second),
            ("evt_declined", &first),
        ] {
            assert_eq!(tell(app, id, payment(of)).await?.status, 204);
            let now = shop.now(&order).await?;
            let is = (now.state, now.received, now.payments.len());
            assert_eq!(is, (OrderState::Disputed, 36_500, 1), "{id}");
            assert_eq!(
                now.attempt.map(|one| one.state),
                Some(AttemptState::Succeeded)
            );
        }
        Ok(())
    })
    .await?;
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order(PACK, PaymentMethod::Card).await?;
        let page = shop.attempt(&order).await?;
        shop.choose(&page, Story::Late).await?;
        // What comes first knows nothing of it; the event is a minute late.
        let later = app.app.clock.now() + chrono::Duration::seconds(61);
        app.app.clock.set(later)?;
        work(&app.app).await?;
        assert_eq!(shop.now(&order).await?.state, OrderState::Fulfilled);
        let heard = app.told(Action::PaymentEvent.code(), 1).await?;
        assert!(!heard.is_empty());
        Ok(())
    })
    .await
}
