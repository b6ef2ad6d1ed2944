//! `membership-server jobs`: what is queued, and doing again what was given up. Servers go on
//! meanwhile.

use anyhow::{bail, ensure};
use chrono::Duration;
use clap::{Args, Subcommand, ValueEnum};
use membership_domain::id::JobId;
use membership_store::Store;
use membership_store::audit::Action;
use membership_store::jobs::{self, Again, Listed, Moment, State};

use super::database::Address;
use crate::clock::Clock;
use crate::trail;
use crate::write::{Tx, write};

/// So many are listed.
const LISTED: u64 = 500;

/// What to do with jobs.
#[derive(Debug, Args)]
pub struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List jobs: due, running, waiting for later or for the next attempt, and dead
    List(List),
    /// Have a job done now, as if it had not been attempted
    Retry(Retry),
}

#[derive(Debug, Args)]
struct List {
    #[command(flatten)]
    database: Address,
    /// Only jobs in this state
    #[arg(long, value_enum)]
    state: Option<Which>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Which {
    Due,
    Running,
    Waiting,
    Dead,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false, id = "which")]
struct These {
    /// Id of a job that waits or is dead, from the list
    #[arg(value_name = "ID")]
    id: Option<JobId>,
    /// All dead jobs
    #[arg(long)]
    dead: bool,
}

#[derive(Debug, Args)]
struct Retry {
    #[command(flatten)]
    database: Address,
    #[command(flatten)]
    these: These,
}

pub fn run(options: Options) -> anyhow::Result<()> {
    let said = tokio::runtime::Runtime::new()?.block_on(done(options.command))?;
    println!("{said}");
    Ok(())
}

async fn done(command: Command) -> anyhow::Result<String> {
    match command {
        Command::List(list) => {
            let store = opened(&list.database).await?;
            listed(&store, list.state).await
        }
        Command::Retry(retry) => {
            let store = opened(&retry.database).await?;
            let again = match retry.these.id {
                Some(id) => Again::One(id),
                None => Again::Dead,
            };
            retried(&store, again).await
        }
    }
}

/// Neither makes nor changes tables: servers may be of another version.
async fn opened(address: &Address) -> anyhow::Result<Store> {
    let store = address.connect().await?;
    let tables = store.tables().await?;
    ensure!(tables.fit(), "--database-url: {tables}");
    Ok(store)
}

async fn listed(store: &Store, which: Option<Which>) -> anyhow::Result<String> {
    let state = which.map(|which| match which {
        Which::Due => State::Due,
        Which::Running => State::Running,
        Which::Waiting => State::Waiting,
        Which::Dead => State::Dead,
    });
    let clock = Clock::system();
    let now = membership_store::demo_clock::read(store.db()).await?;
    let real = clock.real();
    let moment = Moment {
        now: now.unwrap_or(real),
        real,
    };
    let jobs = jobs::list(store.db(), state, moment, LISTED).await?;
    let mut lines: Vec<_> = jobs
        .iter()
        .map(|job| line(job, real - job.created_at))
        .collect();
    if lines.is_empty() {
        lines.push("No jobs.".to_owned());
    }
    let all: u64 = jobs::tally(store.db(), moment)
        .await?
        .into_iter()
        .filter(|((_, of), _)| state.is_none_or(|state| state == *of))
        .map(|(_, many)| many)
        .sum();
    if all > LISTED {
        lines.push(format!("The first {LISTED} of {all}."));
    }
    Ok(lines.join("\n"))
}

fn line(job: &Listed, age: Duration) -> String {
    let (state, attempts) = (job.state.code(), job.attempts);
    let attempts = match attempts {
        0 => String::new(),
        1 => ", 1 attempt".to_owned(),
        more => format!(", {more} attempts"),
    };
    let why = match job.error.is_empty() {
        true => String::new(),
        false => format!(": {}", job.error),
    };
    let (id, kind, age) = (job.id, &job.kind, minutes(age));
    format!("{id}  {kind:<12} {state:<8} queued {age} ago{attempts}{why}")
}

fn minutes(age: Duration) -> String {
    match age.num_minutes() {
        minutes if minutes >= 48 * 60 => format!("{} days", minutes / (24 * 60)),
        minutes if minutes >= 120 => format!("{} h", minutes / 60),
        minutes => format!("{} min", minutes.max(0)),
    }
}

async fn retried(store: &Store, again: Again) -> anyhow::Result<String> {
    let clock = Clock::system();
    let subject = match again {
        Again::One(id) => id.to_string(),
        Again::Dead => "all dead jobs".to_owned(),
    };
    let many = write(store, async |write: Tx| {
        let many = jobs::retry(&write, again, clock.real()).await?;
        if many == 0 {
            return Ok((0, None));
        }
        let mut entry = trail::of_operator(&clock, Action::JobRetry, &subject)?;
        entry.detail["jobs"] = many.into();
        anyhow::Ok((many, Some(entry)))
    })
    .await?;
    Ok(match (many, again) {
        (0, Again::One(id)) => bail!("no job {id} waits or is dead; nothing was changed"),
        (0, Again::Dead) => "No job is dead. Nothing was changed.".to_owned(),
        (1, _) => "1 job is done again, within a second.".to_owned(),
        (many, _) => format!("{many} jobs are done again, from now on."),
    })
}

#[cfg(test)]
mod tests;
