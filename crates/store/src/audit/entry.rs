//! One entry: as it is told, written and read.

use std::fmt;

use chrono::{DateTime, SubsecRound, Utc};
use membership_domain::audit::Actor;
use membership_domain::id::{EntryId, OrganizationId, SessionId, UserId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use serde_json::{Value, json};

use super::Action;
use super::canonical::{self, Hash, canonical, commitment, plain};
use super::changes::FieldChange;
use crate::StoreError;
use crate::entities::audit_entry::{ActiveModel, Column, Entity, Model};
use crate::entities::{audit_personal, optional_id};
use crate::key::Key;

/// One change, as it is told afterwards. No secrets in it, and personal values only in `changes`,
/// where it says that they are personal.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// UUIDv7.
    pub id: EntryId,
    /// By the server's clock; microseconds are kept.
    pub at: DateTime<Utc>,
    /// What did it.
    pub actor: Actor,
    /// Which one, where it is no person: the id of a token, the kind of a job.
    pub by: Option<String>,
    /// Who, where it is a person or acts for one.
    pub user: Option<UserId>,
    /// In which session.
    pub session: Option<SessionId>,
    /// For whom: the person that it is about, if it is about one.
    pub about: Option<UserId>,
    /// Whose thing was changed, if it is an organization's.
    pub organization: Option<OrganizationId>,
    /// What was done.
    pub action: Action,
    /// To what: an id or a name.
    pub subject: String,
    /// More facts, as JSON.
    pub detail: Value,
    /// Each field before and after. As read, a personal value is the hash that stands for it.
    pub changes: Vec<FieldChange>,
    /// The request that did it.
    pub request_id: String,
    /// Hides its personal values.
    pub salt: Salt,
}

/// 32 random bytes, from which each personal value of an entry gets a salt of its own. They are not
/// kept: with the last value its salt is gone, and nobody can try which value had the hash.
#[derive(Clone)]
pub struct Salt(Option<Hash>);

/// What is read has none, and is the same entry.
impl PartialEq for Salt {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Salt {
    /// For a new entry.
    #[must_use]
    pub const fn of(random: [u8; 32]) -> Self {
        Self(Some(random))
    }

