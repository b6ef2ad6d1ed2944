//! `GET /api/v1/account/data`: what is known about one person, for that person.

use std::cmp::Reverse;

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use membership_contract::account::OwnSession;
use membership_contract::own_data::{
    OwnAccount, OwnData, OwnEmail, OwnEntry, OwnMembership, OwnRequest,
};
use membership_contract::paths;
use membership_domain::id::{OrganizationId, UserId};
use membership_store::audit::{self as trail_store, Action, Sought};
use membership_store::members::{self, Member};
use membership_store::requests::{self, Wanted};
use membership_store::{grants, mails, organizations, second_factors, sessions as stored};

use crate::App;
use crate::audit::told;
use crate::http::observe::RequestId;
use crate::http::problem::Answer;
use crate::routes::organizations::users::roles_of;
use crate::sessions::{self, Arrival, Caller};
use crate::write;

/// So many entries of the log of each organization, of what one did and as many of what was done.
const ENTRIES: u64 = 5_000;

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
    let here = arrival.client.0.to_string();
    let open = stored::of_user(db, user.id).await?;
    let sessions = open.into_iter().map(|one| OwnSession {
        id: sessions::public_id(&one),
        this: one.token_hash == caller.session.token_hash,
        this_network: one.address.as_ref() == Some(&here),
        device: one.device,
        address: one.address,
        begun_at: one.created_at,
        seen_at: one.seen_at,
    });
    let mut organizations = Vec::new();
    let mut log = entries(&app, None, user.id).await?;
    for (id, member) in members::of_user(db, user.id).await? {
        if let Some(one) = organizations::by_id(db, id).await? {
            let all = entries(&app, Some((id, &one.name)), user.id).await?;
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
    let (session, user) = (&caller.session, caller.user.id);
    let entry = sessions::entry(app, id, session, None, Action::AccountExport, user)?;
    Ok(write::tell(&app.store, entry).await?)
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

/// What somebody did and what was done for them, in an organization or in none.
async fn entries(
    app: &App,
    organization: Option<(OrganizationId, &str)>,
    user: UserId,
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
    let told = told(&app.store, id.unwrap_or(OrganizationId::nil()), found).await?;
    let entry = |entry| OwnEntry {
        organization: organization.map(|(_, name)| name.to_owned()),
        entry,
    };
    Ok(told.into_iter().map(entry).collect())
}
