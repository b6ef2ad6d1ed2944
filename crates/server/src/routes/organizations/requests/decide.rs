//! `POST /api/v1/organizations/{organization}/requests/{request}/decision`: decides a request.

use axum::http::StatusCode;
use axum::response::Response;
use membership_contract::paths;
use membership_contract::requests::{AccessRequest, RequestDecision};
use membership_domain::request::{RequestCommand, RequestState};
use membership_domain::roles::{Grant, Role, Scope, Target, may_grant};
use membership_domain::text::trimmed;
use membership_store::audit::{Action, FieldChange, Whose};
use membership_store::requests::{self, Request};
use membership_store::{organizations, users};
use serde_json::Value;

use super::{Named, advanced, known, one, role};
use crate::App;
use crate::change::{Done, Keyed};
use crate::guard::Member;
use crate::http::body::Body;
use crate::http::problem::{Answer, ApiError};
use crate::mail::{self, About, Letter, Opens};
use crate::people::PeopleError;
use crate::people::roles::{Changing, give};
use crate::routes::organizations::users::{granter, held, roles::fields};
use crate::sessions::Proved;
use crate::write::Tx;

/// Gives the role that somebody asked for, or says why not; who asked gets a mail. What is not about
/// a role is the program owner's to decide.
#[utoipa::path(
    post, path = paths::REQUEST_DECISION, tag = "users", operation_id = "create_request_decision",
    request_body = RequestDecision,
    responses(
        (status = 201, body = AccessRequest),
        (status = 409, description = "It is decided or withdrawn"),
    ),
)]
pub async fn create_request_decision(
    by: Keyed,
    _: Proved,
    named: Named,
    Body(request): Body<RequestDecision>,
) -> Answer<Response> {
    let (app, member, request) = (&by.app, &by.member, &request);
    let work = async |write: Tx| {
        let before = known(write.tx(), member, named.0).await?;
        let role = role(&before).ok_or_else(ApiError::not_found)?;
        let own = held(&write, member).await?;
        let target = Target {
            person: Some(before.asked_by),
            is_guest: false,
        };
        may_grant(granter(member, &own), role, &Scope::Organization, target)
            .map_err(PeopleError::from)?;
        let command = match request.approve {
            true => RequestCommand::Approve,
            false => RequestCommand::Refuse,
        };
        let mut now = advanced(before, command)?;
        let mut changes = Vec::new();
        if request.approve {
            let changing = Changing {
                granter: granter(member, &own),
                organization: member.organization,
                user: now.asked_by,
                at: app.clock.now(),
            };
            let given = give(&write, changing, &Grant::everywhere(role)).await?;
            changes = fields(role, &given);
            now = advanced(now, RequestCommand::CarryOut)?;
        }
        let now = Request {
            decided_by: Some(member.person()?.user.id),
            decided_at: Some(app.clock.now()),
            note: trimmed(&request.note).to_owned(),
            ..now
        };
        requests::update(&write, now.clone()).await?;
        notify(app, &write, member, role, &now).await?;
        let done = told(&now, changes, request.approve);
        Ok((one(write.tx(), member, now).await?, vec![done]))
    };
    by.locked(request, StatusCode::CREATED, work).await
}

/// Tells who asked.
async fn notify(app: &App, write: &Tx, by: &Member, role: Role, now: &Request) -> Answer<()> {
    let organization = organizations::by_id(write.tx(), by.organization).await?;
    let organization = organization.ok_or_else(ApiError::not_found)?;
    let Some(user) = users::by_id(write.tx(), now.asked_by).await? else {
        return Ok(());
    };
    let (name, who) = (organization.name, by.person()?.user.name.clone());
    let about = match now.state {
        RequestState::Refused => About::RoleRefused {
            organization: name,
            by: who,
            role,
            reason: now.note.clone(),
        },
        _ => About::RoleGranted {
            organization: name,
            by: who,
            role,
        },
    };
    let letter = Letter {
        to: user.email,
        user: Some(user.id),
        organization: Some(by.organization),
        document: now.id.to_string(),
        about,
        opens: Opens::Page(format!("/{}/access", organization.partner_id)),
    };
    mail::queue(app, write, letter).await?;
    Ok(())
}

/// For the audit log: the decision, with what was done by it.
pub fn told(now: &Request, given: Vec<FieldChange>, approve: bool) -> Done {
    let action = match approve {
        true => Action::RequestApprove,
        false => Action::RequestRefuse,
    };
    let mut changes = vec![FieldChange::of("state", "pending", now.state.code())];
    if !now.note.is_empty() {
        let whose = Whose::of(now.asked_by);
        changes.push(FieldChange::of("note", Value::Null, now.note.clone()).personal(&whose));
    }
    changes.extend(given);
    Done {
        about: Some(now.asked_by),
        changes,
        ..Done::of(action, now.id)
    }
}
