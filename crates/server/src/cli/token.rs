//! `membership-server token`: the tokens of an organization, and those of the program owner's feeds,
//! which nobody else makes.

use anyhow::{Context, bail, ensure};
use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use membership_contract::text::en;
use membership_domain::id::TokenId;
use membership_store::Store;
use membership_store::organizations::{self, Organization};
use membership_store::tokens::{self, Token};

use super::account::typed;
use super::of::Of;
use crate::clock::Clock;
use crate::routes::organizations::tokens::{create, revoke};
use crate::tokens::Secret;
use crate::write::{Tx, write};

/// So many of those that ended are listed, the newest.
const ENDED: u64 = 100;

/// What to do with tokens.
#[derive(Debug, Args)]
pub struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Create a token for a feed of the program owner: what it sends counts as confirmed
    Feed(Feed),
    /// List the tokens of an organization
    List(Of),
    /// Revoke a token
    Revoke(Revoke),
}

#[derive(Debug, Args)]
struct Feed {
    #[command(flatten)]
    of: Of,
    /// What sends the feed
    #[arg(long, value_parser = typed::name)]
    name: String,
    /// How many days it works
    #[arg(long, default_value_t = 90)]
    days: u32,
}

#[derive(Debug, Args)]
struct Revoke {
    #[command(flatten)]
    of: Of,
    /// Id of the token, from the list
    #[arg(value_name = "ID")]
    id: TokenId,
}

/// Does it, and says what was done. A new token is the last line.
pub fn run(options: Options) -> anyhow::Result<()> {
    let said = tokio::runtime::Runtime::new()?.block_on(done(options.command))?;
    println!("{said}");
    Ok(())
}

async fn done(command: Command) -> anyhow::Result<String> {
    let clock = Clock::system();
    match command {
        Command::Feed(feed) => {
            let (store, organization) = feed.of.open(&clock).await?;
            create_feed(&store, &clock, &organization, &feed).await
        }
        Command::List(of) => {
            let (store, organization) = of.open(&clock).await?;
            list(&store, &clock, &organization).await
        }
        Command::Revoke(wanted) => {
            let (store, organization) = wanted.of.open(&clock).await?;
            end(&store, &clock, &organization, wanted.id).await
        }
    }
}

async fn create_feed(
    store: &Store,
    clock: &Clock,
    organization: &Organization,
    feed: &Feed,
) -> anyhow::Result<String> {
    let catalog = membership_catalog::builtin();
    let access = catalog.ok().and_then(|catalog| catalog.access());
    let most = access.context("the catalog has no limits")?.token_days;
    ensure!(
        (1..=most).contains(&feed.days),
        "--days: must be 1 to {most}"
    );
    let (secret, now) = (Secret::new()?, clock.real());
    let wanted = (feed.name.as_str(), tokens::feed());
    let token = &secret.token(organization.id, wanted, None, (now, feed.days))?;
    write(store, async |write: Tx| {
        organizations::lock(&write, organization.id).await?;
        let there = tokens::active(write.tx(), organization.id, now).await?;
        let same = |one: &Token| one.is_feed() && one.name == token.name;
        if there.iter().any(same) {
            bail!("--name: a feed of this name is active; revoke it first, or choose another name");
        }
        tokens::insert(&write, token).await?;
        let entry = create::done(token).of_operator(clock, organization.id)?;
        anyhow::Ok(((), Some(entry)))
    })
    .await?;
    let (name, until) = (&organization.name, token.expires_at.format("%Y-%m-%d"));
    Ok(format!(
        "Created the feed {} for {name}, until {until}. The token is shown only now:\n{}",
        token.name,
        secret.reveal()
    ))
}

async fn list(store: &Store, clock: &Clock, organization: &Organization) -> anyhow::Result<String> {
    let now = clock.real();
    let mut all = tokens::active(store.db(), organization.id, now).await?;
    all.extend(tokens::ended(store.db(), organization.id, now, None, ENDED).await?);
    let lines: Vec<String> = all.iter().map(|token| line(token, now)).collect();
    match lines.is_empty() {
        true => Ok(format!("{} has no API tokens.", organization.name)),
        false => Ok(lines.join("\n")),
    }
}

fn line(token: &Token, now: DateTime<Utc>) -> String {
    let kind = if token.is_feed() { "feed" } else { "token" };
    let used = token.used_at.map_or("never used".to_owned(), |at| {
        format!("used {}", at.format("%Y-%m-%d %H:%M"))
    });
    format!(
        "{}  {}  {kind}  {}  until {}  {used}  {}",
        token.id,
        token.hint,
        en::token_state(token.state(now)).to_lowercase(),
        token.expires_at.format("%Y-%m-%d"),
        token.name
    )
}

async fn end(
    store: &Store,
    clock: &Clock,
    organization: &Organization,
    id: TokenId,
) -> anyhow::Result<String> {
    let now = clock.real();
    write(store, async |write: Tx| {
        let found = tokens::by_id(write.tx(), organization.id, id).await?;
        let token = found.context("ID: the organization has no such token")?;
        if !tokens::revoke(&write, id, None, now).await? {
            let said = format!("The token {} was revoked before.", token.name);
            return Ok((said, None));
        }
        let entry = revoke::revoked(id, &token.name).of_operator(clock, organization.id)?;
        let said = format!("Revoked the token {}.", token.name);
        anyhow::Ok((said, Some(entry)))
    })
    .await
}
