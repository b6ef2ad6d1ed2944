//! What files of the bank do.

use membership_bank::testing::statement;
use membership_contract::desk::{BankStatement, DeskSummary, Imported};
use membership_contract::paths;
use membership_contract::purchase::Order;
use membership_domain::purchase::bill::PaymentMethod;
use membership_domain::purchase::order::OrderState;
use membership_store::audit::Action;

use super::testing::{balance, import, operator, paid, send, sheet, structured};
use crate::testing::shop::Shop;
use crate::testing::{Outcome, TestApp};
use crate::write::{Tx, write};
use crate::{bank, trail};

#[tokio::test]
async fn a_transfer_that_names_its_order_fulfills_it_without_anybody() -> Outcome {
    TestApp::each(async |app| {
        let desk = operator(app, "desk@program.example", true).await?;
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order("action-pack", PaymentMethod::Wire).await?;
        let reference = order.reference.clone().ok_or("a reference")?;
        let first = sheet(
            1,
            "2023-11-20",
            0,
            vec![structured("B1", 36_500, &reference)],
        );
        let imported = import(&desk, &first).await?;
        assert_eq!(
            (imported.new, imported.matched, imported.waiting),
            (1, 1, 0)
        );
        let now = shop.now(&order).await?;
        assert_eq!(now.state, OrderState::Fulfilled);
        // The term begins on the value date of what completed it; one that is to come is no reason
        // to hold nothing until then, when the same could be bought again.
        assert_eq!(
            now.starts_on.map(|on| on.to_string()).as_deref(),
            Some("2023-11-15")
        );
        assert!(balance(&desk).await?.open_items.is_empty());

        // The same file, and one that overlaps it, change nothing.
        assert!(import(&desk, &first).await?.is_known);
        let over = vec![
            structured("B1", 36_500, &reference),
            paid("B2", 100, "no reference"),
        ];
        let again = import(&desk, &sheet(2, "2023-11-20", 0, over)).await?;
        assert_eq!((again.entries, again.new, again.waiting), (2, 1, 1));
        assert_eq!(shop.now(&order).await?, now);
        balance(&desk).await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_takes_long_goes_to_its_orders_after_the_answer() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order("action-pack", PaymentMethod::Wire).await?;
        let reference = order.reference.clone().ok_or("a reference")?;
        let rows = vec![
            structured("B1", 36_500, &reference),
            paid("B2", 100, "no reference"),
        ];
        let file = statement(&sheet(1, "2023-11-20", 0, rows));
        let entry =
            |action, subject: &str| Ok(trail::of_operator(&app.app.clock, action, subject)?);
        // No time at all.
        let time = std::time::Duration::ZERO;
        let imported = bank::import::import(&app.app, file, None, time, entry).await;
        let imported = imported.map_err(|refused| refused.detail().to_owned())?;
        let (matched, waiting, later) = (imported.matched, imported.waiting, imported.later);
        assert_eq!((matched, waiting, later), (0, 1, 1));
        assert_eq!(shop.now(&order).await?.state, OrderState::AwaitingPayment);
        let outcome = bank::apply::within(&app.app, bank::apply::TURN).await;
        let outcome = outcome.map_err(|refused| refused.detail().to_owned())?;
        assert_eq!((outcome.matched, outcome.later), (1, 0));
        assert_eq!(shop.now(&order).await?.state, OrderState::Fulfilled);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn look_alike_references_and_other_currencies_match_nothing() -> Outcome {
    TestApp::each(async |app| {
        let desk = operator(app, "desk@program.example", true).await?;
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order("action-pack", PaymentMethod::Wire).await?;
        let reference = order.reference.clone().ok_or("a reference")?;
        let last = reference.chars().last().unwrap_or('0');
        let other = if last == '9' { '8' } else { '9' };
        let one_off = format!("{}{other}", &reference[..reference.len() - 1]);
        let shorter = &reference[..reference.len() - 1];
        let rows = vec![
            paid("B1", 36_500, &one_off),
            paid("B2", 36_500, shorter),
            paid("B3", 36_500, &reference.replace('0', "O")),
            paid("B4", 36_500, &format!("9{reference}")),
        ];
        let imported = import(&desk, &sheet(1, "2023-11-20", 0, rows)).await?;
        assert_eq!((imported.matched, imported.waiting), (0, 4));
        let mut euros = sheet(
            2,
            "2023-11-20",
            0,
            vec![structured("B5", 36_500, &reference)],
        );
        euros.currency = "EUR".parse()?;
        assert_eq!(import(&desk, &euros).await?.matched, 0);
        assert_eq!(shop.now(&order).await?.state, OrderState::AwaitingPayment);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_file_that_cannot_be_read_changes_nothing_and_a_gap_is_told() -> Outcome {
    TestApp::each(async |app| {
        let desk = operator(app, "desk@program.example", true).await?;
        let good = statement(&sheet(1, "2023-11-20", 0, vec![paid("B1", 100, "x")]));
        let half = good[..good.len() / 2].to_vec();
        let bomb = b"<!DOCTYPE a [<!ENTITY b \"c\">]><Document/>".to_vec();
        let deep = format!("{}{}", "<a>".repeat(5_000), "</a>".repeat(5_000)).into_bytes();
        for bytes in [half, bomb, deep, b"not xml".to_vec(), vec![0; 1000]] {
            let refused = send(&desk, bytes).await?.problem()?;
            assert_eq!(refused.status, 422);
            assert!(
                refused.detail.contains("nothing of it was"),
                "{}",
                refused.detail
            );
        }
        let none: Vec<BankStatement> = desk.get(paths::DESK_STATEMENTS).await?.json()?;
        assert!(none.is_empty());
        import(
            &desk,
            &sheet(1, "2023-11-20", 0, vec![paid("B1", 100, "x")]),
        )
        .await?;
        import(
            &desk,
            &sheet(3, "2023-11-22", 150, vec![paid("B3", 100, "z")]),
        )
        .await?;
        let summary: DeskSummary = desk.get(paths::DESK_SUMMARY).await?.json()?;
        let differences: Vec<i64> = summary
            .gaps
            .iter()
            .map(|gap| gap.difference.amount)
            .collect();
        assert_eq!(differences, [50]);
        import(
            &desk,
            &sheet(2, "2023-11-21", 100, vec![paid("B2", 50, "y")]),
        )
        .await?;
        let summary: DeskSummary = desk.get(paths::DESK_SUMMARY).await?.json()?;
        assert!(
            summary.gaps.is_empty(),
            "the statement in between came later"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn two_who_import_one_statement_at_once_book_it_once() -> Outcome {
    TestApp::each(async |app| {
        let desk = operator(app, "desk@program.example", true).await?;
        let shop = Shop::of(app, "Northwind").await?;
        let order: Order = shop.order("action-pack", PaymentMethod::Wire).await?;
        let reference = order.reference.clone().ok_or("a reference")?;
        let one = sheet(
            1,
            "2023-11-20",
            0,
            vec![structured("B1", 36_500, &reference)],
        );
        let (first, second) = tokio::join!(import(&desk, &one), import(&desk, &one));
        let known = [first?, second?].iter().filter(|it| it.is_known).count();
        assert_eq!(known, 1);
        let now = shop.now(&order).await?;
        assert_eq!((now.state, now.payments.len()), (OrderState::Fulfilled, 1));
        balance(&desk).await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_bank_feed_imports_files_and_does_nothing_else() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order("action-pack", PaymentMethod::Wire).await?;
        let reference = order.reference.clone().unwrap_or_default();
        let clock = &app.app.clock;
        let secret = crate::tokens::Secret::bank_feed().map_err(|error| error.to_string())?;
        let feed = secret.feed("Night job", (clock.real(), 1));
        let feed = &feed.map_err(|error| error.to_string())?;
        let made = write(&app.app.store, async |write: Tx| {
            membership_store::bank_feeds::insert(&write, feed).await?;
            let entry = trail::entry(clock, Action::TokenCreate, feed.id);
            let entry = entry.map_err(|_| membership_store::StoreError::NotFound("chance"))?;
            Ok::<_, membership_store::StoreError>(((), Some(entry)))
        });
        made.await?;
        let bearer = format!("Bearer {}", secret.reveal());
        let headers = [
            ("authorization", bearer.as_str()),
            ("content-type", "application/xml"),
        ];
        let file = statement(&sheet(
            1,
            "2023-11-15",
            0,
            vec![structured("B1", order.total.amount, &reference)],
        ));
        let machine = app.browser();
        let path = paths::DESK_STATEMENTS;
        let sent = machine
            .send_raw("POST", path, &headers, file.clone())
            .await?;
        let imported: Imported = sent.json()?;
        assert_eq!((imported.new, imported.matched), (1, 1));
        assert_eq!(shop.now(&order).await?.state, OrderState::Fulfilled);
        let told = app.told(Action::BankImport.code(), 1).await?;
        assert_eq!(told[0].by, Some(feed.id.to_string()));

        for path in [paths::DESK_SUMMARY, paths::DESK_STATEMENTS, paths::SESSIONS] {
            let refused = machine.get_with(path, &headers[..1]).await?;
            assert_eq!(refused.status, 401, "{path}: {}", refused.text());
        }
        let revoke = write(&app.app.store, async |write: Tx| {
            membership_store::bank_feeds::revoke(&write, feed.id, clock.real()).await?;
            let entry = trail::entry(clock, Action::TokenRevoke, feed.id);
            let entry = entry.map_err(|_| membership_store::StoreError::NotFound("chance"))?;
            Ok::<_, membership_store::StoreError>(((), Some(entry)))
        });
        revoke.await?;
        let ended = machine.send_raw("POST", path, &headers, file).await?;
        assert_eq!(ended.status, 401, "{}", ended.text());
        Ok(())
    })
    .await
}
