//! `POST /api/v1/organizations/{organization}/invitations`: invites people.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use axum::response::Response;
use membership_contract::check::Faults;
use membership_contract::invitations::{
    InvitationOutcome as Outcome, InvitationRequest, InvitationResult, InvitationResults,
};
use membership_contract::paths;
use membership_contract::text::en;
use membership_domain::id::{InvitationId, LinkId};
use membership_domain::invitation::InvitationState;
use membership_domain::roles::Grant;
use membership_store::audit::{Action, FieldChange, Whose};
use membership_store::invitations::{self, Invitation};
use membership_store::organizations::{self, Organization};
use membership_store::{members, users};
use serde_json::{Value, json};

use super::{Sending, allowed};
use crate::change::{Done, Keyed};
use crate::http::body::Body;
use crate::http::problem::{Answer, ApiError};
use crate::random;
use crate::sessions::Proved;
use crate::write::Tx;

/// Invites people, all with the same roles; each address has a result of its own. Nobody is invited
/// where one of the roles is not the caller's to give.
#[utoipa::path(
    post, path = paths::INVITATIONS, tag = "users", operation_id = "create_invitations",
    request_body = InvitationRequest,
    responses(
        (status = 201, body = InvitationResults),
        (status = 409, description = "A role can't be limited to locations, or guests can't have it"),
        (status = 429, description = "Too many mails", headers(("Retry-After" = u64))),
    ),
)]
pub async fn create_invitations(
    by: Keyed,
    _: Proved,
    Body(request): Body<InvitationRequest>,
) -> Answer<Response> {
    let (app, member) = (&by.app, &by.member);
    let grants: Vec<Grant> = request.roles.iter().map(|role| role.grant()).collect();
    let now = app.clock.real();
    // What is random is drawn once, however often the write is begun.
    let ids: Vec<(InvitationId, LinkId)> = request
        .emails
        .iter()
        .map(|_| Ok((random::id(now)?, random::id(now)?)))
        .collect::<Answer<_>>()?;
    let (request, grants, ids) = (&request, &grants, &ids);
    let work = async |write: Tx| {
        allowed(&write, member, grants).await?;
        let organization = organizations::by_id(write.tx(), member.organization).await?;
        let organization = organization.ok_or_else(ApiError::not_found)?;
        let (mut results, mut done) = (Vec::new(), Vec::new());
        let mut seen = BTreeSet::new();
        for (email, (id, link)) in request.emails.iter().zip(ids) {
            let one = Invitation {
                id: *id,
                organization: member.organization,
                email: users::normalize(email),
                grants: grants.clone(),
                invited_by: member.person()?.user.id,
                invited_at: app.clock.now(),
                sent_at: now,
                expires_at: Sending::expires_at(app, now),
                sendings: 1,
                state: InvitationState::Open,
                decided_at: None,
                decided_by: None,
            };
            let sending = Sending {
                app,
                by: member,
                organization: &organization,
                link: *link,
            };
            let (outcome, detail) = match unusable(email) {
                Some(detail) => (Outcome::Unusable, detail),
                None if !seen.insert(one.email.clone()) => plain(Outcome::Repeated),
                None => plain(invite(&write, &organization, &sending, &one).await?),
            };
            if outcome == Outcome::Invited {
                done.push(told(&one));
            }
            results.push(InvitationResult {
                email: email.clone(),
                outcome,
                detail,
            });
        }
        Ok((InvitationResults { results }, done))
    };
    by.locked(request, StatusCode::CREATED, work).await
}

fn plain(outcome: Outcome) -> (Outcome, String) {
    (outcome, en::invitation_outcome(outcome).to_owned())
}

/// What is wrong with an address.
fn unusable(email: &str) -> Option<String> {
    let mut faults = Faults::default();
    faults.email("", email);
    faults.found().pop().map(|fault| fault.detail)
}

async fn invite(
    write: &Tx,
    organization: &Organization,
    sending: &Sending<'_>,
    one: &Invitation,
) -> Answer<Outcome> {
    let user = users::by_email(write.tx(), &one.email).await?;
    if let Some(user) = &user {
        let there = members::by_id(write.tx(), organization.id, user.id).await?;
        if there.is_some_and(|member| member.removed_at.is_none()) {
            return Ok(Outcome::Member);
        }
    }
    let open = invitations::open(write.tx(), organization.id, &one.email).await?;
    if open.is_some() {
        return Ok(Outcome::Open);
    }
    invitations::insert(write, one).await?;
    sending.queue(write, one, user.as_ref()).await?;
    Ok(Outcome::Invited)
}

fn told(one: &Invitation) -> Done {
    let roles: Vec<&str> = one.grants.iter().map(|grant| grant.role.code()).collect();
    let email = FieldChange::of("email", Value::Null, one.email.clone());
    Done {
        changes: vec![
            email.personal(&Whose::of(one.id)),
            FieldChange::of("roles", Value::Null, json!(roles)),
        ],
        ..Done::of(Action::InvitationSend, one.id)
    }
}
