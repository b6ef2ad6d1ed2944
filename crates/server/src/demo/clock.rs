//! The clock of a demo, which all servers of its database share.

use chrono::{DateTime, Utc};
use membership_store::audit::{Action, FieldChange};
use membership_store::{Store, demo_clock};
use serde_json::json;

use crate::clock::Clock;
use crate::{App, trail};

use super::CLOCK;

/// Begins with what was asked for, else with what the clock of this demo showed last. What is asked
/// for holds for servers that run already, too.
pub async fn begin(
    store: &Store,
    clock: &Clock,
    asked: Option<DateTime<Utc>>,
) -> anyhow::Result<()> {
    let shown = demo_clock::read(store.db()).await?;
    let now = asked.or(shown).unwrap_or(CLOCK);
    if shown != Some(now) {
        let write = store.write().await?;
        demo_clock::set(&write, now).await?;
        let mut entry = trail::of_operator(clock, Action::ClockSet, "clock")?;
        entry.changes = vec![FieldChange::of("now", json!(shown), json!(now))];
        write.commit(entry).await?;
    }
    Ok(clock.set(now)?)
}

/// Shows what another server has set, within a second. Nothing in production.
pub async fn follow(app: &App) {
    let Some(look) = app.clock.look() else { return };
    match demo_clock::read(app.store.db()).await {
        Ok(Some(now)) => app.clock.found(&look, now),
        Ok(None) => {}
        // The request itself is going to say it.
        Err(error) => tracing::debug!(%error, "the demo's clock was not looked at"),
    }
}
