//! A log with many entries: most of one person, few of some actions, and values of people.

use anyhow::Result;
use chrono::{DateTime, Duration, Utc};
use membership_domain::id::{OrganizationId, UserId};
use membership_domain::roles::Role;
use membership_store::audit::{Action, Actor, Entry, FieldChange, Salt, Whose};
use membership_store::{Store, grants, users};
use serde_json::{Value, json};

/// So many entries.
pub const MANY: u32 = 100_000;
/// Entries in a transaction.
const BATCH: u32 = 1_000;
/// What most of them did.
const USUAL: Action = Action::EvidenceReplace;
/// What one of a thousand did.
const RARE: Action = Action::LocationRemove;

/// Who is in the log.
pub struct Known {
    busy: UserId,
    quiet: UserId,
    about: UserId,
    /// A word of the name of whom some entries are about.
    name: String,
    begin: DateTime<Utc>,
}

/// Writes them.
pub async fn fill(store: &Store, organization: OrganizationId) -> Result<Known> {
    let members = grants::holders(store.db(), organization, Role::ALL).await?;
    let members: Vec<UserId> = members.into_keys().collect();
    let (busy, quiet, about) = (members[0], members[1], members[2]);
    let begin = DateTime::from_timestamp(1_690_000_000, 0).unwrap_or_default();
    let mut number = 0;
    while number < MANY {
        let write = store.write().await?;
        let last = (number + BATCH).min(MANY);
        for number in number..last - 1 {
            write
                .tell(entry(number, organization, &members, begin))
                .await?;
        }
        write
            .commit(entry(last - 1, organization, &members, begin))
            .await?;
        number = last;
    }
    let name = users::by_id(store.db(), about).await?.map(|user| user.name);
    let name = name.unwrap_or_default();
    let name = name
        .split(' ')
        .next_back()
        .unwrap_or_default()
        .to_lowercase();
    Ok(Known {
        busy,
        quiet,
        about,
        name,
        begin,
    })
}

fn entry(
    number: u32,
    organization: OrganizationId,
    members: &[UserId],
    begin: DateTime<Utc>,
) -> Entry {
    let at = begin + Duration::seconds(i64::from(number) * 100);
    let (action, about) = match number % 1_000 {
        0 => (RARE, None),
        1..=99 => (
            Action::RoleChange,
            members.get(2 + number as usize % (members.len() - 2)),
        ),
        _ => (USUAL, None),
    };
    let user = match number % 10 {
        0 => members[2 + number as usize / 10 % (members.len() - 2)],
        _ => members[0],
    };
    let mut changes = vec![FieldChange::of("people.rows", number, number + 1)];
    let mut subject = "people".to_owned();
    if let Some(about) = about {
        subject = about.to_string();
        let whose = Whose::of(*about);
        let email = format!("person{number}@contoso.example");
        changes = vec![
            FieldChange::of("roles", json!([]), json!(["guest", "billing_admin"])),
            FieldChange::of("email", Value::Null, email).personal(&whose),
        ];
    }
    let id = (u128::try_from(at.timestamp_millis()).unwrap_or_default() << 80)
        | (0x7 << 76)
        | (0x8 << 60)
        | u128::from(number);
    let salt = Salt::of([(number % 251) as u8; 32]);
    Entry {
        actor: Actor::Person,
        user: Some(user),
        session: Some(membership_domain::Id::from_u128(u128::from(number / 50))),
        about: about.copied(),
        organization: Some(organization),
        detail: json!({"replaced": {"people": {"sha256": "0".repeat(64), "revision": number}}}),
        changes,
        request_id: format!("{number:032x}"),
        ..Entry::of(
            membership_domain::Id::from_u128(id),
            at,
            action,
            subject,
            salt,
        )
    }
}

impl Known {
    /// Each filter alone, and those that find little among much together.
    pub fn filters(&self) -> Vec<(String, String)> {
        let Self {
            busy,
            quiet,
            about,
            name,
            begin,
        } = self;
        let day = |seconds: i64| (*begin + Duration::seconds(seconds)).date_naive();
        let all = i64::from(MANY) * 100;
        let (usual, rare) = (USUAL.code(), RARE.code());
        let named = |name: &str, query: String| (name.to_owned(), query);
        vec![
            named("everything", String::new()),
            named("one who did most", format!("&who={busy}")),
            named("one who did nothing", format!("&who={quiet}")),
            named("a usual action", format!("&action={usual}")),
            named("a rare action", format!("&action={rare}")),
            named(
                "one who did most, a rare action",
                format!("&who={busy}&action={rare}"),
            ),
            named(
                "one who did most, an action of nobody",
                format!("&who={busy}&action=x"),
            ),
            named(
                "about somebody, by one who did most",
                format!("&about={about}&who={busy}"),
            ),
            named("a subject of most", "&search=people".to_owned()),
            named(
                "a subject of most, a rare action",
                format!("&search=people&action={rare}"),
            ),
            named(
                "a subject of most, by one who did nothing",
                format!("&search=people&who={quiet}"),
            ),
            named("a name", format!("&search={name}")),
            named("a name of nobody", "&search=zebra".to_owned()),
            named(
                "the first tenth of the days",
                format!("&to={}", day(all / 10)),
            ),
            named("one day", format!("&from={0}&to={0}", day(all / 2))),
            named(
                "a rare action in the first tenth",
                format!("&action={rare}&to={}", day(all / 10)),
            ),
        ]
    }
}
