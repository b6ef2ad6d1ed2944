//! `membership-server operator`: the program owner's people, who work at the desk and are never
//! members of an organization.

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use membership_store::audit::{self, Action};
use membership_store::users::User;
use membership_store::{Store, members, operators, sessions, users};

use super::account::typed;
use super::database::Kept;
use crate::clock::Clock;
use crate::passwords::{self, Passwords};
use crate::write::{Tx, write};
use crate::{random, trail};

/// What to do with operators.
#[derive(Debug, Args)]
pub struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Add an operator; the password of a new account is the first line of standard input. The desk
    /// opens once they set up two-step sign-in
    Add(Add),
    /// Take the desk away from somebody, and end their sessions
    Remove(Who),
    /// List the operators
    List(Kept),
}

#[derive(Debug, Args)]
struct Add {
    #[command(flatten)]
    database: Kept,
    /// Email that the account signs in with
    #[arg(long, value_parser = typed::email)]
    email: String,
    /// The person's name
    #[arg(long, value_parser = typed::name)]
    name: String,
}

#[derive(Debug, Args)]
struct Who {
    #[command(flatten)]
    database: Kept,
    /// Email that the account signs in with
    #[arg(long, value_parser = typed::email)]
    email: String,
}

/// Does it, and says what was done.
pub fn run(options: Options) -> anyhow::Result<()> {
    let said = tokio::runtime::Runtime::new()?.block_on(done(options.command))?;
    println!("{said}");
    Ok(())
}

async fn done(command: Command) -> anyhow::Result<String> {
    let clock = Clock::system();
    match command {
        Command::Add(wanted) => {
            let store = wanted.database.open(&clock).await?;
            add(&store, &clock, &wanted.email, &wanted.name, typed::ask).await?;
            Ok(format!(
                "{} is an operator. The desk is at /operator, and opens once they set up two-step \
                 sign-in.",
                wanted.email
            ))
        }
        Command::Remove(who) => {
            let store = who.database.open(&clock).await?;
            remove(&store, &clock, &who.email).await?;
            Ok(format!("{} is no operator anymore.", who.email))
        }
        Command::List(database) => {
            let store = database.open(&clock).await?;
            let mut lines = Vec::new();
            for id in operators::list(store.db()).await? {
                let user = users::by_id(store.db(), id).await?;
                lines.extend(user.map(|user| format!("{}  {}", user.email, user.name)));
            }
            match lines.is_empty() {
                true => Ok("No operators.".to_owned()),
                false => Ok(lines.join("\n")),
            }
        }
    }
}

/// Makes an account an operator's, or makes one. The password is asked for a new account only.
pub async fn add(
    store: &Store,
    clock: &Clock,
    email: &str,
    name: &str,
    password: impl FnOnce() -> anyhow::Result<String>,
) -> anyhow::Result<()> {
    let known = users::by_email(store.db(), email).await?;
    let user = match &known {
        Some(user) => user.clone(),
        None => {
            let password = password()?;
            passwords::fit(&password, &[name, email])?;
            User {
                id: random::id(clock.real())?,
                email: email.to_owned(),
                name: name.to_owned(),
                password_hash: Passwords::new()?.hash(password).await?,
                created_at: clock.now(),
                disabled_at: None,
            }
        }
    };
    write(store, async |write: Tx| {
        if known.is_none() {
            users::insert(&write, user.clone()).await?;
        } else if !members::of_user(write.tx(), user.id).await?.is_empty() {
            bail!("{email} is a member of an organization; operators have accounts of their own");
        }
        operators::add(&write, user.id, clock.now()).await?;
        let entry = trail::of_operator(clock, Action::OperatorAdd, user.id)?;
        let entry = audit::Entry {
            about: Some(user.id),
            ..entry
        };
        anyhow::Ok(((), Some(entry)))
    })
    .await
}

async fn remove(store: &Store, clock: &Clock, email: &str) -> anyhow::Result<()> {
    let user = users::by_email(store.db(), email).await?;
    let user = user.with_context(|| format!("--email: no account signs in with {email}"))?;
    write(store, async |write: Tx| {
        if !operators::remove(&write, user.id, clock.now()).await? {
            bail!("{email} is no operator");
        }
        sessions::delete_of_user(&write, user.id).await?;
        let entry = trail::of_operator(clock, Action::OperatorRemove, user.id)?;
        let entry = audit::Entry {
            about: Some(user.id),
            ..entry
        };
        anyhow::Ok(((), Some(entry)))
    })
    .await
}
