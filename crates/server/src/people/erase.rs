//! Erasing what names somebody who was removed, once the catalog's days are over. What they did
//! stays, and refers to nobody.

use chrono::{DateTime, Duration, Utc};
use membership_domain::id::{OrganizationId, UserId};
use membership_store::audit::{self, Action};
use membership_store::jobs::Kind;
use membership_store::{
    idempotency, invitations, links, mails, members, organizations, requests, second_factors,
    sessions, users,
};

use crate::change::KEPT;
use crate::write::{Tx, write};
use crate::{App, jobs};

/// Erases all that are due, each in a transaction of their own.
pub async fn run(app: &App) -> anyhow::Result<()> {
    let days = Duration::days(app.catalog.access.removed_person_days.into());
    let until = app.clock.now() - days;
    // Answers that can no longer be had again, whoever asked for them.
    idempotency::clean(&app.store, app.clock.real() - KEPT).await?;
    for (organization, user) in members::to_erase(app.store.db(), until).await? {
        // One who can't be erased keeps nobody else's name here.
        if let Err(error) = erase(app, organization, user, until).await {
            tracing::error!(%error, %user, "a removed person is not erased");
        }
    }
    Ok(())
}

/// Under the locks of the organization and of the account, for somebody may let them join again at
/// this moment. Who is invited again waits for what becomes of that.
async fn erase(
    app: &App,
    organization: OrganizationId,
    user: UserId,
    until: DateTime<Utc>,
) -> anyhow::Result<()> {
    let now = app.clock.now();
    write(&app.store, async |write: Tx| {
        organizations::lock(&write, organization).await?;
        let member = members::by_id(write.tx(), organization, user).await?;
        let is_due = member.is_some_and(|one| {
            one.erased_at.is_none() && one.removed_at.is_some_and(|at| at <= until)
        });
        if !is_due {
            return Ok(((), None));
        }
        let account = users::lock(&write, user).await?;
        if invitations::is_invited(write.tx(), &account.email, app.clock.real()).await? {
            return Ok(((), None));
        }
        members::erase(&write, organization, user, now).await?;
        requests::forget(&write, organization, user).await?;
        mails::forget_named(&write, organization, &account.name).await?;
        audit::erase_in(&write, organization, user).await?;
        for id in invitations::forget(&write, organization, &account.email).await? {
            audit::erase(&write, id).await?;
        }
        let left = members::of_user(write.tx(), user).await?;
        let is_last = left.iter().all(|(_, one)| one.erased_at.is_some());
        if is_last {
            erase_account(&write, user, &account.email, now).await?;
        }
        let mut entry = jobs::entry(&app.clock, Kind::MemberErase, Action::MemberErase, user)?;
        entry.about = Some(user);
        entry.organization = Some(organization);
        entry.detail["account"] = is_last.into();
        anyhow::Ok(((), Some(entry)))
    })
    .await
}

/// Nobody else knows the person any more: the account goes with all that is its own.
async fn erase_account(
    write: &Tx,
    user: UserId,
    email: &str,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    sessions::delete_of_user(write, user).await?;
    second_factors::remove(write, user).await?;
    links::forget(write, email).await?;
    mails::forget(write, email).await?;
    idempotency::forget(write, user).await?;
    audit::erase(write, user).await?;
    users::erase(write, user, now).await?;
    Ok(())
}
