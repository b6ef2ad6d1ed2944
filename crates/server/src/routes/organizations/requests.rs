//! What people of an organization ask for, and who decides it.

pub mod create;
pub mod decide;
pub mod list;
#[cfg(test)]
mod tests;
pub mod withdraw;

use chrono::SecondsFormat;
use membership_contract::requests::AccessRequest;
use membership_domain::id::{RequestId, UserId};
use membership_domain::request::{RequestCommand, RequestKind, RequestState, after};
use membership_domain::roles::{Grant, Granter, Role, Scope, Target, may_grant};
use membership_store::Connection;
use membership_store::requests::{self, Request};
use membership_store::{members, organizations};

use crate::conversions::person;
use crate::guard::Member;
use crate::http::path_id::PathId;
use crate::http::problem::{Answer, ApiError};
use crate::locations::of_request;
use crate::people::PeopleError;

/// The request of the address.
pub type Named = PathId<membership_domain::id::Request>;

async fn known(db: &impl Connection, by: &Member, id: RequestId) -> Answer<Request> {
    let found = requests::by_id(db, by.organization, id).await?;
    found.ok_or_else(ApiError::not_found)
}

/// The request after a command, which its state must allow.
fn advanced(mut one: Request, command: RequestCommand) -> Answer<Request> {
    one.state = after(one.state, command).map_err(PeopleError::from)?;
    Ok(one)
}

/// The role that a request is about.
fn role(one: &Request) -> Option<Role> {
    let code = (one.kind == RequestKind::Role).then_some(one.subject.as_str());
    code.and_then(Role::from_code)
}

/// Whether somebody with these roles may decide it: one's own is for others, and what is not about
/// roles is for the program owner.
fn is_theirs(one: &Request, me: UserId, held: &[Grant]) -> bool {
    let target = Target {
        person: Some(one.asked_by),
        is_guest: false,
    };
    let granter = Granter::Person(me, held);
    let may = |role| may_grant(granter, role, &Scope::Organization, target).is_ok();
    one.state == RequestState::Pending && role(one).is_some_and(may)
}

/// As the caller sees them, in the same order.
async fn told(db: &impl Connection, by: &Member, all: Vec<Request>) -> Answer<Vec<AccessRequest>> {
    let people = all
        .iter()
        .flat_map(|one| [Some(one.asked_by), one.decided_by]);
    let people: Vec<UserId> = people.flatten().collect();
    let names = members::names(db, by.organization, &people).await?;
    let name = |id: &UserId| person(names.get(id));
    let me = by.person()?.user.id;
    let places = match all.iter().any(|one| of_request(one).is_some()) {
        true => organizations::locations(db, by.organization).await?,
        false => Vec::new(),
    };
    let place = |one: &Request| {
        let wanted = of_request(one);
        let found = places.iter().find(|place| Some(place.id) == wanted);
        found.map(|place| place.name.clone())
    };
    let told = |one: Request| AccessRequest {
        location_name: place(&one),
        id: one.id,
        kind: one.kind,
        role: role(&one),
        location: of_request(&one),
        is_yours: is_theirs(&one, me, &by.grants),
        asked_by: one.asked_by,
        asked_by_name: name(&one.asked_by),
        asked_at: one.asked_at.to_rfc3339_opts(SecondsFormat::AutoSi, true),
        state: one.state,
        decided_by: one.decided_by.as_ref().map(name),
        reason: one.reason,
        note: one.note,
    };
    Ok(all.into_iter().map(told).collect())
}

/// One of them.
async fn one(db: &impl Connection, by: &Member, request: Request) -> Answer<AccessRequest> {
    let told = told(db, by, vec![request]).await?.pop();
    told.ok_or_else(ApiError::not_found)
}
