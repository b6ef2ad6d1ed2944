//! `membership-server books`: the program owner's books, for those who keep and check them.

use std::collections::BTreeMap;

use anyhow::ensure;
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use membership_domain::money::{Currency, Money};
use membership_store::{Store, books};

use super::database::Kept;
use crate::clock::Clock;
use crate::purchase::journal::journal;

/// What to do with the books.
#[derive(Debug, Args)]
pub struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check that the books add up: each entry, and the trial balance in each currency
    Check(Kept),
    /// Print all entries, as hledger and Ledger read them
    Journal(Kept),
}

/// Later than anything that is booked. Not the last day that there is: databases compare days as
/// texts.
const EVER: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// Does it, and prints what was asked for.
pub fn run(options: &Options) -> anyhow::Result<()> {
    let said = tokio::runtime::Runtime::new()?.block_on(done(&options.command))?;
    print!("{said}");
    Ok(())
}

async fn done(command: &Command) -> anyhow::Result<String> {
    let clock = Clock::system();
    match command {
        Command::Check(database) => check(&database.open(&clock).await?).await,
        Command::Journal(database) => {
            let store = database.open(&clock).await?;
            Ok(journal(&books::entries(store.db(), None).await?))
        }
    }
}

/// A line for each currency.
async fn check(store: &Store) -> anyhow::Result<String> {
    let db = store.db();
    for entry in books::entries(db, None).await? {
        let sum: i64 = entry.lines.iter().map(|(_, amount)| amount).sum();
        ensure!(sum == 0, "the entry {} doesn't add up", entry.key);
    }
    let mut sums: BTreeMap<Currency, (i64, i64)> = BTreeMap::new();
    for line in books::trial_balance(db, EVER).await? {
        let sum = sums.entry(line.currency).or_default();
        *sum = (sum.0 + line.debit, sum.1 + line.credit);
    }
    let mut said = String::new();
    for (currency, (debit, credit)) in sums {
        let decimal = |amount| Money::new(amount, currency).decimal();
        let (debit, credit) = (decimal(debit), decimal(credit));
        ensure!(
            debit == credit,
            "the trial balance is not zero: {debit} debit and {credit} credit in {currency}"
        );
        said += &format!("{currency}: {debit} debit and credit\n");
    }
    if said.is_empty() {
        said += "Nothing is booked.\n";
    }
    Ok(said)
}

#[cfg(test)]
mod tests {
    use membership_domain::purchase::bill::PaymentMethod;
    use membership_store::testing::execute;

    use super::*;
    use crate::gateway::sandbox::story::Story;
    use crate::testing::shop::Shop;
    use crate::testing::{Outcome, TestApp};

    #[tokio::test]
    async fn books_that_do_not_add_up_are_found() -> Outcome {
        TestApp::each(async |app| {
            let store = &app.app.store;
            assert_eq!(check(store).await?, "Nothing is booked.\n");
            let shop = Shop::of(app, "Northwind").await?;
            let order = shop.order("action-pack", PaymentMethod::Card).await?;
            shop.pay(&order, Story::Success).await?;
            let said = check(store).await?;
            assert!(said.contains("debit and credit"), "{said}");
            let planted = "INSERT INTO booking_lines (booking_id, place, account, amount)
                SELECT id, 99, 'assets:cash:card', 1 FROM bookings LIMIT 1";
            execute(store, planted).await?;
            let found = check(store).await.map_err(|error| error.to_string());
            assert!(found.is_err_and(|said| said.contains("doesn't add up")));
            Ok(())
        })
        .await
    }
}
