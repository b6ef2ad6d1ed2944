//! Changes of accounts that are there. Each that takes something away ends the account's sessions,
//! and all of it is done together with its audit entry, or not at all.

use anyhow::{Context, bail};
use chrono::Duration;
use membership_domain::link::LinkPurpose;
use membership_domain::roles::{Grant, Granter, Role};
use membership_store::audit::{Action, FieldChange};
use membership_store::organizations::{self, Organization};
use membership_store::sessions::{self, Session};
use membership_store::users::{self, User};
use membership_store::{Store, audit, grants, links, members, second_factors};
use serde_json::{Value, json};

use crate::clock::Clock;
use crate::passwords::{self, Passwords};
use crate::people::roles::{self, Changing};
use crate::trail;
use crate::write::{Tx, write};

/// Disables an account, now. Gives how many sessions ended; nothing if it is disabled already.
pub async fn disable(store: &Store, clock: &Clock, email: &str) -> anyhow::Result<Option<u64>> {
    let user = known(store, email).await?;
    write(store, async |write: Tx| {
        if users::lock(&write, user.id).await?.disabled_at.is_some() {
            return Ok((None, None));
        }
        users::set_disabled(&write, user.id, Some(clock.now())).await?;
        let ended = sessions::delete_of_user(&write, user.id).await?;
        let entry = audit::Entry {
            changes: vec![FieldChange::of("disabled", false, true)],
            ..entry(
                clock,
                Action::AccountDisable,
                &user,
                json!({"sessions": ended}),
            )?
        };
        Ok((Some(ended), Some(entry)))
    })
    .await
}

/// Enables a disabled account. Whether it was disabled.
pub async fn enable(store: &Store, clock: &Clock, email: &str) -> anyhow::Result<bool> {
    let user = known(store, email).await?;
    write(store, async |write: Tx| {
        if users::lock(&write, user.id).await?.disabled_at.is_none() {
            return Ok((false, None));
        }
        users::set_disabled(&write, user.id, None).await?;
        let entry = audit::Entry {
            changes: vec![FieldChange::of("disabled", true, false)],
            ..entry(clock, Action::AccountEnable, &user, json!({}))?
        };
        Ok((true, Some(entry)))
    })
    .await
}

/// Gives an account another password, which is asked for when the account is known. Gives how many
/// sessions ended.
pub async fn password(
    store: &Store,
    clock: &Clock,
    email: &str,
    ask: impl FnOnce() -> anyhow::Result<String>,
) -> anyhow::Result<u64> {
    let user = known(store, email).await?;
    let names = super::names(store, &user).await?;
    let password = ask()?;
    passwords::fit(&password, &names)?;
    let hash = Passwords::new()?.hash(password).await?;
    let now = clock.real();
    write(store, async |write: Tx| {
        users::lock(&write, user.id).await?;
        users::set_password(&write, user.id, hash.clone()).await?;
        let subject = user.id.to_string();
        links::revoke(&write, LinkPurpose::PasswordReset, &subject, now).await?;
        let ended = sessions::delete_of_user(&write, user.id).await?;
        let detail = json!({"sessions": ended});
        let entry = entry(clock, Action::AccountPassword, &user, detail)?;
        Ok((ended, Some(entry)))
    })
    .await
}

/// Turns the two-step sign-in of an account off, for somebody who lost both the app and the recovery
/// codes. Gives how many sessions ended; nothing if it is off already.
pub async fn remove_second_factor(
    store: &Store,
    clock: &Clock,
    email: &str,
) -> anyhow::Result<Option<u64>> {
    let user = known(store, email).await?;
    write(store, async |write: Tx| {
        users::lock(&write, user.id).await?;
        if !second_factors::remove(&write, user.id).await? {
            return Ok((None, None));
        }
        let ended = sessions::delete_of_user(&write, user.id).await?;
        let detail = json!({"sessions": ended});
        let entry = entry(clock, Action::SecondFactorDisable, &user, detail)?;
        Ok((Some(ended), Some(entry)))
    })
    .await
}

/// The sessions of an account that time has not ended, newest first: neither their own nor that of
/// being `idle`.
pub async fn sessions(
    store: &Store,
    clock: &Clock,
    email: &str,
    idle: Duration,
) -> anyhow::Result<Vec<Session>> {
    let user = known(store, email).await?;
    let mut open = sessions::of_user(store.db(), user.id).await?;
    let now = clock.real();
    open.retain(|session| session.expires_at > now && now - session.seen_at < idle);
    Ok(open)
}

/// Ends all sessions of an account. Gives how many there were.
pub async fn end_sessions(store: &Store, clock: &Clock, email: &str) -> anyhow::Result<u64> {
    let user = known(store, email).await?;
    write(store, async |write: Tx| {
        let ended = sessions::delete_of_user(&write, user.id).await?;
        let detail = json!({"sessions": ended, "why": "command"});
        let entry = entry(clock, Action::SessionEnd, &user, detail)?;
        Ok((ended, (ended > 0).then_some(entry)))
    })
    .await
}

