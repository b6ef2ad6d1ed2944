//! The recurring job that removes what is kept of mails when nobody asks about it anymore.

use chrono::Duration;
use membership_store::audit::Action;
use membership_store::jobs::Claim;
use membership_store::{mails, tries};

use super::{OF, TO};
use crate::write::{Tx, write};
use crate::{App, jobs};

/// So long a mail can be looked up after it was sent or refused.
const KEPT: Duration = Duration::days(90);

/// Removes old mails, and counts of the last hour that no longer matter.
pub async fn run(app: &App, claim: &Claim) -> anyhow::Result<()> {
    let before = app.clock.now() - KEPT;
    write(&app.store, async |write: Tx| {
        let removed = mails::clean(&write, before).await?;
        if removed == 0 {
            return Ok(((), None));
        }
        let mut entry = jobs::entry(&app.clock, claim.kind, Action::MailClean, "mails")?;
        entry.detail["removed"] = removed.into();
        anyhow::Ok(((), Some(entry)))
    })
    .await?;
    for kind in [TO, OF] {
        let all = (u64::MAX, u64::MAX);
        tries::clean(&app.store, kind, app.clock.real(), all).await?;
    }
    Ok(())
}
