//! The desk: who gets in, what bank files do, and what operators decide.

use membership_bank::statement::Direction;
use membership_bank::testing::{Payment, Row, Sheet, statement};
use membership_contract::account::TotpSetup;
use membership_contract::desk::{
    BankEntry, BankStatement, DeskOrder, DeskSummary, Imported, ParkedMoney, SuggestedBecause,
    TrialBalance,
};
use membership_contract::page::Page;
use membership_contract::paths;
use membership_contract::purchase::Order;
use membership_domain::id::UserId;
use membership_domain::purchase::bank::BankEntryState;
use membership_domain::purchase::bill::PaymentMethod;
use membership_domain::purchase::order::OrderState;
use membership_store::audit::Action;
use membership_store::operators;
use membership_store::users::{self, User};
use serde_json::json;

use crate::second_factor::shown;
use crate::testing::shop::Shop;
use crate::testing::{Answer, Browser, Outcome, TestApp};
use crate::write::{Tx, write};
use crate::{bank, random, trail};

/// A browser of an operator, with or without two-step sign-in.
pub(super) async fn operator(app: &TestApp, email: &str, secured: bool) -> Outcome<Browser> {
    let like = users::by_email(app.app.store.db(), "global-admin@contoso.example").await?;
    let like = like.ok_or("a demo account")?;
    let id: UserId = random::id(app.app.clock.real())?;
    let user = User {
        id,
        email: email.to_owned(),
        name: format!("Operator {email}"),
        ..like
    };
    let clock = &app.app.clock;
    let browser = write(&app.app.store, async |write: Tx| {
        users::insert(&write, user.clone()).await?;
        operators::add(&write, id, clock.now()).await?;
        let entry = trail::entry(clock, Action::OperatorAdd, id);
        let entry = entry.map_err(|_| membership_store::StoreError::NotFound("chance"))?;
        Ok::<_, membership_store::StoreError>(((), Some(entry)))
    });
    browser.await?;
    let browser = app.signed_in(email).await?;
    if secured {
        let setup: TotpSetup = browser.post(paths::TOTP, json!({})).await?.json()?;
        let code = shown(&setup.secret, clock.real());
        let on = browser.put(paths::TOTP, json!({"code": code})).await?;
        assert_eq!(on.status, 200, "{}", on.text());
    }
    Ok(browser)
}

/// Statements of the account to which transfers in pounds go.
pub(super) fn sheet(number: u64, day: &str, opening: i64, rows: Vec<Row>) -> Sheet {
    Sheet {
        id: format!("S{number}"),
        number,
        iban: "GB29NWBK60161331926819".to_owned(),
        owner: "Membership Operations Ltd".to_owned(),
        currency: "GBP".parse().unwrap_or(membership_domain::Currency::USD),
        opening,
        on: day.parse().unwrap_or_default(),
        rows,
    }
}

pub(super) fn paid(bank: &str, amount: i64, text: &str) -> Row {
    let payment = Payment {
        amount,
        name: "Northwind Traders Ltd".to_owned(),
        text: vec![text.to_owned()],
        ..Payment::default()
    };
    Row::credit(bank, payment)
}

pub(super) fn structured(bank: &str, amount: i64, reference: &str) -> Row {
    let payment = Payment {
        amount,
        name: "Somebody Else".to_owned(),
        references: vec![reference.to_owned()],
        ..Payment::default()
    };
    Row::credit(bank, payment)
}

pub(super) async fn send(browser: &Browser, bytes: Vec<u8>) -> Outcome<Answer> {
    let kind = [("content-type", "application/xml")];
    browser
        .send_raw("POST", paths::DESK_STATEMENTS, &kind, bytes)
        .await
}

pub(super) async fn import(browser: &Browser, sheet: &Sheet) -> Outcome<Imported> {
    send(browser, statement(sheet)).await?.json()
}

pub(super) async fn waiting(browser: &Browser) -> Outcome<Vec<BankEntry>> {
    let page: Page<BankEntry> = browser.get(paths::DESK_BANK_ENTRIES).await?.json()?;
    Ok(page.items)
}