    fn at(&self, place: &str) -> Option<Hash> {
        self.0
            .map(|salt| canonical::joined(&salt, place.as_bytes()))
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salt")
    }
}

impl Entry {
    /// An entry of the server itself, with nothing but what was done to what.
    pub fn of(
        id: EntryId,
        at: DateTime<Utc>,
        action: Action,
        subject: impl ToString,
        salt: Salt,
    ) -> Self {
        Self {
            id,
            at,
            actor: Actor::Server,
            by: None,
            user: None,
            session: None,
            about: None,
            organization: None,
            action,
            subject: subject.to_string(),
            detail: json!({}),
            changes: Vec::new(),
            request_id: String::new(),
            salt,
        }
    }
}

pub(crate) async fn append(
    tx: &DatabaseTransaction,
    entries: Vec<Entry>,
) -> Result<(), StoreError> {
    let (mut rows, mut all_personal) = (Vec::new(), Vec::new());
    for entry in entries {
        let (row, personal) = row(entry)?;
        rows.push(row);
        all_personal.extend(personal);
    }
    if !rows.is_empty() {
        Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    if !all_personal.is_empty() {
        let insert = audit_personal::Entity::insert_many(all_personal);
        insert.exec_without_returning(tx).await?;
    }
    Ok(())
}

/// An entry as it is stored, and the personal values beside it.
fn row(entry: Entry) -> Result<(ActiveModel, Vec<audit_personal::ActiveModel>), StoreError> {
    let (changes, personal) = told(&entry)?;
    let row = ActiveModel {
        id: Set(Key(entry.id)),
        // What both databases keep, and what is hashed.
        at: Set(entry.at.trunc_subsecs(6)),
        user_id: Set(entry.user.map(|id| id.to_string())),
        organization_id: Set(entry.organization.map(|id| id.to_string())),
        action: Set(entry.action.code().to_owned()),
        subject: Set(entry.subject),
        detail: Set(canonical(&entry.detail)),
        request_id: Set(entry.request_id),
        actor: Set(Some(entry.actor.code().to_owned())),
        by_id: Set(entry.by),
        session_id: Set(entry.session.map(|id| id.to_string())),
        about_id: Set(entry.about.map(|id| id.to_string())),
        changes: Set(Some(canonical(&changes))),
    };
    Ok((row, personal))
}

/// The changes as they are stored, and the personal values beside them.
fn told(entry: &Entry) -> Result<(Value, Vec<audit_personal::ActiveModel>), StoreError> {
    let mut beside = Vec::new();
    let mut changes = Vec::new();
    for (number, change) in entry.changes.iter().enumerate() {
        let mut value = |side: &str, value: &Value| {
            let Some(whose) = change.personal.as_ref().filter(|_| !value.is_null()) else {
                return Ok(plain(value.clone()));
            };
            let place = format!("/changes/{number}/{side}");
            let salt = entry.salt.at(&place).ok_or(StoreError::Unsalted)?;
            let text = value
                .as_str()
                .map_or_else(|| canonical(value), str::to_owned);
            let stands = commitment(&salt, &text);
            beside.push(audit_personal::ActiveModel {
                entry_id: Set(Key(entry.id)),
                place: Set(place),
                whose: Set(whose.0.clone()),
                value: Set(text),
                salt: Set(canonical::hex(&salt)),
            });
            Ok::<_, StoreError>(stands)
        };
        let (before, after) = (
            value("before", &change.before)?,
            value("after", &change.after)?,
        );
        changes.push(json!({"field": change.field, "before": before, "after": after}));
    }
    Ok((Value::Array(changes), beside))
}

/// The newest entries of an organization, newest first, at most `limit`.
pub async fn of_organization(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    limit: u64,
) -> Result<Vec<Entry>, StoreError> {
    let rows = Entity::find()
        .filter(Column::OrganizationId.eq(organization.to_string()))
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(entry).collect()
}

/// The newest entries of all, newest first, at most `limit`.
pub async fn newest(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<Entry>, StoreError> {
    let rows = Entity::find()
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(entry).collect()
}

/// Whether there is an entry of this action. Asks only for what the tables of each version have.
pub async fn has(db: &impl ConnectionTrait, action: Action) -> Result<bool, StoreError> {
    let ids = Entity::find().select_only().column(Column::Id);
    let found = ids.filter(Column::Action.eq(action.code())).limit(1);
    let found: Option<Key<membership_domain::id::Entry>> = found.into_tuple().one(db).await?;
    Ok(found.is_some())
}

fn entry(row: Model) -> Result<Entry, StoreError> {
    let (id, actor) = (row.id.0, actor(&row));
    let changes = row
        .changes
        .map_or(Ok(Value::Null), |text| parsed(id, &text))?;
    let action = Action::from_code(&row.action).ok_or_else(|| StoreError::Unreadable {
        what: "audit action",
        value: row.action.clone(),
    })?;
    Ok(Entry {
        id,
        at: row.at,
        actor,
        by: row.by_id,
        user: optional_id(row.user_id)?,
        session: optional_id(row.session_id)?,
        about: optional_id(row.about_id)?,
        organization: optional_id(row.organization_id)?,
        action,
        subject: row.subject,
        detail: parsed(id, &row.detail)?,
        changes: changes
            .as_array()
            .into_iter()
            .flatten()
            .map(change)
            .collect(),
        request_id: row.request_id,
        salt: Salt(None),
    })
}

/// What did it. Entries of before say only whether it was somebody.
pub(super) fn actor(row: &Model) -> Actor {
    let known = row.actor.as_deref().and_then(Actor::from_code);
    known.unwrap_or(match row.user_id {
        Some(_) => Actor::Person,
        None => Actor::Server,
    })
}

/// What an entry has as JSON.
pub(super) fn parsed(id: EntryId, text: &str) -> Result<Value, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Unreadable {
        what: "audit detail",
        value: id.to_string(),
    })
}

fn change(stored: &Value) -> FieldChange {
    let value = |name: &str| stored.get(name).cloned().unwrap_or_default();
    let field = value("field");
    FieldChange::of(
        field.as_str().unwrap_or_default(),
        value("before"),
        value("after"),
    )
}
