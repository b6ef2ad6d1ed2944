//! `membership-server request`: what waits for the program owner's decision.

use anyhow::{Context, anyhow};
use clap::{Args, Subcommand};
use membership_contract::requests::LONGEST_REASON;
use membership_domain::id::RequestId;
use membership_domain::request::{RequestKind, RequestState};
use membership_store::members;
use membership_store::organizations;
use membership_store::requests;

use super::database::Kept;
use crate::app::Settings;
use crate::clock::Clock;
use crate::http::problem::{Answer, ApiError};
use crate::write::{Tx, all_but_last, write};
use crate::{App, demo, locations};

/// What to do with requests.
#[derive(Debug, Args)]
pub struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List the requests that wait: removals of locations
    List(Kept),
    /// Approve a request, and do what it asks for
    Approve(Decision),
    /// Refuse a request, with a reason
    Refuse(Refusal),
}

#[derive(Debug, Args)]
struct Decision {
    #[command(flatten)]
    within: Kept,
    /// Id of the request, from the list
    #[arg(value_name = "ID")]
    id: RequestId,
}

#[derive(Debug, Args)]
struct Refusal {
    #[command(flatten)]
    decision: Decision,
    /// Why; who asked reads it
    #[arg(long, value_parser = note)]
    note: String,
}

fn note(text: &str) -> Result<String, String> {
    let length = text.trim().chars().count();
    match (1..=LONGEST_REASON).contains(&length) {
        true => Ok(text.trim().to_owned()),
        false => Err(format!("must be 1 to {LONGEST_REASON} characters")),
    }
}

/// Does it, and says what was done.
pub fn run(options: Options) -> anyhow::Result<()> {
    let said = tokio::runtime::Runtime::new()?.block_on(done(options.command))?;
    println!("{said}");
    Ok(())
}

async fn done(command: Command) -> anyhow::Result<String> {
    match command {
        Command::List(within) => list(&opened(&within).await?).await,
        Command::Approve(one) => decide(&opened(&one.within).await?, one.id, None).await,
        Command::Refuse(one) => {
            let app = opened(&one.decision.within).await?;
            decide(&app, one.decision.id, Some(&one.note)).await
        }
    }
}

async fn opened(within: &Kept) -> anyhow::Result<App> {
    let clock = Clock::system();
    let store = within.open(&clock).await?;
    let catalog = membership_catalog::builtin().map_err(|faults| anyhow!("{faults:?}"))?;
    let app = App::new(store, catalog, clock, Settings::default())?;
    // Where a demo's clock was moved, what is written is of that day.
    demo::clock::follow(&app).await;
    Ok(app)
}

async fn list(app: &App) -> anyhow::Result<String> {
    let db = app.store.db();
    let mut lines = Vec::new();
    for one in requests::pending(db, RequestKind::LocationRemoval).await? {
        let organization = organizations::by_id(db, one.organization).await?;
        let organization = organization.context("a request of no organization")?;
        let places = organizations::locations(db, one.organization).await?;
        let wanted = locations::of_request(&one);
        let place = places.into_iter().find(|place| Some(place.id) == wanted);
        let place = place.map_or("a location that is gone".to_owned(), |place| {
            format!("{} (PartnerID {})", place.name, place.partner_id)
        });
        let names = members::names(db, one.organization, &[one.asked_by]).await?;
        let by = names.get(&one.asked_by).map_or("", String::as_str);
        let day = one.asked_at.format("%Y-%m-%d");
        lines.push(format!(
            "{}  {day}  {}: remove {place}  asked by {by}: {}",
            one.id, organization.name, one.reason
        ));
    }
    match lines.is_empty() {
        true => Ok("No request is waiting.".to_owned()),
        false => Ok(lines.join("\n")),
    }
}

/// Decides a request: refused with a note, else approved. Says what was done.
pub async fn decide(app: &App, id: RequestId, refused: Option<&str>) -> anyhow::Result<String> {
    let found = requests::pending(app.store.db(), RequestKind::LocationRemoval).await?;
    let found = found.into_iter().find(|one| one.id == id);
    let organization = found
        .context("ID: no request with this id is waiting")?
        .organization;
    let outcome: Answer<String> = write(&app.store, async |write: Tx| {
        organizations::lock(&write, organization).await?;
        let request = requests::by_id(write.tx(), organization, id).await?;
        let request = request.filter(|one| one.state == RequestState::Pending);
        let request = request.ok_or_else(ApiError::not_found)?;
        let note = refused.unwrap_or_default();
        let (name, done) = locations::decide(app, &write, request, refused.is_none(), note).await?;
        let entries = done
            .into_iter()
            .map(|done| done.of_operator(&app.clock, organization));
        let entries = entries.collect::<Result<_, _>>()?;
        Ok((name, all_but_last(&write, entries).await?))
    })
    .await;
    let name = outcome.map_err(|error| anyhow!("{}", error.detail()))?;
    Ok(match refused {
        None => format!("Removed the location {name}."),
        Some(_) => format!("Refused to remove the location {name}."),
    })
}