/// The trial balance, whose sum in each currency is nothing.
pub(super) async fn balance(browser: &Browser) -> Outcome<TrialBalance> {
    let path = format!("{}?until=2030-01-01", paths::DESK_TRIAL_BALANCE);
    let balance: TrialBalance = browser.get(&path).await?.json()?;
    let sum: i64 = balance
        .lines
        .iter()
        .map(|line| line.debit - line.credit)
        .sum();
    assert_eq!(sum, 0, "{balance:?}");
    Ok(balance)
}

#[tokio::test]
async fn the_desk_is_for_operators_with_two_step_sign_in_alone() -> Outcome {
    TestApp::each(async |app| {
        let partner = app.signed_in("global-admin@contoso.example").await?;
        let bare = operator(app, "bare@program.example", false).await?;
        let desk = operator(app, "desk@program.example", true).await?;
        for path in [paths::DESK_SUMMARY, paths::DESK_ORDERS, paths::DESK_JOURNAL] {
            assert_eq!(partner.get(path).await?.problem()?.status, 404, "{path}");
            let refused = bare.get(path).await?.problem()?;
            assert_eq!(
                (refused.status, refused.code.as_str()),
                (403, "second_factor_missing")
            );
            assert_eq!(app.browser().get(path).await?.problem()?.status, 401);
            assert_eq!(desk.get(path).await?.status, 200, "{path}");
        }
        // An operator is nobody's member, and sees no organization from inside.
        let contoso = app.organization("Contoso").await?;
        assert_eq!(desk.get(&paths::evidence(contoso)).await?.status, 404);
        let summary: DeskSummary = desk.get(paths::DESK_SUMMARY).await?.json()?;
        assert_eq!(summary.catalog, app.app.catalog.digest);
        Ok(())
    })
    .await
}

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
        // The term begins on the value date of what completed it.
        assert_eq!(
            now.starts_on.map(|on| on.to_string()).as_deref(),
            Some("2023-11-20")
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
async fn too_little_waits_for_the_rest_and_too_much_is_parked() -> Outcome {
    TestApp::each(async |app| {
        let desk = operator(app, "desk@program.example", true).await?;
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order("action-pack", PaymentMethod::Wire).await?;
        let reference = order.reference.clone().ok_or("a reference")?;
        let spaced = membership_bank::reference::spaced(&reference);
        import(
            &desk,
            &sheet(1, "2023-11-20", 0, vec![paid("B1", 30_000, &spaced)]),
        )
        .await?;
        let partly = shop.now(&order).await?;
        assert_eq!(
            (partly.state, partly.received),
            (OrderState::PartlyPaid, 30_000)
        );
        import(
            &desk,
            &sheet(2, "2023-11-21", 30_000, vec![paid("B2", 7_000, &spaced)]),
        )
        .await?;
        let full = shop.now(&order).await?;
        assert_eq!((full.state, full.received), (OrderState::Fulfilled, 36_500));
        // Money for what is paid is parked with the order named.
        import(
            &desk,
            &sheet(3, "2023-11-22", 37_000, vec![paid("B3", 36_500, &spaced)]),
        )
        .await?;
        let parked: Vec<ParkedMoney> = desk.get(paths::DESK_PARKED).await?.json()?;
        let amounts: Vec<i64> = parked.iter().map(|piece| piece.money.amount).collect();
        assert_eq!(amounts, [500, 36_500]);
        assert!(
            parked
                .iter()
                .all(|piece| Some(&piece.order_number) == order.number.as_ref())
        );

        // It goes back: first decided, then seen to leave.
        let path = paths::DESK_PARKED_DECISION.replace("{receipt}", &parked[1].id.to_string());
        let left: Vec<ParkedMoney> = desk.post(&path, json!({})).await?.json()?;
        assert!(left[1].is_to_return);
        let out = Row {
            direction: Direction::Debit,
            ..paid("B4", 36_500, "return")
        };
        import(&desk, &sheet(4, "2023-11-23", 73_500, vec![out])).await?;
        let outgoing = waiting(&desk).await?;
        assert_eq!(outgoing[0].state, BankEntryState::Outgoing);
        let decision = paths::DESK_BANK_DECISION.replace("{entry}", &outgoing[0].id.to_string());
        let returned = desk
            .post(&decision, json!({"decision": "returned"}))
            .await?;
        assert_eq!(
            returned.json::<BankEntry>()?.state,
            BankEntryState::Returned
        );
        let left: Vec<ParkedMoney> = desk.get(paths::DESK_PARKED).await?.json()?;
        assert_eq!(left.len(), 1);
        balance(&desk).await?;
        Ok(())
    })
    .await
}

/// An amount that was paid in part is no reason to think of the whole one.
#[tokio::test]
async fn orders_are_suggested_by_what_is_still_due() -> Outcome {
    TestApp::each(async |app| {
        let desk = operator(app, "desk@program.example", true).await?;
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order("action-pack", PaymentMethod::Wire).await?;
        let reference = order.reference.clone().ok_or("a reference")?;
        let rows = vec![
            paid("B1", 30_000, &reference),
            paid("B2", 36_500, "Action Pack"),
            paid("B3", 6_500, "Action Pack"),
        ];
        import(&desk, &sheet(1, "2023-11-20", 0, rows)).await?;
        let waits = waiting(&desk).await?;
        let why = |amount: i64| {
            let entry = waits.iter().find(|one| one.money.amount == amount);
            entry.map(|one| one.suggestions.iter().map(|one| one.because).collect())
        };
        let agrees = vec![SuggestedBecause::NameAndAmount];
        assert_eq!((why(36_500), why(6_500)), (Some(Vec::new()), Some(agrees)));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_operator_assigns_what_names_no_order() -> Outcome {
    TestApp::each(async |app| {
        let desk = operator(app, "desk@program.example", true).await?;
        let other = operator(app, "other@program.example", true).await?;
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order("action-pack", PaymentMethod::Wire).await?;
        let number = order.number.clone().ok_or("a number")?;
        let rows = vec![paid("B1", 36_500, "Action Pack")];
        import(&desk, &sheet(1, "2023-11-20", 0, rows)).await?;
        let entry = waiting(&desk).await?.remove(0);
        assert_eq!(entry.state, BankEntryState::Unmatched);
        assert_eq!(entry.suggestions[0].order_number, number);
        assert_eq!(
            entry.suggestions[0].because,
            SuggestedBecause::NameAndAmount
        );
        assert_eq!(shop.now(&order).await?.state, OrderState::AwaitingPayment);

        // Two operators: one is at it.
        let claim = paths::DESK_BANK_CLAIM.replace("{entry}", &entry.id.to_string());
        assert_eq!(desk.put(&claim, json!(null)).await?.status, 204);
        let decision = paths::DESK_BANK_DECISION.replace("{entry}", &entry.id.to_string());
        let assign = json!({"decision": "assign", "order_number": number});
        let refused = other.post(&decision, assign.clone()).await?.problem()?;
        assert!(
            refused.detail.contains("desk@program.example"),
            "{}",
            refused.detail
        );
        assert!(waiting(&other).await?[0].claimed_by.is_some());
        // Decided for return, taken back, and assigned.
        let back = json!({"decision": "return", "note": "Who is this?"});
        let marked: BankEntry = desk.post(&decision, back).await?.json()?;
        assert_eq!(marked.state, BankEntryState::ToReturn);
        let undone: BankEntry = desk.delete(&decision).await?.json()?;
        assert_eq!(undone.state, BankEntryState::Unmatched);
        let wrong = json!({"decision": "assign", "order_number": "20231115-000000"});
        assert_eq!(desk.post(&decision, wrong).await?.problem()?.status, 422);
        let (one, two) = tokio::join!(
            desk.post(&decision, assign.clone()),
            other.post(&decision, assign.clone()),
        );
        let mut statuses = [one?.status.as_u16(), two?.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "one of two operators");
        let now = shop.now(&order).await?;
        assert_eq!((now.state, now.payments.len()), (OrderState::Fulfilled, 1));
        assert!(balance(&desk).await?.open_items.is_empty());
        // The partner sees that an operator looked.
        let path = paths::DESK_ORDER.replace("{order}", &order.id.to_string());
        let seen: DeskOrder = desk.get(&path).await?.json()?;
        assert!(
            seen.history
                .iter()
                .any(|event| event.action == "order.place")
        );
        assert!(!seen.bookings.is_empty());
        assert_eq!(
            app.told("operator.read", 1).await?[0].organization,
            Some(shop.id)
        );
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
        // One of both may have to be sent again.
        let known = [first, second]
            .into_iter()
            .flatten()
            .filter(|it| it.is_known)
            .count();
        assert!(known <= 1);
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
