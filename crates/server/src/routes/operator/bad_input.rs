//! What banks, payers and two operators at once bring to the desk.

mod decisions;

use membership_bank::statement::{Direction, LARGEST};
use membership_bank::testing::{Payment, Row, statement};
use membership_contract::desk::{
    BankStatement, DeskSummary, Imported, ParkedMoney, SuggestedBecause,
};
use membership_contract::page::Page;
use membership_contract::paths;
use membership_contract::purchase::Order;
use membership_domain::id::OrganizationId;
use membership_domain::purchase::bank::BankEntryState;
use membership_domain::purchase::bill::PaymentMethod;
use membership_domain::purchase::ledger::Account;
use membership_domain::purchase::order::OrderState;
use membership_store::audit::Action;
use membership_store::organizations::{self, Organization};
use serde_json::json;

use super::testing::{balance, import, operator, paid, send, sheet, structured, waiting};
use crate::gateway::sandbox::story::Story;
use crate::purchase::sweep;
use crate::testing::shop::Shop;
use crate::testing::{Browser, Outcome, TestApp};
use crate::trail;

const PACK: &str = "action-pack";

/// Changes an organization behind the server's back.
async fn change(
    app: &TestApp,
    id: OrganizationId,
    change: impl FnOnce(Organization) -> Organization,
) -> Outcome {
    let write = app.app.store.write().await?;
    let known = organizations::lock(&write, id).await?;
    organizations::update(&write, change(known)).await?;
    let entry = trail::entry(&app.app.clock, Action::EvidenceReplace, id)?;
    Ok(write.commit(entry).await?)
}

/// A second buyer who pays in pounds.
async fn neighbor(app: &TestApp) -> Outcome<Shop> {
    let id = app.organization("Contoso").await?;
    change(app, id, |known| Organization {
        country: "GB".to_owned(),
        ..known
    })
    .await?;
    app.put_part(id, "memberships", &json!([])).await?;
    Shop::of(app, "Contoso").await
}

async fn parked(desk: &Browser) -> Outcome<Vec<ParkedMoney>> {
    desk.get(paths::DESK_PARKED).await?.json()
}

/// What is parked in the books is what waits for somebody, and all accounts have nothing together.
async fn parked_is_what_waits(desk: &Browser) -> Outcome {
    let lines = balance(desk).await?.lines;
    let of_account = lines.iter().filter(|line| line.account == Account::Parked);
    let booked: i64 = of_account.map(|line| line.credit - line.debit).sum();
    let entries = waiting(desk).await?;
    let came = entries.iter().filter(|entry| entry.is_credit);
    let came: i64 = came.map(|entry| entry.money.amount).sum();
    let pieces: i64 = parked(desk).await?.iter().map(|one| one.money.amount).sum();
    assert_eq!(booked, came + pieces, "{entries:?}");
    Ok(())
}

fn reference(order: &Order) -> Outcome<String> {
    Ok(order.reference.clone().ok_or("a reference")?)
}

#[tokio::test]
async fn a_transfer_for_an_order_that_ended_is_parked_with_the_order_named() -> Outcome {
    TestApp::each(async |app| {
        let desk = operator(app, "desk@program.example", true).await?;
        let shop = Shop::of(app, "Northwind").await?;
        let canceled = shop.order(PACK, PaymentMethod::Wire).await?;
        let path = paths::order(shop.id, canceled.id);
        assert_eq!(shop.browser.delete(&path).await?.status, 200);
        let expired = shop.order(PACK, PaymentMethod::Wire).await?;
        app.app.clock.set("2024-01-02T09:00:00Z".parse()?)?;
        let swept = sweep::expiries(&app.app).await;
        swept.map_err(|error| error.detail().to_owned())?;
        let by_card = shop.order(PACK, PaymentMethod::Card).await?;
        shop.pay(&by_card, Story::Success).await?;
        let ended = [
            (canceled, OrderState::Canceled),
            (expired, OrderState::Expired),
            (by_card, OrderState::Fulfilled),
        ];
        let mut rows = Vec::new();
        for (order, state) in &ended {
            assert_eq!(shop.now(order).await?.state, *state);
            let bank = format!("B{}", rows.len());
            rows.push(structured(&bank, 36_500, &reference(order)?));
        }
        let imported = import(&desk, &sheet(1, "2024-01-02", 0, rows)).await?;
        assert_eq!((imported.matched, imported.waiting), (3, 0));
        let late = format!("{}?state=late", paths::DESK_BANK_ENTRIES);
        let late: Page<membership_contract::desk::BankEntry> = desk.get(&late).await?.json()?;
        assert_eq!(late.items.len(), 3);
        let pieces = parked(&desk).await?;
        for ((order, state), piece) in ended.iter().zip(&pieces) {
            assert_eq!(shop.now(order).await?.state, *state, "it stays as it was");
            let named = (Some(&piece.order_number), piece.order_state);
            assert_eq!(named, (order.number.as_ref(), *state));
        }
        parked_is_what_waits(&desk).await?;

        // What came late pays another order, where somebody decides so.
        let other = neighbor(app).await?;
        let order = other.order(PACK, PaymentMethod::Wire).await?;
        let path = paths::DESK_PARKED_DECISION.replace("{receipt}", &pieces[0].id.to_string());
        let assign = json!({"order_number": order.number});
        assert_eq!(desk.post(&path, assign.clone()).await?.status, 200);
        assert_eq!(desk.post(&path, assign).await?.problem()?.status, 409);
        let paid = other.now(&order).await?;
        assert_eq!(paid.state, OrderState::Fulfilled);
        assert_eq!(paid.starts_on, Some(app.app.clock.now().date_naive()));
        assert_eq!(parked(&desk).await?.len(), 2);
        parked_is_what_waits(&desk).await
    })
    .await
}

