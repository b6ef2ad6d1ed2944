//! An operator's browser, and statements of the bank.

use membership_bank::testing::{Payment, Row, Sheet, statement};
use membership_contract::account::TotpSetup;
use membership_contract::desk::{BankEntry, Imported, TrialBalance};
use membership_contract::page::Page;
use membership_contract::paths;
use membership_domain::id::UserId;
use membership_store::audit::Action;
use membership_store::operators;
use membership_store::users::{self, User};
use serde_json::json;

use crate::second_factor::shown;
use crate::testing::{Answer, Browser, Outcome, TestApp};
use crate::write::{Tx, write};
use crate::{random, trail};

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
