//! `POST /api/v1/links/invitation/acceptance`: joins an organization.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use membership_contract::invitations::InvitationAcceptance;
use membership_contract::link::check_new_account;
use membership_contract::paths;
use membership_contract::refusal::Refusal;
use membership_contract::session::Session;
use membership_domain::id::OrganizationId;
use membership_domain::invitation::{InvitationCommand, after, shown};
use membership_domain::link::LinkState;
use membership_domain::roles::{Grant, Granter, Role, Target, may_grant};
use membership_domain::text::trimmed;
use membership_store::audit::{self, Action, Actor, FieldChange, Whose};
use membership_store::grants::{self, Given};
use membership_store::invitations::{self, Invitation};
use membership_store::users::{self, User};
use membership_store::{members, organizations};
use serde_json::{Value, json};

use super::{opened, used};
use crate::http::body::Body;
use crate::http::problem::{Answer, ApiError};
use crate::people::PeopleError;
use crate::routes::account::password;
use crate::sessions::{self, Arrival, Begun};
use crate::write::{Tx, write};
use crate::{App, devices, random, trail};

/// Joins an organization: with a name and a password, which makes an account and signs in; or with
/// the account of the invited address, signed in. Nobody joins with somebody else's invitation.
///
/// The person gets the roles of the invitation that who invited them can still give.
#[utoipa::path(
    post, path = paths::INVITATION_ACCEPTANCE, tag = "links",
    operation_id = "create_invitation_acceptance", request_body = InvitationAcceptance,
    responses(
        (status = 201, body = Session, headers(("Set-Cookie" = String))),
        (status = 403, description = "Somebody else is signed in"),
        (status = 404, description = "No link has this token"),
        (status = 409, description = "The address has an account, which has to be signed in"),
        (status = 410, description = "The link was used, expired or was revoked"),
        (status = 422, description = "The name or the password is not fit"),
        (status = 429, description = "Too many links that do not exist",
            headers(("Retry-After" = u64), ("RateLimit" = String), ("RateLimit-Policy" = String))),
    ),
)]
pub async fn create_invitation_acceptance(
    State(app): State<App>,
    arrival: Arrival,
    Body(request): Body<InvitationAcceptance>,
) -> Answer<Response> {
    let (token_hash, link, one) = opened(&app, arrival.client, &request.token).await?;
    let state = link.term.state(app.clock.real());
    if state != LinkState::Issued {
        return Err(Refusal::LinkEnded(state).into());
    }
    let signed_in = sessions::find(&app, &arrival.headers).await?;
    let account = users::by_email(app.store.db(), &one.email).await?;
    let is_new = account.is_none();
    let user = match (account, &signed_in) {
        (_, Some(caller)) if caller.user.email != one.email => {
            return Err(Refusal::InvitedAnother.into());
        }
        (Some(_), None) => return Err(Refusal::InvitedAccount.into()),
        (Some(user), Some(_)) => user,
        (None, _) => new(&app, &one, &request).await?,
    };
    let joined = write(&app.store, async |write: Tx| {
        join(&app, &write, &arrival, (&token_hash, &user, is_new)).await
    });
    joined.await?;
    if let Some(caller) = signed_in {
        let session = sessions::describe(&app, &user, &caller.session).await?;
        return Ok((StatusCode::CREATED, Json(session)).into_response());
    }
    let begun = sessions::begin(&app, &user, None, None, &arrival).await?;
    let Begun::Session(session, cookie) = begun else {
        // They joined, and the account was disabled at the same moment.
        return Err(Refusal::NotSignedIn.into());
    };
    let device = devices::remember(&arrival.headers, &user)?;
    let cookies = [Some(cookie), device].into_iter().flatten();
    let cookies = AppendHeaders(cookies.map(|cookie| (header::SET_COOKIE, cookie)));
    let session = sessions::describe(&app, &user, &session).await?;
    Ok((StatusCode::CREATED, cookies, Json(session)).into_response())
}

/// The account that there will be.
async fn new(app: &App, one: &Invitation, request: &InvitationAcceptance) -> Answer<User> {
    let name = request.name.clone().unwrap_or_default();
    let password = request.password.clone().unwrap_or_default();
    let errors = check_new_account(&name, &password);
    if !errors.is_empty() {
        return Err(ApiError::invalid(errors));
    }
    let mut user = User {
        id: random::id(app.clock.real())?,
        email: one.email.clone(),
        name: trimmed(&name).to_owned(),
        password_hash: String::new(),
        created_at: app.clock.now(),
        disabled_at: None,
    };
    user.password_hash = password::fit(app, &user, password, "/password").await?;
    Ok(user)
}

async fn join(
    app: &App,
    write: &Tx,
    arrival: &Arrival,
    (token_hash, user, is_new): (&str, &User, bool),
) -> Answer<((), Option<audit::Entry>)> {
    let organization = organization(write, token_hash).await?;
    organizations::lock(write, organization).await?;
    let one = used(app, write, token_hash).await?;
    let (now, at) = (app.clock.real(), app.clock.now());
    let state = shown(one.state, one.expires_at, now);
    let state = after(state, InvitationCommand::Accept).map_err(PeopleError::from)?;
    if is_new {
        users::insert(write, user.clone()).await?;
    }
    members::add(write, organization, user, at).await?;
    let mut joined_with = Vec::new();
    for grant in allowed(write, &one).await? {
        joined_with.push(grant.role.code());
        let given = Given {
            grant,
            by: Some(one.invited_by),
            at,
        };
        grants::give(write, user.id, organization, given).await?;
    }
    let one = Invitation {
        state,
        decided_at: Some(at),
        decided_by: Some(user.id),
        ..one
    };
    invitations::update(write, &one).await?;
    let whose = Whose::of(user.id);
    let name = FieldChange::of("name", Value::Null, user.name.clone()).personal(&whose);
    let email = FieldChange::of("email", Value::Null, user.email.clone()).personal(&whose);
    let entry = audit::Entry {
        actor: Actor::Person,
        user: Some(user.id),
        about: Some(user.id),
        organization: Some(organization),
        changes: vec![
            FieldChange::of("state", "open", "accepted"),
            name,
            email,
            FieldChange::of("roles", Value::Null, json!(joined_with)),
        ],
        detail: json!({"new_account": is_new, "invited_by": one.invited_by}),
        request_id: arrival.request_id.0.clone(),
        ..trail::entry(&app.clock, Action::InvitationAccept, one.id)?
    };
    Ok(((), Some(entry)))
}

async fn organization(write: &Tx, token_hash: &str) -> Answer<OrganizationId> {
    let found = super::found(write.tx(), token_hash).await?;
    let (_, one) = found.ok_or(Refusal::LinkUnknown)?;
    Ok(one.organization)
}

/// The roles of the invitation that who invited can still give.
async fn allowed(write: &Tx, one: &Invitation) -> Answer<Vec<Grant>> {
    let held = grants::held(write.tx(), one.invited_by, one.organization).await?;
    let granter = Granter::Person(one.invited_by, &held);
    let is_guest = one.grants.iter().any(|grant| grant.role == Role::Guest);
    let target = Target {
        person: None,
        is_guest,
    };
    let may = |grant: &&Grant| may_grant(granter, grant.role, &grant.scope, target).is_ok();
    Ok(one.grants.iter().filter(may).cloned().collect())
}
