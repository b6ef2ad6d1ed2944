//! Bank feeds: tokens with which a program sends a bank's files.

use anyhow::{Context as _, ensure};
use clap::{Args, Subcommand};
use membership_contract::text::en;
use membership_domain::id::TokenId;
use membership_domain::roles::TokenState;
use membership_store::audit::{Action, FieldChange};
use membership_store::bank_feeds::{self, BankFeed};
use membership_store::{Store, Write};
use serde_json::{Value, json};

use super::super::account::typed;
use super::super::database::Kept;
use crate::clock::Clock;
use crate::tokens::Secret;
use crate::trail;
use crate::write::{Tx, write};

/// What to do with bank feeds.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Create a token that may import a bank's files, and nothing else
    Create(Create),
    /// List the bank feeds
    List(Kept),
    /// Revoke one
    Revoke(Revoke),
}

#[derive(Debug, Args)]
pub struct Create {
    #[command(flatten)]
    database: Kept,
    /// What sends the files
    #[arg(long, value_parser = typed::name)]
    name: String,
    /// How many days it works
    #[arg(long, default_value_t = 90)]
    days: u32,
}

#[derive(Debug, Args)]
pub struct Revoke {
    #[command(flatten)]
    database: Kept,
    /// Id of the feed, from the list
    #[arg(value_name = "ID")]
    id: TokenId,
}

/// Does it, and gives what to say. A new token is the last line.
pub async fn done(command: Command) -> anyhow::Result<String> {
    let clock = Clock::system();
    match command {
        Command::Create(wanted) => {
            let store = wanted.database.open(&clock).await?;
            create(&store, &clock, &wanted).await
        }
        Command::List(database) => {
            let store = database.open(&clock).await?;
            let all = bank_feeds::list(store.db()).await?;
            let lines: Vec<String> = all.iter().map(|feed| line(feed, &clock)).collect();
            match lines.is_empty() {
                true => Ok("There are no bank feeds.".to_owned()),
                false => Ok(lines.join("\n")),
            }
        }
        Command::Revoke(wanted) => {
            let store = wanted.database.open(&clock).await?;
            end(&store, &clock, wanted.id).await
        }
    }
}

async fn create(store: &Store, clock: &Clock, wanted: &Create) -> anyhow::Result<String> {
    let catalog = membership_catalog::builtin();
    let access = catalog.ok().and_then(|catalog| catalog.access());
    let most = access.context("the catalog has no limits")?.token_days;
    let days = wanted.days;
    ensure!((1..=most).contains(&days), "--days: must be 1 to {most}");
    let secret = Secret::bank_feed()?;
    let feed = &secret.feed(&wanted.name, (clock.real(), days))?;
    write(store, async |write: Tx| {
        bank_feeds::insert(&write, feed).await?;
        let mut entry = trail::of_operator(clock, Action::TokenCreate, feed.id)?;
        entry.changes = vec![
            FieldChange::of("name", Value::Null, feed.name.clone()),
            FieldChange::of("expires", Value::Null, json!(feed.expires_at)),
        ];
        anyhow::Ok(((), Some(entry)))
    })
    .await?;
    Ok(format!(
        "Created the bank feed {}, until {}. The token is shown only now:\n{}",
        feed.name,
        feed.expires_at.format("%Y-%m-%d"),
        secret.reveal()
    ))
}

fn line(feed: &BankFeed, clock: &Clock) -> String {
    let state = TokenState::at(clock.real(), feed.expires_at, feed.revoked_at);
    let used = feed.used_at.map_or("never used".to_owned(), |at| {
        format!("used {}", at.format("%Y-%m-%d %H:%M"))
    });
    format!(
        "{}  {}  {}  until {}  {used}  {}",
        feed.id,
        feed.hint,
        en::token_state(state).to_lowercase(),
        feed.expires_at.format("%Y-%m-%d"),
        feed.name
    )
}

async fn end(store: &Store, clock: &Clock, id: TokenId) -> anyhow::Result<String> {
    let all = bank_feeds::list(store.db()).await?;
    let feed = all.into_iter().find(|feed| feed.id == id);
    let name = feed.context("ID: there is no such bank feed")?.name;
    let was_active = write(store, async |write: Tx| {
        revoked(&write, clock, id, &name).await
    });
    Ok(match was_active.await? {
        true => format!("Revoked the bank feed {name}."),
        false => format!("The bank feed {name} was revoked before."),
    })
}

async fn revoked(
    write: &Write,
    clock: &Clock,
    id: TokenId,
    name: &str,
) -> anyhow::Result<(bool, Option<membership_store::audit::Entry>)> {
    if !bank_feeds::revoke(write, id, clock.real()).await? {
        return Ok((false, None));
    }
    let mut entry = trail::of_operator(clock, Action::TokenRevoke, id)?;
    entry.changes = vec![FieldChange::of("name", name, Value::Null)];
    Ok((true, Some(entry)))
}
