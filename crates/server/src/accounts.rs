//! Accounts of real people: who runs the server adds and changes them, with their roles.

pub mod change;

use anyhow::bail;
use membership_domain::evidence::Verification;
use membership_domain::roles::{Grant, Granter, Role};
use membership_store::audit::{Action, FieldChange, Whose};
use membership_store::organizations::Organization;
use membership_store::users::User;
use membership_store::{Store, StoreError, audit, grants, members, organizations, users};
use serde_json::Value;

use crate::clock::Clock;
use crate::passwords::{self, Passwords};
use crate::people::PeopleError;
use crate::people::roles::{self, Changing};
use crate::write::{Tx, write};
use crate::{partner_ids, random, trail};

/// The country of a new organization unless it is said.
pub const COUNTRY: &str = "US";

/// An account, as it is asked for.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Normalized.
    pub email: String,
    /// The person's; an account that is there keeps its own.
    pub name: String,
    /// The organization's legal name.
    pub organization: String,
    /// Of a new organization, or the same as that of the one that is there.
    pub country: Option<String>,
    /// As [`Wanted::country`]; tells organizations of one name apart.
    pub partner_id: Option<String>,
    /// At the organization.
    pub roles: Vec<Role>,
}

/// What was done.
#[derive(Clone, Debug)]
pub struct Added {
    /// The organization as it is now.
    pub organization: Organization,
    /// Whether it was not there before.
    pub new_organization: bool,
    /// Whether the account was not there before; its password was not touched if it was.
    pub new_account: bool,
    /// Those that the account did not have there already.
    pub roles: Vec<Role>,
}

/// Adds an account with its roles, or the roles to the account that is there, all or nothing.
/// The password is asked for when everything else is known to be good, and for a new account only.
pub async fn add(
    store: &Store,
    clock: &Clock,
    wanted: Wanted,
    password: impl FnOnce() -> anyhow::Result<String>,
) -> anyhow::Result<Added> {
    let now = clock.now();
    let found = find(store, &wanted.organization, wanted.partner_id.as_deref()).await?;
    found.as_ref().map_or(Ok(()), |one| agrees(&wanted, one))?;
    let new_organization = found.is_none();
    let organization = match found {
        Some(organization) => organization,
        None => imagine(store, clock, &wanted).await?,
    };
    let found = users::by_email(store.db(), &wanted.email).await?;
    let new_account = found.is_none();
    let user = match found {
        Some(user) => user,
        None => {
            let password = password()?;
            passwords::fit(
                &password,
                &[&wanted.name, &wanted.email, &wanted.organization],
            )?;
            User {
                id: random::id(clock.real())?,
                email: wanted.email,
                name: wanted.name,
                password_hash: Passwords::new()?.hash(password).await?,
                created_at: now,
                disabled_at: None,
            }
        }
    };
    let held = grants::given_to(store.db(), organization.id, user.id).await?;
    let held: Vec<Role> = held.into_iter().map(|grant| grant.role).collect();
    let mut roles = wanted.roles;
    roles.sort_unstable();
    roles.dedup();
    roles.retain(|role| !held.contains(role));
    let added = Added {
        organization,
        new_organization,
        new_account,
        roles,
    };
    if !added.roles.is_empty() {
        keep(store, clock, user, &held, &added).await?;
    }
    Ok(added)
}

/// What a password of somebody must not be made of: the names of the person and of the organizations
/// with roles there, and the address.
pub async fn names(store: &Store, user: &User) -> Result<Vec<String>, StoreError> {
    let held = grants::of_user(store.db(), user.id).await?;
    let ids: Vec<_> = held.into_keys().collect();
    let organizations = organizations::by_ids(store.db(), &ids).await?;
    let own = [user.name.clone(), user.email.clone()];
    Ok(own
        .into_iter()
        .chain(organizations.into_iter().map(|one| one.name))
        .collect())
}

