//! A chain as it is exported: a line for each link, in their order.

use std::collections::HashMap;

use membership_domain::id::{EntryId, OrganizationId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::{Map, Value, json};

use super::canonical::canonical;
use super::hashed::hashed;
use super::personal::{Personal, of_entries};
use super::seal::name;
use crate::StoreError;
use crate::entities::{audit_entry, audit_link};

/// So many links are read at a time: of each page of an export that many are in memory.
pub const PAGE: u64 = 500;

/// Part of an export: lines, each with its end, and the position of the last one.
#[derive(Debug)]
pub struct Lines {
    /// JSON, a line for each link.
    pub text: String,
    /// Where to go on.
    pub last: i64,
}

/// The next lines of a chain behind a position, 0 for its first ones; nothing behind its end.
pub async fn lines(
    db: &impl ConnectionTrait,
    organization: Option<OrganizationId>,
    after: i64,
) -> Result<Option<Lines>, StoreError> {
    use audit_link::{Column, Entity};
    let of_chain = Entity::find()
        .filter(Column::OrganizationId.eq(name(organization)))
        .filter(Column::Position.gt(after));
    let links = of_chain.order_by_asc(Column::Position).limit(PAGE).all(db);
    let links = links.await?;
    let Some(last) = links.last().map(|link| link.position) else {
        return Ok(None);
    };
    let ids = links.iter().map(|link| link.entry_id.as_str());
    let mut entries = entries(db, ids.collect()).await?;
    let known: Vec<EntryId> = entries.values().map(|(id, _)| *id).collect();
    let mut personal = of_entries(db, &known).await?;
    let mut text = String::new();
    for link in links {
        let (entry, beside) = match entries.remove(&link.entry_id) {
            Some((id, entry)) => (entry, personal.remove(&id).unwrap_or_default()),
            None => (Value::Null, Vec::new()),
        };
        let line = json!({
            "position": link.position,
            "entry": entry,
            "entry_hash": link.entry_hash,
            "hash": link.hash,
            "personal": told(beside),
        });
        text += &canonical(&line);
        text.push('\n');
    }
    Ok(Some(Lines { text, last }))
}

/// By the ids in the links: nothing where an entry is not there any more.
async fn entries(
    db: &impl ConnectionTrait,
    ids: Vec<&str>,
) -> Result<HashMap<String, (EntryId, Value)>, StoreError> {
    use audit_entry::{Column, Entity};
    let rows = Entity::find().filter(Column::Id.is_in(ids)).all(db).await?;
    let known = rows.into_iter().map(|row| {
        let id = row.id.0;
        (id.to_string(), (id, hashed(row)))
    });
    Ok(known.collect())
}

/// By place.
fn told(personal: Vec<Personal>) -> Value {
    let told = |one: Personal| (one.place, json!({"salt": one.salt, "value": one.value}));
    Value::Object(personal.into_iter().map(told).collect::<Map<_, _>>())
}