/// What is wanted of an account's roles.
#[derive(Clone, Debug)]
pub struct RoleChange {
    /// Whose, normalized.
    pub email: String,
    /// Where: name, and PartnerID where that is not enough.
    pub organization: Option<(String, Option<String>)>,
    /// Roles that it shall have.
    pub add: Vec<Role>,
    /// Roles that it shall not have.
    pub remove: Vec<Role>,
}

/// An account's roles after a change.
#[derive(Debug)]
pub struct Changed {
    /// Where.
    pub organization: Organization,
    /// All roles there.
    pub held: Vec<Role>,
    /// How many sessions ended; none if nothing had to be changed.
    pub ended: Option<u64>,
}

/// The roles of an account, where it has some or where that is asked for.
pub async fn roles(
    store: &Store,
    wanted: &RoleChange,
) -> anyhow::Result<Vec<(Organization, Vec<Role>)>> {
    let user = known(store, &wanted.email).await?;
    let places = match &wanted.organization {
        Some(named) => vec![place(store, named).await?],
        None => places(store, &user).await?,
    };
    let mut with_roles = Vec::new();
    for place in places {
        let held = grants::given_to(store.db(), place.id, user.id).await?;
        if !held.is_empty() {
            with_roles.push((place, of(held)));
        }
    }
    Ok(with_roles)
}

fn of(grants: Vec<Grant>) -> Vec<Role> {
    grants.into_iter().map(|grant| grant.role).collect()
}

/// Adds and removes roles at one organization.
pub async fn change_roles(
    store: &Store,
    clock: &Clock,
    wanted: RoleChange,
) -> anyhow::Result<Changed> {
    let user = known(store, &wanted.email).await?;
    let organization = match &wanted.organization {
        Some(named) => place(store, named).await?,
        None => only_place(store, &user).await?,
    };
    let id = organization.id;
    let by = Changing {
        granter: Granter::Operator,
        organization: id,
        user: user.id,
        at: clock.now(),
    };
    let (held, ended) = write(store, async |write: Tx| {
        // Two changes at once would otherwise each count what the other does.
        organizations::lock(&write, id).await?;
        if members::by_id(write.tx(), id, user.id).await?.is_none() {
            members::add(&write, id, &user, by.at).await?;
        }
        let before = of(grants::given_to(write.tx(), id, user.id).await?);
        for role in &wanted.add {
            roles::give(&write, by, &Grant::everywhere(*role)).await?;
        }
        let mut changed = false;
        for role in &wanted.remove {
            // One that only comes with another changes no grant.
            changed |= roles::take(&write, by, *role).await?.is_change();
        }
        let held = of(grants::given_to(write.tx(), id, user.id).await?);
        if held == before && !changed {
            return Ok(((held, None), None));
        }
        let ended = sessions::delete_of_user(&write, user.id).await?;
        let entry = audit::Entry {
            organization: Some(id),
            changes: vec![roles_told(&before, &held)],
            ..entry(clock, Action::RoleChange, &user, json!({"sessions": ended}))?
        };
        anyhow::Ok(((held, Some(ended)), Some(entry)))
    })
    .await?;
    Ok(Changed {
        organization,
        held,
        ended,
    })
}

/// Roles before and after, for the audit log.
pub(super) fn roles_told(before: &[Role], after: &[Role]) -> FieldChange {
    let codes = |roles: &[Role]| -> Vec<&str> { roles.iter().map(|role| role.code()).collect() };
    FieldChange::of("roles", json!(codes(before)), json!(codes(after)))
}

async fn known(store: &Store, email: &str) -> anyhow::Result<User> {
    let user = users::by_email(store.db(), email).await?;
    user.with_context(|| format!("--email: no account has the email {email}; check the spelling"))
}

async fn place(
    store: &Store,
    (name, partner_id): &(String, Option<String>),
) -> anyhow::Result<Organization> {
    let found = super::find(store, name, partner_id.as_deref()).await?;
    let found = found.filter(|one| partner_id.as_ref().is_none_or(|id| *id == one.partner_id));
    found.context("--organization: no organization has this name and PartnerID; check both")
}

/// The organizations in which an account has roles, by name.
async fn places(store: &Store, user: &User) -> anyhow::Result<Vec<Organization>> {
    let held = grants::of_user(store.db(), user.id).await?;
    let ids: Vec<_> = held.into_keys().collect();
    Ok(organizations::by_ids(store.db(), &ids).await?)
}

async fn only_place(store: &Store, user: &User) -> anyhow::Result<Organization> {
    let mut places = places(store, user).await?;
    match (places.pop(), places.len()) {
        (Some(one), 0) => Ok(one),
        _ => bail!(
            "--organization: choose one; the account has roles in several organizations or in none"
        ),
    }
}

fn entry(
    clock: &Clock,
    action: Action,
    user: &User,
    detail: Value,
) -> anyhow::Result<audit::Entry> {
    Ok(audit::Entry {
        about: Some(user.id),
        detail,
        ..trail::of_operator(clock, action, user.id)?
    })
}

#[cfg(test)]
mod tests;
