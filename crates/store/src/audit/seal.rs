//! Sealing: entries get their links, in the order of their ids, a chain for each organization and
//! one for what is none's.
//!
//! Not when an entry is written: all writes of an organization would wait for each other. Nobody
//! asks later who sealed what, and an entry of it would have to be sealed itself, so this is written
//! without one. Whatever is killed in between did nothing, and is done by the next.

use std::collections::HashMap;

use membership_domain::id::OrganizationId;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, sea_query::OnConflict,
};
use serde_json::Value;

use super::canonical::{FIRST, canonical, from_hex, hex, of_entry, of_link};
use super::hashed::hashed;
use crate::entities::{audit_entry, audit_head, audit_link, audit_pending};
use crate::{Store, StoreError};

/// So many entries get their links in one transaction: a few milliseconds for those who wait.
const BATCH: u64 = 500;

/// The last link of a chain. Whoever has written it down can tell later that nothing before it was
/// changed, also not by somebody who makes the whole chain again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// How many links there are.
    pub position: i64,
    /// The last one's hash, in hexadecimal signs.
    pub hash: String,
}

/// Seals everything that is committed. Gives how many entries that were.
pub async fn seal(store: &Store) -> Result<u64, StoreError> {
    use audit_pending::{Column, Entity};
    let chains = Entity::find().select_only().column(Column::OrganizationId);
    let chains: Vec<String> = chains.distinct().into_tuple().all(store.db()).await?;
    let mut sealed = 0;
    for chain in chains {
        sealed += seal_chain(store, &chain).await?;
    }
    Ok(sealed)
}

/// Seals what is committed of an organization, or of none.
pub async fn seal_of(
    store: &Store,
    organization: Option<OrganizationId>,
) -> Result<u64, StoreError> {
    seal_chain(store, &name(organization)).await
}

/// The last link of an organization's chain, or of the one of none; nothing before the first.
pub async fn head(
    db: &impl ConnectionTrait,
    organization: Option<OrganizationId>,
) -> Result<Option<Head>, StoreError> {
    let row = audit_head::Entity::find_by_id(name(organization)).one(db);
    let known = row.await?.filter(|row| row.position > 0);
    Ok(known.map(|row| Head {
        position: row.position,
        hash: row.hash,
    }))
}

/// The name of a chain.
pub(super) fn name(organization: Option<OrganizationId>) -> String {
    organization.map(|id| id.to_string()).unwrap_or_default()
}

async fn seal_chain(store: &Store, chain: &str) -> Result<u64, StoreError> {
    let mut sealed = 0;
    loop {
        let tx = store.begin().await?;
        let batch = seal_batch(&tx, chain).await?;
        #[cfg(feature = "testing")]
        store.faults.before_commit()?;
        tx.commit().await?;
        sealed += batch;
        if batch < BATCH {
            return Ok(sealed);
        }
    }
}

async fn seal_batch(tx: &DatabaseTransaction, chain: &str) -> Result<u64, StoreError> {
    // Another server that seals waits here, and finds then what is left.
    let head = lock(tx, chain).await?;
    let waiting: Vec<String> = {
        use audit_pending::{Column, Entity};
        let of_chain = Entity::find().filter(Column::OrganizationId.eq(chain));
        let ids = of_chain.select_only().column(Column::EntryId);
        let oldest = ids.order_by_asc(Column::EntryId).limit(BATCH);
        oldest.into_tuple().all(tx).await?
    };
    if waiting.is_empty() {
        return Ok(0);
    }
    let mut entries = entries(tx, &waiting).await?;
    let (mut position, mut last) = (head.position, unhexed(head.hash)?);
    let mut links = Vec::with_capacity(waiting.len());
    for id in &waiting {
        // One that somebody took away is missed by who reads the chain.
        let entry = entries.remove(id).unwrap_or(Value::Null);
        let entry = of_entry(&canonical(&entry));
        position += 1;
        last = of_link(&last, &entry);
        links.push(audit_link::ActiveModel {
            organization_id: Set(chain.to_owned()),
            position: Set(position),
            entry_id: Set(id.clone()),
            entry_hash: Set(hex(&entry)),
            hash: Set(hex(&last)),
        });
    }
    let insert = audit_link::Entity::insert_many(links);
    insert.exec_without_returning(tx).await?;
    let done = audit_pending::Column::EntryId.is_in(&waiting);
    audit_pending::Entity::delete_many()
        .filter(done)
        .exec(tx)
        .await?;
    let head = audit_head::ActiveModel {
        organization_id: Set(chain.to_owned()),
        position: Set(position),
        hash: Set(hex(&last)),
    };
    audit_head::Entity::update(head).exec(tx).await?;
    Ok(waiting.len() as u64)
}

/// Holds the chain's head until the end of the transaction; makes it where there is none.
async fn lock(tx: &DatabaseTransaction, chain: &str) -> Result<audit_head::Model, StoreError> {
    use audit_head::{ActiveModel, Column, Entity};
    let first = ActiveModel {
        organization_id: Set(chain.to_owned()),
        position: Set(0),
        hash: Set(hex(&FIRST)),
    };
    let there = OnConflict::column(Column::OrganizationId)
        .do_nothing()
        .to_owned();
    let insert = Entity::insert(first).on_conflict(there);
    insert.exec_without_returning(tx).await?;
    let head = Entity::find_by_id(chain).lock_exclusive().one(tx).await?;
    head.ok_or(StoreError::NotFound("head of the audit log"))
}

/// The entries with these ids, as they are hashed.
async fn entries(
    tx: &DatabaseTransaction,
    ids: &[String],
) -> Result<HashMap<String, Value>, StoreError> {
    use audit_entry::{Column, Entity};
    let rows = Entity::find().filter(Column::Id.is_in(ids)).all(tx).await?;
    let known = |row: audit_entry::Model| (row.id.0.to_string(), hashed(row));
    Ok(rows.into_iter().map(known).collect())
}

fn unhexed(text: String) -> Result<[u8; 32], StoreError> {
    from_hex(&text).ok_or(StoreError::Unreadable {
        what: "hash of the audit log",
        value: text,
    })
}