/// The organization of this name, if there is one; refused if it is not clear which.
pub async fn find(
    store: &Store,
    name: &str,
    partner_id: Option<&str>,
) -> anyhow::Result<Option<Organization>> {
    let mut named = organizations::by_name(store.db(), name).await?;
    if named.len() > 1 {
        let ids: Vec<_> = named.iter().map(|one| one.partner_id.clone()).collect();
        let asked = |one: &Organization| partner_id == Some(&one.partner_id);
        named.retain(asked);
        if named.is_empty() {
            let ids = ids.join(", ");
            bail!("several organizations are named {name}: choose one with --partner-id: {ids}");
        }
    }
    Ok(named.pop())
}

/// Refuses what is asked for of an organization that is there already and is otherwise.
fn agrees(wanted: &Wanted, one: &Organization) -> anyhow::Result<()> {
    let name = &wanted.organization;
    for (flag, asked, is) in [
        ("--partner-id", &wanted.partner_id, &one.partner_id),
        ("--country", &wanted.country, &one.country),
    ] {
        if asked.as_ref().is_some_and(|asked| asked != is) {
            bail!("{flag}: {name} already exists with {is}; leave out {flag} to add to it");
        }
    }
    Ok(())
}

/// The organization that there will be.
async fn imagine(store: &Store, clock: &Clock, wanted: &Wanted) -> anyhow::Result<Organization> {
    let partner_id = match &wanted.partner_id {
        Some(id) if is_taken(store, id).await? => {
            bail!("--partner-id: another organization or location already has {id}")
        }
        Some(id) => id.clone(),
        None => partner_ids::free(store).await?,
    };
    let country = wanted.country.clone();
    Ok(Organization {
        id: random::id(clock.real())?,
        partner_id,
        name: wanted.organization.clone(),
        country: country.unwrap_or_else(|| COUNTRY.to_owned()),
        verification: Verification::NotStarted,
        address: None,
        contact: None,
        pending: Vec::new(),
        revision: 1,
        created_at: clock.now(),
    })
}

async fn is_taken(store: &Store, partner_id: &str) -> anyhow::Result<bool> {
    let owner = membership_store::partner_ids::owner(store.db(), partner_id);
    Ok(owner.await?.is_some())
}

async fn keep(
    store: &Store,
    clock: &Clock,
    user: User,
    held: &[Role],
    added: &Added,
) -> anyhow::Result<()> {
    let (id, organization, now) = (user.id, &added.organization, clock.now());
    let whose = Whose::of(id);
    let mut changes = vec![change::roles_told(held, &[held, &added.roles].concat())];
    if added.new_account {
        for (field, value) in [("name", &user.name), ("email", &user.email)] {
            changes.push(FieldChange::of(field, Value::Null, value.clone()).personal(&whose));
        }
    }
    let action = match added.new_account {
        true => Action::AccountAdd,
        false => Action::RoleAdd,
    };
    let entry = audit::Entry {
        about: Some(id),
        organization: Some(organization.id),
        changes,
        detail: serde_json::json!({"new_organization": added.new_organization}),
        ..trail::of_operator(clock, action, id)?
    };
    write(store, async |write: Tx| {
        if added.new_organization {
            organizations::insert(&write, organization.clone()).await?;
        }
        if added.new_account {
            users::insert(&write, user.clone()).await?;
        }
        organizations::lock(&write, organization.id).await?;
        // Who was deactivated stays so: that is for their own administrators to lift.
        let there = members::by_id(write.tx(), organization.id, id).await?;
        if there.is_none_or(|member| member.removed_at.is_some()) {
            members::add(&write, organization.id, &user, now).await?;
        }
        let by = Changing {
            granter: Granter::Operator,
            organization: organization.id,
            user: id,
            at: now,
        };
        for role in &added.roles {
            roles::give(&write, by, &Grant::everywhere(*role)).await?;
        }
        Ok::<_, PeopleError>(((), Some(entry.clone())))
    })
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests;
