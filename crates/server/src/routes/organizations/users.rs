//! People who can act for an organization.

pub mod deactivation;
pub mod list;
pub mod read;
pub mod remove;
pub mod roles;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use membership_contract::users::{UserDetail, UserRole, UserRow};
use membership_domain::id::{OrganizationId, UserId};
use membership_domain::member::MemberState;
use membership_domain::roles::{Grant, Granter, IMPLIED, PROTECTED, effective};
use membership_store::grants::{self, Given};
use membership_store::members::{self, Member as Row};
use membership_store::{Connection, Write, mails, second_factors, sessions};

use crate::App;
use crate::conversions::person;
use crate::guard::Member;
use crate::http::path_id::PathId;
use crate::http::problem::{Answer, ApiError};

/// The person of the address.
pub type Named = PathId<membership_domain::id::User>;

/// The member of the organization with this id, also one who was removed.
async fn known(db: &impl Connection, organization: OrganizationId, user: UserId) -> Answer<Row> {
    let found = members::by_id(db, organization, user).await?;
    found.ok_or_else(ApiError::not_found)
}

/// The caller's roles as they are now, under the lock: the guard looked before it.
pub async fn held(write: &Write, by: &Member) -> Answer<Vec<Grant>> {
    let user = by.person()?.user.id;
    Ok(grants::held(write.tx(), user, by.organization).await?)
}

/// The caller as somebody who gives and takes roles.
pub fn granter<'g>(by: &Member, held: &'g [Grant]) -> Granter<'g> {
    match by.person() {
        Ok(caller) => Granter::Person(caller.user.id, held),
        Err(_) => Granter::Token,
    }
}

/// As the list tells them, in the same order.
async fn rows(db: &impl Connection, by: &Member, found: Vec<Row>) -> Answer<Vec<UserRow>> {
    let ids: Vec<UserId> = found.iter().map(|one| one.user).collect();
    let mut given = grants::given(db, by.organization, &ids).await?;
    let secured = second_factors::confirmed_among(db, &ids).await?;
    let granters: Vec<UserId> = given.values().flatten().filter_map(|one| one.by).collect();
    let names = members::names(db, by.organization, &granters).await?;
    let you = by.person().ok().map(|caller| caller.user.id);
    let row = |one: Row| {
        let given = given.remove(&one.user).unwrap_or_default();
        UserRow {
            id: one.user,
            is_you: Some(one.user) == you,
            roles: roles_of(&one, given, &names),
            state: state(&one),
            has_second_factor: secured.contains(&one.user),
            signed_in_at: one.signed_in_at,
            name: person(Some(&one.name).filter(|name| !name.is_empty())),
            email: one.email,
        }
    };
    Ok(found.into_iter().map(row).collect())
}

/// What was given and what comes with it, in the order in which roles are shown.
pub fn roles_of(one: &Row, given: Vec<Given>, names: &HashMap<UserId, String>) -> Vec<UserRole> {
    let grants: Vec<Grant> = given.iter().map(|given| given.grant.clone()).collect();
    let told = |grant: Grant| {
        let given = given.iter().find(|given| given.grant == grant);
        let with = IMPLIED.iter().find(|(_, implied)| *implied == grant.role);
        let by = given.and_then(|given| given.by);
        UserRole {
            role: grant.role,
            locations: grant.scope.locations().cloned(),
            comes_with: with.filter(|_| given.is_none()).map(|(role, _)| *role),
            granted_by: by.and_then(|by| names.get(&by).cloned()),
            granted_at: given.map(|given| given.at),
        }
    };
    let all = effective(&grants, &one.withheld);
    all.into_iter().map(told).collect()
}

fn state(one: &Row) -> MemberState {
    match (one.removed_at, one.deactivated_at) {
        (Some(_), _) => MemberState::Removed,
        (None, Some(_)) => MemberState::Deactivated,
        (None, None) => MemberState::Active,
    }
}

/// One person, as the page of them shows.
async fn detail(app: &App, db: &impl Connection, by: &Member, one: Row) -> Answer<UserDetail> {
    let holders = grants::holders(db, by.organization, PROTECTED).await?;
    let only = |role: &&_| {
        let mut who = holders.iter().filter(|(_, roles)| roles.contains(role));
        who.next().is_some_and(|(id, _)| *id == one.user) && who.next().is_none()
    };
    let only_holder_of = PROTECTED.iter().filter(only).copied().collect();
    let now = app.clock.real();
    let open = sessions::of_user(db, one.user).await?;
    let is_open = |session: &&sessions::Session| {
        session.expires_at > now && now - session.seen_at < app.settings.session_idle
    };
    let decided: Vec<UserId> = one.deactivated_by.into_iter().collect();
    let names = members::names(db, by.organization, &decided).await?;
    let (joined_at, deactivated_at, removed_at) =
        (one.joined_at, one.deactivated_at, one.removed_at);
    let withheld = one.withheld.clone();
    let open_sessions = open.iter().filter(is_open).count() as u64;
    let mail = mails::to_recipient(db, by.organization, &one.email, 1).await?;
    let mail_refused = mail.into_iter().find_map(|mail| mail.refusal);
    let row = rows(db, by, vec![one]).await?.pop();
    Ok(UserDetail {
        user: row.ok_or_else(ApiError::not_found)?,
        joined_at,
        deactivated_at,
        deactivated_by: names.into_values().next(),
        removed_at,
        only_holder_of,
        withheld,
        open_sessions,
        erased_after_days: app.catalog.access.removed_person_days,
        mail_refused,
    })
}
