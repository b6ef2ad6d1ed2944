//! Leap days, ends of months and years, and a clock that jumps.

use chrono::{Datelike, NaiveDate};
use membership_contract::paths;
use membership_domain::dates::plus_days;
use membership_domain::purchase::bill::{BillKind, PaymentMethod};
use membership_domain::purchase::ledger::{Account, BookingKind};
use membership_domain::purchase::offers::OrderKind;
use membership_domain::purchase::order::OrderState;
use membership_store::books::{self, Entry};
use membership_store::mails;
use serde_json::json;

use super::{PACK, balance, bill, let_go, packs, set, work};
use crate::app::Settings;
use crate::gateway::sandbox::story::Story;
use crate::testing::shop::{Shop, key};
use crate::testing::{Outcome, TestApp};

async fn earn(app: &TestApp) -> Outcome {
    let earned = crate::purchase::books::earn(&app.app).await;
    Ok(earned.map_err(|error| error.detail().to_owned())?)
}

/// The months of an order that were booked as earned: the last day of each, and how much.
fn earned(entries: &[Entry]) -> Vec<(NaiveDate, i64)> {
    let months = entries
        .iter()
        .filter(|one| one.kind == BookingKind::Earning);
    let amount = |one: &Entry| {
        let earned = one.lines.iter().find(|(of, _)| *of == Account::Earned);
        earned.map_or(0, |(_, amount)| -amount)
    };
    months.map(|one| (one.on, amount(one))).collect()
}

