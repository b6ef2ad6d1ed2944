//! `GET /api/v1/organizations/{organization}/users`: who can act for the organization.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::SecondsFormat;
use membership_contract::csv;
use membership_contract::paths;
use membership_contract::text::{Plain, Words, en};
use membership_contract::users::{UserPage, UserRow};
use membership_domain::id::UserId;
use membership_domain::member::MemberState;
use membership_domain::roles::Role;
use membership_domain::text::name_key;
use membership_store::members::{self, Query, Sort};

use super::rows;
use crate::App;
use crate::guard::Member;
use crate::http::params::Params;
use crate::http::problem::Answer;
use crate::http::query::{Pairs, Reading};

/// So many on a page unless it is said.
const USUAL: u64 = 50;

/// So many on a page at most.
const MOST: u64 = 200;

/// So many words are looked for at most, as in other lists.
const WORDS: usize = 10;

/// So many characters they have at most.
const LONGEST: usize = 200;

/// So many lines of a table are read at a time.
const PIECE: u64 = 500;

/// What can be asked of the list.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters; `asked` reads them")]
pub struct Parameters {
    /// Words that name or email must have, all of them: at most 10, and 200 characters
    search: Option<String>,
    /// active, deactivated or removed; without it all but removed ones
    state: Option<MemberState>,
    /// Those who were given this role
    role: Option<Role>,
    /// name, email or signed_in
    sort: Option<String>,
    /// desc for the last first
    order: Option<String>,
    /// The `next` of the page before
    cursor: Option<String>,
    /// People on a page, at most 200
    limit: Option<u64>,
    /// csv for all of them as a table, without pages
    format: Option<String>,
}

/// The people of the organization: with their roles, where those hold, and when they last signed
/// in.
#[utoipa::path(
    get, path = paths::USERS, tag = "users", operation_id = "list_users",
    responses(
        (status = 200, content((UserPage = "application/json"), (String = "text/csv"))),
    ),
)]
pub async fn list_users(
    State(app): State<App>,
    member: Member,
    asked: Params<Parameters>,
) -> Answer<Response> {
    let (query, csv) = self::asked(&asked.pairs)?;
    let db = app.store.db();
    if csv {
        member.tell_export(&app, "users", "csv").await?;
        return table(&app, &member, query).await;
    }
    let total = members::count(db, member.organization, &query).await?;
    let more = Query {
        limit: query.limit + 1,
        ..query.clone()
    };
    let mut found = members::list(db, member.organization, &more).await?;
    let is_more = found.len() as u64 > query.limit;
    found.truncate(usize::try_from(query.limit).unwrap_or(usize::MAX));
    let last = found.last().filter(|_| is_more);
    let next = last.map(|(key, one)| URL_SAFE_NO_PAD.encode(format!("{}~{key}", one.user)));
    let found = found.into_iter().map(|(_, one)| one).collect();
    let items = rows(db, &member, found).await?;
    let (active, without_second_factor) = members::tally(db, member.organization).await?;
    let page = UserPage {
        items,
        total,
        active,
        without_second_factor,
        next,
    };
    Ok(Json(page).into_response())
}

fn asked(pairs: &Pairs) -> Answer<(Query, bool)> {
    let mut reading = Reading::of(pairs);
    let words = reading.parsed("search", "At most 10 words and 200 characters.", words);
    let query = Query {
        words: words.unwrap_or_default(),
        state: reading.parsed(
            "state",
            "Must be active, deactivated or removed.",
            MemberState::from_code,
        ),
        role: reading.parsed("role", "Must be a role.", Role::from_code),
        sort: reading
            .parsed("sort", "Must be name, email or signed_in.", Sort::from_code)
            .unwrap_or(Sort::Name),
        descending: reading
            .parsed("order", "Must be asc or desc.", descending)
            .unwrap_or_default(),
        after: reading.parsed(
            "cursor",
            "Must be the `next` of a page of this list.",
            place,
        ),
        limit: reading
            .parsed("limit", "Must be 1 to 200.", limit)
            .unwrap_or(USUAL),
    };
    let csv = |text: &str| (text == "csv").then_some(());
    let csv = reading.parsed("format", "Must be csv.", csv).is_some();
    reading.done()?;
    Ok((query, csv))
}

fn words(text: &str) -> Option<Vec<String>> {
    let key = name_key(text);
    let words: Vec<String> = key.split_whitespace().map(str::to_owned).collect();
    (words.len() <= WORDS && text.chars().count() <= LONGEST).then_some(words)
}

fn descending(text: &str) -> Option<bool> {
    match text {
        "asc" => Some(false),
        "desc" => Some(true),
        _ => None,
    }
}

fn limit(text: &str) -> Option<u64> {
    let limit = text.parse().ok();
    limit.filter(|limit| (1..=MOST).contains(limit))
}

/// What the last one of a page is sorted by, and its id.
fn place(cursor: &str) -> Option<(String, UserId)> {
    let cursor = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    let (id, key) = cursor.split_once('~')?;
    Some((key.to_owned(), id.parse().ok()?))
}

/// All of them as a table, read piece by piece.
async fn table(app: &App, member: &Member, query: Query) -> Answer<Response> {
    let db = app.store.db();
    let (mut lines, mut after) = (Vec::new(), None);
    loop {
        let piece = Query {
            after,
            limit: PIECE,
            ..query.clone()
        };
        let found = members::list(db, member.organization, &piece).await?;
        let Some((key, last)) = found.last() else {
            break;
        };
        after = Some((key.clone(), last.user));
        let found = found.into_iter().map(|(_, one)| one).collect();
        let rows = rows(db, member, found).await?;
        lines.extend(rows.into_iter().map(cells));
    }
    let header = [
        "Name",
        "Email",
        "Roles",
        "State",
        "Second factor",
        "Last sign-in",
    ];
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"users.csv\"",
        ),
    ];
    Ok((headers, csv::table(&header, lines)).into_response())
}

fn cells(row: UserRow) -> Vec<String> {
    let role = |one: &membership_contract::users::UserRole| match &one.locations {
        None => en::role(one.role).to_owned(),
        Some(all) => format!("{} ({})", en::role(one.role), en::at_locations(all.len())),
    };
    let roles: Vec<String> = row.roles.iter().map(role).collect();
    let seen = row
        .signed_in_at
        .map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true));
    vec![
        row.name,
        row.email,
        Plain.list(&roles),
        en::user_state(row.state).to_owned(),
        if row.has_second_factor { "Yes" } else { "No" }.to_owned(),
        seen.unwrap_or_default(),
    ]
}
