//! The organization that a command is about.

use anyhow::Context as _;
use clap::Args;
use membership_store::Store;
use membership_store::organizations::Organization;

use super::account::typed;
use super::database::Kept;
use crate::accounts;
use crate::clock::Clock;

/// Which one, in which database.
#[derive(Debug, Args)]
pub struct Of {
    #[command(flatten)]
    database: Kept,
    /// Legal name of the organization
    #[arg(long, value_parser = typed::organization)]
    organization: String,
    /// Its PartnerID, where several have that name
    #[arg(long, value_parser = typed::partner_id)]
    partner_id: Option<String>,
}

impl Of {
    /// The database, and the organization in it.
    pub async fn open(&self, clock: &Clock) -> anyhow::Result<(Store, Organization)> {
        let store = self.database.open(clock).await?;
        let name = &self.organization;
        let found = accounts::find(&store, name, self.partner_id.as_deref()).await?;
        let found =
            found.with_context(|| format!("--organization: no organization is named {name}"))?;
        Ok((store, found))
    }
}
