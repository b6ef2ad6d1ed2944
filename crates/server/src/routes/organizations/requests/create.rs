//! `POST /api/v1/organizations/{organization}/requests`: asks for something.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use axum::response::Response;
use membership_contract::paths;
use membership_contract::refusal::Refusal;
use membership_contract::requests::{AccessRequest, NewRequest};
use membership_domain::id::{RequestId, UserId};
use membership_domain::request::{RequestKind, RequestState};
use membership_domain::roles::{Grant, Permission, Place, Role, granting, may_at};
use membership_domain::text::trimmed;
use membership_store::audit::{Action, FieldChange, Whose};
use membership_store::requests::{self, Request, Wanted};
use membership_store::{grants, organizations, users};
use serde_json::Value;

use super::one;
use crate::change::{Done, Keyed};
use crate::guard::Member;
use crate::http::body::Body;
use crate::http::problem::{Answer, ApiError};
use crate::locations::{need, of_request};
use crate::mail::{self, About, Letter, Opens};
use crate::write::Tx;
use crate::{App, random};

/// Asks for a role for oneself, of those who may give it, each of whom gets a mail; or for the removal
/// of a location, of the program owner. Asking for the same again is the same request.
#[utoipa::path(
    post, path = paths::REQUESTS, tag = "users", operation_id = "create_request",
    request_body = NewRequest,
    responses(
        (status = 201, body = AccessRequest),
        (status = 409, description = "The caller has the role, or the location can't go"),
        (status = 429, description = "Too many mails", headers(("Retry-After" = u64))),
    ),
)]
pub async fn create_request(by: Keyed, Body(request): Body<NewRequest>) -> Answer<Response> {
    let (app, member) = (&by.app, &by.member);
    let id: RequestId = random::id(app.clock.real())?;
    let request = &request;
    let work = async |write: Tx| {
        let (kind, subject) = match (request.role, request.location) {
            (Some(role), _) => (RequestKind::Role, role.code().to_owned()),
            (None, location) => {
                let location = location.ok_or_else(ApiError::not_found)?;
                (RequestKind::LocationRemoval, location.to_string())
            }
        };
        let wanted = Wanted {
            kind: Some(kind),
            asked_by: Some(member.person()?.user.id),
            subjects: &[&subject],
            pending: true,
        };
        let organization = member.organization;
        let mut there = requests::list(write.tx(), organization, wanted, 1).await?;
        if let Some(there) = there.pop() {
            return Ok((one(write.tx(), member, there).await?, Vec::new()));
        }
        let new = Request {
            id,
            organization,
            kind,
            subject,
            reason: trimmed(&request.reason).to_owned(),
            asked_by: member.person()?.user.id,
            asked_at: app.clock.now(),
            state: RequestState::Pending,
            decided_by: None,
            decided_at: None,
            note: String::new(),
        };
        match request.role {
            Some(role) => ask_for_role(app, &write, member, role, &new).await?,
            None => removable(app, &write, member, &new).await?,
        }
        requests::insert(&write, new.clone()).await?;
        let done = told(&new);
        Ok((one(write.tx(), member, new).await?, vec![done]))
    };
    by.locked(request, StatusCode::CREATED, work).await
}

/// Tells those who may give the role.
async fn ask_for_role(
    app: &App,
    write: &Tx,
    member: &Member,
    role: Role,
    new: &Request,
) -> Answer<()> {
    let me = member.person()?.user.id;
    let held = grants::held(write.tx(), me, member.organization).await?;
    let has = |grant: &Grant| grant.role == role && grant.scope.covers(Place::Organization);
    if held.iter().any(has) {
        return Err(Refusal::RoleHeld(role).into());
    }
    let by = granting(role).by;
    let holders = grants::holders(write.tx(), member.organization, by).await?;
    let others: BTreeSet<UserId> = holders.into_keys().filter(|id| *id != me).collect();
    if others.is_empty() {
        return Err(Refusal::NobodyGives(role).into());
    }
    let organization = organizations::by_id(write.tx(), member.organization).await?;
    let organization = organization.ok_or_else(ApiError::not_found)?;
    for id in others {
        let Some(user) = users::by_id(write.tx(), id).await? else {
            continue;
        };
        let letter = Letter {
            to: user.email,
            user: Some(id),
            organization: Some(member.organization),
            document: new.id.to_string(),
            about: About::RoleRequest {
                organization: organization.name.clone(),
                by: member.person()?.user.name.clone(),
                role,
                reason: new.reason.clone(),
            },
            opens: Opens::Page(format!("/{}/users", organization.partner_id)),
        };
        mail::queue(app, write, letter).await?;
    }
    Ok(())
}

/// Refuses what could not be approved: a location that is not there, or that something needs.
async fn removable(app: &App, write: &Tx, member: &Member, new: &Request) -> Answer<()> {
    let permission = Permission::ChangeLegalData;
    let place = of_request(new).map_or(Place::Organization, Place::Location);
    if !may_at(&member.grants, permission, place) {
        let held = member.grants.iter().map(|grant| grant.role).collect();
        return Err(Refusal::NotPermitted { permission, held }.into());
    }
    let all = organizations::lock_whole(write, member.organization).await?;
    let known = all
        .locations
        .iter()
        .find(|one| Some(one.id) == of_request(new));
    let known = known.ok_or_else(ApiError::not_found)?;
    match need(app, write, &all, known).await? {
        Some(need) => Err(Refusal::LocationNeeded(need).into()),
        None => Ok(()),
    }
}

fn told(new: &Request) -> Done {
    let whose = Whose::of(new.asked_by);
    Done {
        about: Some(new.asked_by),
        changes: vec![
            FieldChange::of(new.kind.code(), Value::Null, new.subject.clone()),
            FieldChange::of("reason", Value::Null, new.reason.clone()).personal(&whose),
        ],
        ..Done::of(Action::RequestAsk, new.id)
    }
}
