//! What the card's owner takes back.

use membership_contract::paths;
use membership_domain::evidence::Membership;
use membership_domain::purchase::bill::{BillKind, PaymentMethod};
use membership_domain::purchase::ledger::Account;
use membership_domain::purchase::offers::OrderKind;
use membership_domain::purchase::order::OrderState;
use membership_store::{evidence, terms};
use serde_json::json;

use super::dates::let_go_of_designations;
use super::{PACK, balance, bill, packs, set, work};
use crate::gateway::sandbox::story::Story;
use crate::testing::shop::{Shop, key};
use crate::testing::{Outcome, TestApp};

const DESIGNATION: &str = "solutions-partner";

/// The designations that are held, each with its last day.
async fn designations(app: &TestApp, shop: &Shop) -> Outcome<Vec<(String, String)>> {
    let part = evidence::part(app.app.store.db(), shop.id, "memberships").await?;
    let held: Vec<Membership> = part.map_or_else(|| Ok(Vec::new()), |known| known.rows())?;
    let last = |one: &Membership| one.ends_on.map(|on| on.to_string()).unwrap_or_default();
    let ours = held.iter().filter(|one| one.program != PACK);
    Ok(ours.map(|one| (one.program.clone(), last(one))).collect())
}

#[tokio::test]
async fn what_was_added_for_free_ends_with_what_is_taken_back() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        for part in ["people", "customers", "usage", "declarations"] {
            app.put_part(shop.id, part, &json!([])).await?;
        }
        let_go_of_designations(app, &shop).await?;
        let passed = |score: &str| {
            json!({"score": score, "day": "2023-10-20", "total": 80,
                "every_metric_above_zero": true, "authority": "confirmed"})
        };
        let scores = json!([passed("security")]);
        app.put_part(shop.id, "past_scores", &scores).await?;
        let base = shop.order(DESIGNATION, PaymentMethod::Card).await?;
        let page = shop.attempt(&base).await?;
        shop.choose(&page, Story::Disputed).await?;
        assert_eq!(shop.come_back(&base).await?.state, OrderState::Disputed);
        let scores = json!([passed("security"), passed("infrastructure")]);
        app.put_part(shop.id, "past_scores", &scores).await?;
        set(&app.app, "2023-11-25T09:00:00Z")?;
        // The benefits are those of the first one.
        let answers = json!({"offer": DESIGNATION, "method": "card"});
        let orders = paths::orders(shop.id);
        let begun = shop.keyed(&orders, &key(), Some(answers)).await?;
        let added = shop.place(&begun.json()?).await?;
        let is = (added.quote.kind, added.state, added.total.amount);
        assert_eq!(is, (OrderKind::Addition, OrderState::Fulfilled, 0));
        assert_eq!(designations(app, &shop).await?.len(), 2);

        set(&app.app, "2023-12-01T09:00:00Z")?;
        shop.lose(app, &page).await?;
        assert_eq!(shop.now(&base).await?.state, OrderState::Refunded);
        let held = designations(app, &shop).await?;
        assert_eq!(held.len(), 2);
        assert!(
            held.iter().all(|(_, last)| last == "2023-11-30"),
            "{held:?}"
        );
        let given = terms::of_organization(app.app.store.db(), shop.id).await?;
        assert!(
            given.iter().all(|term| term.remind_on.is_none()),
            "{given:?}"
        );
        // Neither of both is free now.
        let again = shop.begin(DESIGNATION, PaymentMethod::Card).await?;
        assert_eq!(again.quote.kind, OrderKind::Renewal);
        assert_eq!(again.total, base.total);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_payment_that_is_first_seen_when_it_was_taken_back_is_booked_both_ways() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order(PACK, PaymentMethod::Card).await?;
        let page = shop.attempt(&order).await?;
        shop.choose(&page, Story::Disputed).await?;
        shop.lose(app, &page).await?;
        let back = shop.now(&order).await?;
        assert_eq!((back.state, back.received), (OrderState::Refunded, 0));
        assert!(bill(&back, BillKind::CreditNote).is_some());
        assert_eq!(packs(&app.app, &shop).await?.len(), 0);
        work(&app.app).await?;
        assert_eq!(balance(&app.app, Account::CashCard).await?, 0);
        Ok(())
    })
    .await
}
