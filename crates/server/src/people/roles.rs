//! Giving and taking roles.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use membership_domain::id::{OrganizationId, UserId};
use membership_domain::roles::{
    Grant, Granter, IMPLIED, Role, Scope, Target, effective, may_grant, may_revoke,
};
use membership_store::grants::{self, Given};
use membership_store::members::{self, Member};
use membership_store::{Write, organizations};

use super::{PeopleError, keep_holders};

/// Who changes roles, of whom, where and when.
#[derive(Clone, Copy, Debug)]
pub struct Changing<'c> {
    /// Who; the caller knows their grants as they are under the lock.
    pub granter: Granter<'c>,
    /// In which organization.
    pub organization: OrganizationId,
    /// Of whom.
    pub user: UserId,
    /// By the business day.
    pub at: DateTime<Utc>,
}

/// The roles of somebody before and after a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// With what came with them.
    pub before: Vec<Grant>,
    /// The same afterwards.
    pub after: Vec<Grant>,
}

impl Changed {
    /// Whether anything is otherwise now.
    pub fn is_change(&self) -> bool {
        self.before != self.after
    }
}

/// Gives a role, or another scope of it. One that was withheld comes back by it.
pub async fn give(write: &Write, by: Changing<'_>, grant: &Grant) -> Result<Changed, PeopleError> {
    let (member, given) = known(write, by).await?;
    let before = effective(&given, &member.withheld);
    may_grant(by.granter, grant.role, &grant.scope, target(by, &given))?;
    places(write, by.organization, &grant.scope).await?;
    if before.contains(grant) {
        let after = before.clone();
        return Ok(Changed { before, after });
    }
    let mut withheld = member.withheld;
    if withheld.contains(&grant.role) {
        withheld.retain(|role| *role != grant.role);
        members::set_withheld(write, by.organization, by.user, &withheld).await?;
    }
    let implied = effective(&given, &withheld).contains(grant);
    if !implied {
        let given = Given {
            grant: grant.clone(),
            by: person(by.granter),
            at: by.at,
        };
        grants::give(write, by.user, by.organization, given).await?;
    }
    changed(write, by, before).await
}

/// Takes a role. One that comes with another role is withheld from now on.
pub async fn take(write: &Write, by: Changing<'_>, role: Role) -> Result<Changed, PeopleError> {
    let (member, given) = known(write, by).await?;
    let before = effective(&given, &member.withheld);
    may_revoke(by.granter, role, target(by, &given))?;
    if !before.iter().any(|grant| grant.role == role) {
        let after = before.clone();
        return Ok(Changed { before, after });
    }
    if member.is_active() {
        keep_holders(write, by.organization, by.user, &[role]).await?;
    }
    grants::delete(write, by.user, by.organization, role).await?;
    let left: Vec<Grant> = given.into_iter().filter(|one| one.role != role).collect();
    let mut withheld = member.withheld;
    // What came with the role that is taken is nobody's decision any more.
    withheld.retain(|one| {
        IMPLIED
            .iter()
            .all(|(with, implied)| implied != one || *with != role)
    });
    if effective(&left, &withheld)
        .iter()
        .any(|one| one.role == role)
    {
        withheld.push(role);
    }
    members::set_withheld(write, by.organization, by.user, &withheld).await?;
    changed(write, by, before).await
}

/// Refuses a scope with a location that is not the organization's.
pub async fn places(
    write: &Write,
    organization: OrganizationId,
    scope: &Scope,
) -> Result<(), PeopleError> {
    let Some(wanted) = scope.locations() else {
        return Ok(());
    };
    let all = organizations::locations(write.tx(), organization).await?;
    let all: BTreeSet<_> = all.into_iter().map(|location| location.id).collect();
    match wanted.is_subset(&all) {
        true => Ok(()),
        false => Err(PeopleError::UnknownLocation),
    }
}

async fn known(write: &Write, by: Changing<'_>) -> Result<(Member, Vec<Grant>), PeopleError> {
    let member = members::by_id(write.tx(), by.organization, by.user).await?;
    let member = member.filter(|member| member.removed_at.is_none());
    let member = member.ok_or(PeopleError::NoMember)?;
    let given = grants::given_to(write.tx(), by.organization, by.user).await?;
    Ok((member, given))
}

async fn changed(
    write: &Write,
    by: Changing<'_>,
    before: Vec<Grant>,
) -> Result<Changed, PeopleError> {
    let (member, given) = known(write, by).await?;
    let after = effective(&given, &member.withheld);
    Ok(Changed { before, after })
}

fn target(by: Changing<'_>, given: &[Grant]) -> Target {
    Target {
        person: Some(by.user),
        is_guest: given.iter().any(|grant| grant.role == Role::Guest),
    }
}

fn person(granter: Granter<'_>) -> Option<UserId> {
    match granter {
        Granter::Person(id, _) => Some(id),
        Granter::Operator | Granter::Token => None,
    }
}
