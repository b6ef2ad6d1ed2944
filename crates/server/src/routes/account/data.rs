//! `GET /api/v1/account/data`: what is known about one person, for that person.

use std::cmp::Reverse;

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use membership_contract::audit::AuditEntry;
use membership_contract::own_data::{
    OwnAccount, OwnData, OwnEmail, OwnEntry, OwnMembership, OwnRequest,
};
use membership_contract::{paths, text::en};
use membership_domain::id::{OrganizationId, UserId};
use membership_store::audit::{self as trail_store, Action, Sought};
use membership_store::members::{self, Member};
use membership_store::requests::{self, Wanted};
use membership_store::{grants, mails, organizations, second_factors, sessions as stored};

use serde_json::Map;

use crate::App;
use crate::audit::told;
use crate::http::observe::RequestId;
use crate::http::problem::Answer;
use crate::routes::account::sessions::list::told as told_session;
use crate::routes::organizations::users::roles_of;
use crate::sessions::{Arrival, Caller};
use crate::trail::{self, Cause, What};

/// So many entries of the log of each organization, of what one did and as many of what was done.
const ENTRIES: u64 = 1_000;

/// So many requests of each organization.
const REQUESTS: u64 = 1_000;

/// Everything that is known about the caller, as a file: account, sessions, organizations with roles
/// and requests, emails, and the entries of the audit log by and about them. Passwords, codes and
/// what they are checked by are in nobody's file.
#[utoipa::path(
    get, path = paths::OWN_DATA, tag = "account", operation_id = "get_own_data",
    responses((status = 200, body = OwnData)),
)]
pub async fn get_own_data(
    State(app): State<App>,
    caller: Caller,
    arrival: Arrival,
) -> Answer<impl IntoResponse> {
    let (db, user) = (app.store.db(), &caller.user);
    tell(&app, &caller, &arrival.request_id).await?;
    let open = stored::of_user(db, user.id).await?.into_iter();
    let sessions = open.map(|one| told_session(one, &caller, &arrival));
    let mut organizations = Vec::new();
    let mut log = entries(&app, None, (user.id, false)).await?;
    for (id, member) in members::of_user(db, user.id).await? {
        if let Some(one) = organizations::by_id(db, id).await? {
            let is_there = member.removed_at.is_none();
            let all = entries(&app, Some((id, &one.name)), (user.id, is_there)).await?;
            log.extend(all);
            organizations.push(membership(&app, one, member).await?);
        }
    }
    log.sort_by_key(|one| Reverse((one.entry.at, one.entry.id)));
    let emails = mails::of_recipient(db, &user.email).await?;
    let data = OwnData {
        at: app.clock.now(),
        account: OwnAccount {
            id: user.id,
            name: user.name.clone(),
            email: user.email.clone(),
            created_at: user.created_at,
            has_second_factor: second_factors::confirmed(db, user.id).await?.is_some(),
        },
        sessions: sessions.collect(),
        organizations,
        emails: emails
            .into_iter()
            .map(|mail| OwnEmail {
                purpose: mail.purpose,
                queued_at: mail.queued_at,
                sent_at: mail.sent_at,
            })
            .collect(),
        log,
    };
    let name = "attachment; filename=\"account.json\"";
    Ok(([(header::CONTENT_DISPOSITION, name)], Json(data)))
}

async fn tell(app: &App, caller: &Caller, id: &RequestId) -> Answer<()> {
    let what = What {
        action: Action::AccountExport,
        user: Some(caller.user.id),
        token: None,
        organization: None,
        subject: caller.user.id.to_string(),
    };
    let cause = Cause::person(&caller.session, id);
    trail::tell(app, cause, what, Map::new()).await
}

async fn membership(
    app: &App,
    organization: organizations::Organization,
    member: Member,
) -> Answer<OwnMembership> {
    let (db, user) = (app.store.db(), member.user);
    let mut given = grants::given(db, organization.id, &[user]).await?;
    let given = given.remove(&user).unwrap_or_default();
    let granters: Vec<UserId> = given.iter().filter_map(|one| one.by).collect();
    let names = members::names(db, organization.id, &granters).await?;
    let wanted = Wanted {
        asked_by: Some(user),
        ..Wanted::default()
    };
    let asked = requests::list(db, organization.id, wanted, REQUESTS).await?;
    Ok(OwnMembership {
        organization: organization.name,
        partner_id: organization.partner_id,
        joined_at: member.joined_at,
        signed_in_at: member.signed_in_at,
        removed_at: member.removed_at,
        roles: roles_of(&member, given, &names),
        requests: asked
            .into_iter()
            .map(|one| OwnRequest {
                subject: one.subject,
                reason: one.reason,
                asked_at: one.asked_at,
                state: one.state,
                note: one.note,
            })
            .collect(),
    })
}

/// Takes the names of others out of an entry.
fn unname(entry: &mut AuditEntry, user: UserId) {
    for person in [&mut entry.who, &mut entry.about] {
        if let Some(other) = person.as_mut().filter(|one| one.id != user) {
            other.name = Some(en::ANOTHER_PERSON.to_owned());
        }
    }
    entry.said = en::audit_said(entry, &entry.subject);
}

/// What somebody did and what was done for them, in an organization or in none.
async fn entries(
    app: &App,
    organization: Option<(OrganizationId, &str)>,
    (user, is_there): (UserId, bool),
) -> Answer<Vec<OwnEntry>> {
    let db = app.store.db();
    let id = organization.map(|(id, _)| id);
    let by = Sought {
        user: Some(user),
        ..Sought::default()
    };
    let about = Sought {
        about: Some(user),
        ..Sought::default()
    };
    let mut found = trail_store::page(db, id, &by, None, ENTRIES).await?;
    let others = trail_store::page(db, id, &about, None, ENTRIES).await?;
    found.extend(others.into_iter().filter(|one| one.user != Some(user)));
    // What is personal of others is theirs, and their names are for those who belong there.
    for entry in &mut found {
        entry
            .personal
            .retain(|one| one.whose == Some(user.to_string()));
    }
    let mut told = told(&app.store, id.unwrap_or(OrganizationId::nil()), found).await?;
    if !is_there {
        told.iter_mut().for_each(|entry| unname(entry, user));
    }
    let entry = |entry| OwnEntry {
        organization: organization.map(|(_, name)| name.to_owned()),
        entry,
    };
    Ok(told.into_iter().map(entry).collect())
}
