//! Deactivating, reactivating and removing people.

use chrono::{DateTime, Utc};
use membership_domain::id::{OrganizationId, UserId};
use membership_domain::roles::{Grant, Granter, Role, Target, may_suspend};
use membership_store::members::{self, Member};
use membership_store::{Write, grants, sessions};

use super::{PeopleError, keep_holders};

/// Who suspends whom, where and when.
#[derive(Clone, Copy, Debug)]
pub struct Suspending<'s> {
    /// Who, with their grants as they are under the lock.
    pub granter: Granter<'s>,
    /// In which organization.
    pub organization: OrganizationId,
    /// Whom.
    pub user: UserId,
    /// Who, for those who read of it.
    pub by: UserId,
    /// By the business day.
    pub at: DateTime<Utc>,
}

/// Deactivates a member and ends their sessions. Whether they were active.
pub async fn deactivate(
    write: &Write,
    it: Suspending<'_>,
    one: &Member,
) -> Result<bool, PeopleError> {
    let given = allowed(write, it).await?;
    if !one.is_active() {
        return Ok(false);
    }
    keep_holders(write, it.organization, it.user, &given).await?;
    let since = Some((it.at, it.by));
    members::set_deactivated(write, it.organization, it.user, since).await?;
    sessions::delete_of_user(write, it.user).await?;
    Ok(true)
}

/// Makes a deactivated member active again. Whether they were deactivated.
pub async fn reactivate(
    write: &Write,
    it: Suspending<'_>,
    one: &Member,
) -> Result<bool, PeopleError> {
    allowed(write, it).await?;
    if one.is_active() {
        return Ok(false);
    }
    members::set_deactivated(write, it.organization, it.user, None).await?;
    Ok(true)
}

/// Ends a membership with its roles and sessions; one's own, too. Whether there was one.
pub async fn remove(write: &Write, it: Suspending<'_>, one: &Member) -> Result<bool, PeopleError> {
    let given = match it.by == it.user {
        true => roles(write, it).await?,
        false => allowed(write, it).await?,
    };
    if one.removed_at.is_some() {
        return Ok(false);
    }
    if one.is_active() {
        keep_holders(write, it.organization, it.user, &given).await?;
    }
    grants::delete_all(write, it.user, it.organization).await?;
    members::remove(write, it.organization, it.user, it.at).await?;
    sessions::delete_of_user(write, it.user).await?;
    Ok(true)
}

/// The roles of the person, if the caller may suspend somebody with them.
async fn allowed(write: &Write, it: Suspending<'_>) -> Result<Vec<Role>, PeopleError> {
    let given = grants::given_to(write.tx(), it.organization, it.user).await?;
    let is_guest = given.contains(&Grant::everywhere(Role::Guest));
    let target = Target {
        person: Some(it.user),
        is_guest,
    };
    may_suspend(it.granter, target, &given)?;
    Ok(given.into_iter().map(|grant| grant.role).collect())
}

async fn roles(write: &Write, it: Suspending<'_>) -> Result<Vec<Role>, PeopleError> {
    let given = grants::given_to(write.tx(), it.organization, it.user).await?;
    Ok(given.into_iter().map(|grant| grant.role).collect())
}
