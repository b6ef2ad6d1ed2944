//! `membership-server account`: looks after those who can sign in.

mod add;
mod change;
pub mod typed;

use clap::{Args, Subcommand};

use super::database::Kept;
use crate::clock::Clock;

/// What to do with accounts.
#[derive(Debug, Args)]
pub struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Add an account, or add roles to an existing one; the password is the first line of standard
    /// input
    Add(In<add::Add>),
    /// Disable sign-in for an account, and end its sessions
    Disable(In<change::Who>),
    /// Enable a disabled account again
    Enable(In<change::Who>),
    /// Change an account's password (the first line of standard input), and end its sessions
    Password(In<change::Who>),
    /// Turn off an account's two-step sign-in, for someone who lost app and recovery codes, and end
    /// its sessions
    SecondFactorOff(In<change::Who>),
    /// List an account's roles, or add and remove roles, which ends its sessions
    Roles(In<change::Roles>),
    /// List an account's sessions, or end them
    Sessions(In<change::Sessions>),
}

/// The database beside what a command takes itself.
#[derive(Debug, Args)]
struct In<T: Args> {
    #[command(flatten)]
    database: Kept,
    #[command(flatten)]
    options: T,
}

/// Does it, and says what was done.
pub fn run(options: Options) -> anyhow::Result<()> {
    let said = tokio::runtime::Runtime::new()?.block_on(done(options.command))?;
    println!("{said}");
    Ok(())
}

async fn done(command: Command) -> anyhow::Result<String> {
    let clock = Clock::system();
    let database = match &command {
        Command::Add(of) => &of.database,
        Command::Disable(of)
        | Command::Enable(of)
        | Command::Password(of)
        | Command::SecondFactorOff(of) => &of.database,
        Command::Roles(of) => &of.database,
        Command::Sessions(of) => &of.database,
    };
    let store = database.open(&clock).await?;
    match command {
        Command::Add(of) => add::add(&store, &clock, of.options).await,
        Command::Disable(of) => change::disable(&store, &clock, of.options).await,
        Command::Enable(of) => change::enable(&store, &clock, of.options).await,
        Command::Password(of) => change::password(&store, &clock, of.options).await,
        Command::SecondFactorOff(of) => change::second_factor_off(&store, &clock, of.options).await,
        Command::Roles(of) => change::roles(&store, &clock, of.options).await,
        Command::Sessions(of) => change::sessions(&store, &clock, of.options).await,
    }
}