#[tokio::test]
async fn money_in_another_currency_is_given_to_no_order_by_hand_either() -> Outcome {
    TestApp::each(async |app| {
        let desk = operator(app, "desk@program.example", true).await?;
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order(PACK, PaymentMethod::Wire).await?;
        let named = reference(&order)?;
        for (number, currency, amount) in [(1, "EUR", 36_500), (2, "JPY", 365)] {
            let row = structured(&format!("B{number}"), amount, &named);
            let mut other = sheet(number, "2023-11-20", 0, vec![row]);
            other.currency = currency.parse()?;
            let imported = import(&desk, &other).await?;
            assert_eq!((imported.matched, imported.waiting), (0, 1), "{currency}");
        }
        for entry in waiting(&desk).await? {
            assert_eq!(entry.state, BankEntryState::Unmatched);
            assert_eq!(entry.suggestions[0].because, SuggestedBecause::Reference);
            assert_ne!(entry.suggestions[0].currency, entry.money.currency);
            let path = paths::DESK_BANK_DECISION.replace("{entry}", &entry.id.to_string());
            let assign = json!({"decision": "assign", "order_number": order.number});
            let refused = desk.post(&path, assign).await?.problem()?;
            assert_eq!(refused.status, 422);
            assert_eq!(refused.errors[0].pointer, "/order_number");
        }
        let now = shop.now(&order).await?;
        assert_eq!((now.state, now.received), (OrderState::AwaitingPayment, 0));
        assert!(now.payments.is_empty());
        balance(&desk).await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_batch_pays_each_order_in_it_and_one_payment_for_two_waits() -> Outcome {
    TestApp::each(async |app| {
        let desk = operator(app, "desk@program.example", true).await?;
        let (shop, other) = (Shop::of(app, "Northwind").await?, neighbor(app).await?);
        let mine = shop.order(PACK, PaymentMethod::Wire).await?;
        let theirs = other.order(PACK, PaymentMethod::Wire).await?;
        let payment = |amount, references: Vec<String>| Payment {
            amount,
            references,
            ..Payment::default()
        };
        let (first, second) = (reference(&mine)?, reference(&theirs)?);
        let both = Row::credit("B1", payment(73_000, vec![first.clone(), second.clone()]));
        let imported = import(&desk, &sheet(1, "2023-11-20", 0, vec![both])).await?;
        assert_eq!((imported.matched, imported.waiting), (0, 1));
        let entry = waiting(&desk).await?.remove(0);
        let suggested: Vec<_> = entry.suggestions.iter().map(|one| one.because).collect();
        assert_eq!(suggested, [SuggestedBecause::Reference; 2]);

        // Split into halves, told as one sum with its parts, and in another order.
        let batch = Row {
            direction: Direction::Credit,
            bank_reference: "B2".to_owned(),
            payments: vec![
                payment(18_250, vec![first.clone()]),
                payment(36_500, vec![second]),
                payment(18_250, vec![first]),
                payment(500, Vec::new()),
            ],
        };
        let second = sheet(2, "2023-11-21", 73_000, vec![batch]);
        let imported = import(&desk, &second).await?;
        assert_eq!(
            (imported.entries, imported.matched, imported.waiting),
            (4, 3, 1)
        );
        let paid = shop.now(&mine).await?;
        assert_eq!(
            (paid.state, paid.payments.len()),
            (OrderState::Fulfilled, 2)
        );
        let paid = other.now(&theirs).await?;
        assert_eq!(
            (paid.state, paid.payments.len()),
            (OrderState::Fulfilled, 1)
        );
        parked_is_what_waits(&desk).await
    })
    .await
}

#[tokio::test]
async fn names_in_other_scripts_and_texts_that_would_run_stay_as_written() -> Outcome {
    TestApp::each(async |app| {
        let desk = operator(app, "desk@program.example", true).await?;
        let shop = Shop::of(app, "Northwind").await?;
        let name = "株式会社ノースウインド";
        change(app, shop.id, |known| Organization {
            name: name.to_owned(),
            ..known
        })
        .await?;
        let order = shop.order(PACK, PaymentMethod::Wire).await?;
        let written = [
            ("株式会社 ノースウインド 東京", "会費"),
            (name, "お支払い"),
            ("Северный ветер ООО", "Оплата членства № 7"),
            ("شركة الرياح الشمالية", "رسوم العضوية"),
            ("नॉर्थविंड ट्रेडर्स", "\u{1f4b6} सदस्यता"),
            ("Müller & Söhne <Bau>", "<script>alert(1)</script>"),
            (
                "=HYPERLINK(\"http://x.example\")",
                "'; DROP TABLE orders; --",
            ),
            ("\u{202e}moc.elpmaxe", "%00 \\u0000 {{7*7}} ${x}"),
        ];
        let row = |(number, (name, text)): (usize, &(&str, &str))| {
            let payment = Payment {
                amount: 36_500,
                name: (*name).to_owned(),
                text: vec![(*text).to_owned()],
                ..Payment::default()
            };
            Row::credit(&format!("B{number}"), payment)
        };
        let rows = written.iter().enumerate().map(row).collect();
        let imported = import(&desk, &sheet(1, "2023-11-20", 0, rows)).await?;
        assert_eq!((imported.new, imported.waiting), (8, 8));
        let entries = waiting(&desk).await?;
        for (entry, (name, text)) in entries.iter().zip(written) {
            assert_eq!(entry.counterparty.as_deref(), Some(name));
            assert_eq!(entry.text.as_deref(), Some(text));
        }
        // A name is found in its own script, and no other one is taken for it.
        let why = |place: usize| entries[place].suggestions[0].because;
        assert_eq!(why(1), SuggestedBecause::NameAndAmount);
        assert!((2..8).all(|place| why(place) == SuggestedBecause::Amount));
        assert_eq!(shop.now(&order).await?.state, OrderState::AwaitingPayment);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_statement_of_10_mb_is_taken_once_and_a_larger_one_than_can_be_is_not() -> Outcome {
    TestApp::each(async |app| {
        let desk = operator(app, "desk@program.example", true).await?;
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order(PACK, PaymentMethod::Wire).await?;
        let mut rows: Vec<Row> = (0..700).map(|number| long(number, "")).collect();
        rows[350] = long(350, &reference(&order)?);
        let file = statement(&sheet(1, "2023-11-20", 0, rows));
        assert!(file.len() > 10 * 1024 * 1024, "{}", file.len());
        let imported: Imported = send(&desk, file.clone()).await?.json()?;
        let is = (imported.new, imported.matched, imported.waiting);
        assert_eq!(is, (700, 1, 699));
        assert_eq!(shop.now(&order).await?.state, OrderState::Fulfilled);
        let again: Imported = send(&desk, file.clone()).await?.json()?;
        assert!(again.is_known);
        let cut = send(&desk, file[..file.len() - 100].to_vec()).await?;
        assert_eq!(cut.problem()?.status, 422);
        let larger = send(&desk, vec![b' '; LARGEST + 1]).await?;
        assert_eq!(larger.problem()?.status, 413);
        let kept: Vec<BankStatement> = desk.get(paths::DESK_STATEMENTS).await?.json()?;
        assert_eq!(kept.len(), 1);
        let summary: DeskSummary = desk.get(paths::DESK_SUMMARY).await?.json()?;
        assert_eq!(summary.bank_entries, 699);
        balance(&desk).await?;
        Ok(())
    })
    .await
}

/// A payment with as much text as a bank ever sends, and more.
fn long(number: usize, reference: &str) -> Row {
    let mut row = paid(&format!("B{number}"), 36_500, reference);
    let line = "Mitgliedsbeitrag ".repeat(200);
    row.payments[0].text.extend(std::iter::repeat_n(line, 5));
    row
}