#[tokio::test]
async fn a_year_from_a_leap_day_a_31st_or_the_last_day_of_a_year_is_whole() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        for (from, until) in [
            ("2023-12-31", "2024-12-30"),
            ("2024-01-31", "2025-01-30"),
            ("2024-02-29", "2025-02-28"),
            ("2024-03-31", "2025-03-31"),
        ] {
            set(&app.app, &format!("{from}T23:30:00Z"))?;
            let order = shop.order(PACK, PaymentMethod::Card).await?;
            let paid = shop.pay(&order, Story::Success).await?;
            let term = [(from.to_owned(), until.to_owned())];
            assert_eq!(packs(&app.app, &shop).await?, term);

            // Each month is earned once it is over, to the last unit.
            let last: NaiveDate = until.parse()?;
            let mut day: NaiveDate = from.parse()?;
            while day <= plus_days(last, 40) {
                set(&app.app, &format!("{day}T00:00:00Z"))?;
                earn(app).await?;
                earn(app).await?;
                day = plus_days(day, 7);
            }
            let entries = books::entries(app.app.store.db(), Some(order.id)).await?;
            let months = earned(&entries);
            assert_eq!(months.iter().map(|(_, amount)| amount).sum::<i64>(), 36_500);
            assert_eq!(months.len(), 13, "{months:?}");
            for (on, _) in &months {
                assert!(*on == last || plus_days(*on, 1).day() == 1, "{months:?}");
            }
            assert_eq!(balance(&app.app, Account::Deferred).await?, 0);

            // The window is as many days after the anniversary as it says, in any year.
            let answers = json!({"offer": PACK, "method": "card"});
            for (after, kind) in [
                (0, None),
                (1, Some(OrderKind::Renewal)),
                (30, Some(OrderKind::Renewal)),
                (31, Some(OrderKind::Purchase)),
            ] {
                set(&app.app, &format!("{}T00:00:00Z", plus_days(last, after)))?;
                let begun = shop
                    .keyed(&paths::orders(shop.id), &key(), Some(answers.clone()))
                    .await?;
                let begun = begun.json::<membership_contract::purchase::Order>().ok();
                assert_eq!(begun.map(|draft| draft.quote.kind), kind, "{from} {after}");
            }
            assert_eq!(shop.now(&paid).await?.state, OrderState::Fulfilled);
            let_go(app, &shop).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_was_paid_in_the_last_minute_of_a_year_is_numbered_in_it() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let mut orders = Vec::new();
        for at in ["2023-12-31T23:59:59Z", "2024-01-01T00:00:00Z"] {
            set(&app.app, at)?;
            let order = shop.order(PACK, PaymentMethod::Card).await?;
            orders.push(shop.pay(&order, Story::Success).await?);
            let_go(app, &shop).await?;
        }
        // The job comes to both in the new year.
        set(&app.app, "2024-01-01T00:00:05Z")?;
        work(&app.app).await?;
        let mut told = Vec::new();
        for order in &orders {
            let now = shop.now(order).await?;
            let invoice = bill(&now, BillKind::Invoice).ok_or("an invoice")?;
            told.push((
                invoice.number.clone().unwrap_or_default(),
                invoice.issued_on,
            ));
        }
        let wanted = [
            ("MW-2023-000001".to_owned(), "2023-12-31".parse()?),
            ("MW-2024-000001".to_owned(), "2024-01-01".parse()?),
        ];
        assert_eq!(told, wanted);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_clock_that_jumps_four_years_leaves_nothing_undone_and_nothing_twice() -> Outcome {
    TestApp::each_pair(&Settings::default(), async |one, two| {
        let shop = Shop::of(one, "Northwind").await?;
        let paid = shop.order(PACK, PaymentMethod::Card).await?;
        shop.pay(&paid, Story::Success).await?;
        work(&one.app).await?;
        let score = json!([{"score": "security", "day": "2023-10-20", "total": 80,
            "every_metric_above_zero": true, "authority": "confirmed"}]);
        one.put_part(shop.id, "past_scores", &score).await?;
        let_go_of_designations(one, &shop).await?;
        let unpaid = shop.order("solutions-partner", PaymentMethod::Wire).await?;
        for app in [one, two] {
            set(&app.app, "2027-11-15T09:00:00Z")?;
        }
        for _ in 0..3 {
            let (first, second) = tokio::join!(work(&one.app), work(&two.app));
            // What one of both holds the other one finds done the next time.
            let _ = (first, second);
        }
        let db = one.app.store.db();
        let entries = books::entries(db, Some(paid.id)).await?;
        let months = earned(&entries);
        assert_eq!(months.len(), 13);
        assert_eq!(months.iter().map(|(_, amount)| amount).sum::<i64>(), 36_500);
        assert_eq!(balance(&one.app, Account::Deferred).await?, 0);
        assert_eq!(shop.now(&unpaid).await?.state, OrderState::Expired);
        let told = mails::of_document(db, &unpaid.id.to_string()).await?;
        let expired = told.iter().filter(|mail| mail.purpose == "order_expired");
        assert_eq!(expired.count(), 1);
        let reminders = one.told("term.remind", 1).await?;
        assert_eq!(reminders.len(), 1, "of eight, none of use is sent");
        let email = "mpn-partner-admin@northwind.example";
        let sent = mails::to_recipient(db, shop.id, email, 100).await?;
        assert!(sent.iter().all(|mail| mail.purpose != "renewal_reminder"));
        // What lapsed is bought, and not renewed.
        let draft = shop.begin(PACK, PaymentMethod::Card).await?;
        assert_eq!(draft.quote.kind, OrderKind::Purchase);
        assert_eq!(draft.quote.renews, None);
        Ok(())
    })
    .await
}

/// The company holds no designation, but may still have qualified for one.
pub(super) async fn let_go_of_designations(app: &TestApp, shop: &Shop) -> Outcome {
    let held = membership_store::evidence::part(app.app.store.db(), shop.id, "memberships").await?;
    let held = held.ok_or("what is held")?;
    let mut held: Vec<membership_domain::evidence::Membership> = held.rows()?;
    held.retain(|one| one.program == PACK);
    let rows = serde_json::to_value(held)?;
    app.put_part(shop.id, "memberships", &rows).await
}
