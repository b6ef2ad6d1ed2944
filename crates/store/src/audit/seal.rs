//! Sealing: entries get their links, in the order of their ids, a chain for each organization and
//! one for what is none's.
//!
//! Not when an entry is written: all writes of an organization would wait for each other. Nobody
//! asks later who sealed what, and an entry of it would have to be sealed itself, so this is written
//! without one. Whatever is killed in between did nothing, and is done by the next.

use std::collections::{BTreeSet, HashMap};

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

/// Of so many chains.
const CHAINS: usize = 64;

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
    // In one order on all servers, so that no two wait for each other.
    let chains = Entity::find().select_only().column(Column::OrganizationId);
    let chains = chains.distinct().order_by_asc(Column::OrganizationId);
    let chains: Vec<String> = chains.into_tuple().all(store.db()).await?;
    let (mut sealed, mut fault) = (0, None);
    for some in chains.chunks(CHAINS).flat_map(pieces) {
        match seal_chains(store, some).await {
            Ok(some) => sealed += some,
            // One that can't be sealed doesn't stop the others.
            Err(_) if some.len() > 1 => {
                for one in some.chunks(1) {
                    match seal_chains(store, one).await {
                        Ok(some) => sealed += some,
                        Err(error) => fault = Some(error),
                    }
                }
            }
            Err(error) => fault = Some(error),
        }
    }
    fault.map_or(Ok(sealed), Err)
}

/// Pieces whose lengths are powers of two: each length is a statement of its own, which the database
/// keeps understood.
fn pieces<T>(mut all: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let length = 1 << all.len().checked_ilog2()?;
        let (piece, rest) = all.split_at_checked(length)?;
        all = rest;
        Some(piece)
    })
}

/// Seals what is committed of an organization, or of none.
pub async fn seal_of(
    store: &Store,
    organization: Option<OrganizationId>,
) -> Result<u64, StoreError> {
    seal_chains(store, &[name(organization)]).await
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

async fn seal_chains(store: &Store, chains: &[String]) -> Result<u64, StoreError> {
    let mut sealed = 0;
    loop {
        let tx = store.begin().await?;
        let batch = seal_batch(&tx, chains).await?;
        #[cfg(feature = "testing")]
        store.faults.before_commit()?;
        tx.commit().await?;
        sealed += batch;
        if batch < BATCH {
            return Ok(sealed);
        }
    }
}

async fn seal_batch(tx: &DatabaseTransaction, chains: &[String]) -> Result<u64, StoreError> {
    // Another server that seals waits here, and finds then what is left.
    let mut heads = lock(tx, chains).await?;
    let waiting: Vec<(String, String)> = {
        use audit_pending::{Column, Entity};
        let of_chains = Entity::find().filter(Column::OrganizationId.is_in(chains));
        let both = [Column::OrganizationId, Column::EntryId];
        let oldest = both
            .into_iter()
            .fold(of_chains, |found, column| found.order_by_asc(column));
        let ids = oldest.select_only().columns(both).limit(BATCH);
        ids.into_tuple().all(tx).await?
    };
    if waiting.is_empty() {
        return Ok(0);
    }
    let mut moved = BTreeSet::new();
    for waiting in pieces(&waiting) {
        let ids: Vec<&str> = waiting.iter().map(|(_, id)| id.as_str()).collect();
        let mut entries = entries(tx, &ids).await?;
        let mut links = Vec::with_capacity(waiting.len());
        for (chain, id) in waiting {
            let head = heads.get_mut(chain);
            let head = head.ok_or(StoreError::NotFound("head of the audit log"))?;
            // One that somebody took away is missed by who reads the chain.
            let entry = entries.remove(id).unwrap_or(Value::Null);
            links.push(next(head, id, &entry)?);
            moved.insert(chain.clone());
        }
        let insert = audit_link::Entity::insert_many(links);
        insert.exec_without_returning(tx).await?;
        let done = audit_pending::Column::EntryId.is_in(ids.iter().copied());
        audit_pending::Entity::delete_many()
            .filter(done)
            .exec(tx)
            .await?;
    }
    let moved: Vec<_> = moved
        .iter()
        .filter_map(|chain| heads.remove(chain))
        .collect();
    for moved in pieces(&moved) {
        let heads = moved.iter().map(|head| audit_head::ActiveModel {
            organization_id: Set(head.organization_id.clone()),
            position: Set(head.position),
            hash: Set(head.hash.clone()),
        });
        let last = OnConflict::column(audit_head::Column::OrganizationId)
            .update_columns([audit_head::Column::Position, audit_head::Column::Hash])
            .to_owned();
        audit_head::Entity::insert_many(heads)
            .on_conflict(last)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(waiting.len() as u64)
}

/// The link of an entry, after which it is the chain's last one.
fn next(
    head: &mut audit_head::Model,
    id: &str,
    entry: &Value,
) -> Result<audit_link::ActiveModel, StoreError> {
    let entry = of_entry(&canonical(entry));
    head.position += 1;
    head.hash = hex(&of_link(&unhexed(&head.hash)?, &entry));
    Ok(audit_link::ActiveModel {
        organization_id: Set(head.organization_id.clone()),
        position: Set(head.position),
        entry_id: Set(id.to_owned()),
        entry_hash: Set(hex(&entry)),
        hash: Set(head.hash.clone()),
    })
}

/// Holds the heads of chains until the end of the transaction, in the order of their names; makes
/// those that are not there.
async fn lock(
    tx: &DatabaseTransaction,
    chains: &[String],
) -> Result<HashMap<String, audit_head::Model>, StoreError> {
    use audit_head::{ActiveModel, Column, Entity};
    let first = chains.iter().map(|chain| ActiveModel {
        organization_id: Set(chain.clone()),
        position: Set(0),
        hash: Set(hex(&FIRST)),
    });
    let there = OnConflict::column(Column::OrganizationId)
        .do_nothing()
        .to_owned();
    let insert = Entity::insert_many(first).on_conflict(there);
    insert.exec_without_returning(tx).await?;
    let heads = Entity::find()
        .filter(Column::OrganizationId.is_in(chains))
        .order_by_asc(Column::OrganizationId)
        .lock_exclusive();
    let heads = heads.all(tx).await?.into_iter();
    Ok(heads
        .map(|head| (head.organization_id.clone(), head))
        .collect())
}

/// The entries with these ids, as they are hashed.
async fn entries(
    tx: &DatabaseTransaction,
    ids: &[&str],
) -> Result<HashMap<String, Value>, StoreError> {
    use audit_entry::{Column, Entity};
    let rows = Entity::find()
        .filter(Column::Id.is_in(ids.iter().copied()))
        .all(tx)
        .await?;
    let known = |row: audit_entry::Model| (row.id.0.to_string(), hashed(row));
    Ok(rows.into_iter().map(known).collect())
}

fn unhexed(text: &str) -> Result<[u8; 32], StoreError> {
    from_hex(text).ok_or_else(|| StoreError::Unreadable {
        what: "hash of the audit log",
        value: text.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_all_in_few_lengths() {
        for length in 0..=300_u16 {
            let all: Vec<u16> = (0..length).collect();
            let cut: Vec<_> = pieces(&all).collect();
            assert_eq!(cut.concat(), all);
            assert!(cut.iter().all(|piece| piece.len().is_power_of_two()));
            assert!(cut.len() <= 9, "{length} in {} pieces", cut.len());
        }
    }
}
