//! Writes that a client may send again with the same key: the answer is kept in the transaction of
//! its effect, so that a retry after a lost answer gets that answer and changes nothing.

use chrono::{DateTime, Utc};
use membership_domain::id::UserId;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait as _, Set,
};

use crate::entities::idempotency_key::{ActiveModel, Column, Entity};
use crate::key::Key;
use crate::{Store, StoreError, Write};

/// An answer as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// A hash of the request, so that one key is not taken for two.
    pub digest: String,
    /// HTTP.
    pub status: u16,
    /// The tag of the new state.
    pub etag: String,
    /// JSON.
    pub body: String,
}

/// The answer to the write that the user named so.
pub async fn find(
    db: &impl ConnectionTrait,
    user: UserId,
    key: &str,
) -> Result<Option<Kept>, StoreError> {
    let key = (Key(user), key.to_owned());
    let found = Entity::find_by_id(key).one(db).await?;
    found
        .map(|row| {
            Ok(Kept {
                digest: row.digest,
                status: u16::try_from(row.status).map_err(|_| StoreError::Unreadable {
                    what: "status",
                    value: row.status.to_string(),
                })?,
                etag: row.etag,
                body: row.body,
            })
        })
        .transpose()
}

/// Removes the answers that somebody was given.
pub async fn forget(write: &Write, user: UserId) -> Result<(), StoreError> {
    let theirs = Entity::delete_many().filter(Column::UserId.eq(Key(user)));
    theirs.exec(write.tx()).await?;
    Ok(())
}

/// Removes the answers that were given before an instant: they can name people.
pub async fn clean(store: &Store, before: DateTime<Utc>) -> Result<(), StoreError> {
    Entity::delete_many()
        .filter(Column::CreatedAt.lt(before))
        .exec(store.db())
        .await?;
    Ok(())
}

/// Keeps an answer under a key that is not known yet, else it is a [`StoreError::Duplicate`]. Of the
/// user's others those stay that are newer than `since`, `most` at most with this one.
pub async fn keep(
    write: &Write,
    user: UserId,
    key: &str,
    kept: Kept,
    at: DateTime<Utc>,
    (since, most): (DateTime<Utc>, u64),
) -> Result<(), StoreError> {
    let own = Column::UserId.eq(Key(user));
    let beyond = Entity::find()
        .select_only()
        .column(Column::CreatedAt)
        .filter(own.clone())
        .order_by_desc(Column::CreatedAt)
        .offset(most.saturating_sub(1))
        .limit(1)
        .into_query();
    let beyond = Expr::SubQuery(None, Box::new(beyond.into()));
    let beyond = Expr::col(Column::CreatedAt).lte(beyond);
    Entity::delete_many()
        .filter(own)
        .filter(Column::CreatedAt.lte(since).or(beyond))
        .exec(write.tx())
        .await?;
    let row = ActiveModel {
        user_id: Set(Key(user)),
        key: Set(key.to_owned()),
        digest: Set(kept.digest),
        status: Set(i32::from(kept.status)),
        etag: Set(kept.etag),
        body: Set(kept.body),
        created_at: Set(at),
    };
    Entity::insert(row)
        .exec_without_returning(write.tx())
        .await?;
    Ok(())
}
