//! Invitations into an organization.

pub mod create;
pub mod list;
pub mod revoke;
pub mod send;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use membership_contract::invitations::{Invitation as Told, InvitedRole};
use membership_contract::text::en;
use membership_domain::id::{InvitationId, LinkId, OrganizationId, UserId};
use membership_domain::invitation::{InvitationCommand, after, shown};
use membership_domain::link::{LinkPurpose, LinkTerm};
use membership_domain::roles::{Grant, Role, Target, may_grant};
use membership_store::Connection;
use membership_store::invitations::{self, Invitation};
use membership_store::links::{self, Link};
use membership_store::organizations::Organization;
use membership_store::users::User;
use membership_store::{mails, members};

use crate::App;
use crate::conversions::person;
use crate::guard::Member;
use crate::http::path_id::PathId;
use crate::http::problem::{Answer, ApiError};
use crate::mail::{self, About, Letter, Opens};
use crate::people::PeopleError;
use crate::people::roles::places;
use crate::routes::organizations::users::{granter, held};
use crate::write::Tx;

/// The invitation of the address.
pub type Named = PathId<membership_domain::id::Invitation>;

/// The invitation of the organization with this id.
async fn known(
    db: &impl Connection,
    organization: OrganizationId,
    id: InvitationId,
) -> Answer<Invitation> {
    let found = invitations::by_id(db, organization, id).await?;
    found.ok_or_else(ApiError::not_found)
}

/// The invitation after a command, which the state that people see must allow.
fn advanced(
    mut one: Invitation,
    command: InvitationCommand,
    now: DateTime<Utc>,
) -> Answer<Invitation> {
    let state = shown(one.state, one.expires_at, now);
    one.state = after(state, command).map_err(PeopleError::from)?;
    Ok(one)
}

/// Refuses roles that the caller may not give to somebody who is not there yet.
async fn allowed(write: &Tx, by: &Member, grants: &[Grant]) -> Answer<()> {
    let own = held(write, by).await?;
    let target = Target {
        person: None,
        is_guest: grants.iter().any(|grant| grant.role == Role::Guest),
    };
    for grant in grants {
        may_grant(granter(by, &own), grant.role, &grant.scope, target)
            .map_err(PeopleError::from)?;
        places(write, by.organization, &grant.scope).await?;
    }
    Ok(())
}

/// What a sending of an invitation needs.
struct Sending<'s> {
    app: &'s App,
    by: &'s Member,
    organization: &'s Organization,
    link: LinkId,
}

impl Sending<'_> {
    /// Until when an invitation can be accepted that is sent now.
    fn expires_at(app: &App, now: DateTime<Utc>) -> DateTime<Utc> {
        now + Duration::days(app.catalog.access.invitation_days.into())
    }

    /// Queues the mail of an invitation, with a link that ends those before it.
    async fn queue(&self, write: &Tx, one: &Invitation, known: Option<&User>) -> Answer<()> {
        let link = Link {
            id: self.link,
            purpose: LinkPurpose::Invitation,
            user: known.map(|user| user.id),
            organization: Some(one.organization),
            email: one.email.clone(),
            subject: one.id.to_string(),
            issued_at: one.sent_at,
            term: LinkTerm::until(one.expires_at),
        };
        links::issue(write, link).await?;
        let letter = Letter {
            to: one.email.clone(),
            user: known.map(|user| user.id),
            organization: Some(one.organization),
            document: document(one),
            about: About::Invitation {
                organization: self.organization.name.clone(),
                by: self.by.person()?.user.name.clone(),
                roles: one.grants.iter().map(|grant| grant.role).collect(),
                until: one.expires_at.date_naive(),
            },
            opens: Opens::Link(self.link),
        };
        mail::queue(self.app, write, letter).await?;
        Ok(())
    }
}

/// By what the mail of the last sending is told from others.
fn document(one: &Invitation) -> String {
    let number = u32::try_from(one.sendings).unwrap_or(u32::MAX);
    mail::again(&one.id.to_string(), number)
}

/// As the organization sees them, in the same order.
async fn told(app: &App, db: &impl Connection, all: Vec<Invitation>) -> Answer<Vec<Told>> {
    let inviters: Vec<UserId> = all.iter().map(|one| one.invited_by).collect();
    let organization = all.first().map(|one| one.organization);
    let names = match organization {
        Some(id) => members::names(db, id, &inviters).await?,
        None => HashMap::new(),
    };
    let documents: Vec<String> = all.iter().map(document).collect();
    let mut refused: HashMap<String, String> = mails::refusals(db, &documents).await?;
    let now = app.clock.real();
    let told = |one: Invitation| Told {
        id: one.id,
        roles: one.grants.iter().map(role).collect(),
        invited_by: person(names.get(&one.invited_by)),
        invited_at: one.invited_at,
        sent_at: one.sent_at,
        expires_at: one.expires_at,
        state: shown(one.state, one.expires_at, now),
        mail_refused: refused.remove(&document(&one)),
        email: match one.email.is_empty() {
            true => en::ERASED.to_owned(),
            false => one.email,
        },
    };
    Ok(all.into_iter().map(told).collect())
}

fn role(grant: &Grant) -> InvitedRole {
    InvitedRole {
        role: grant.role,
        locations: grant.scope.locations().cloned(),
    }
}
