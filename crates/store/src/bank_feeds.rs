//! Tokens for what sends a bank's files by itself: the program owner's, of no organization.

use chrono::{DateTime, Utc};
use membership_domain::id::TokenId;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::entities::bank_feed::{ActiveModel, Column, Entity, Model};
use crate::key::Key;
use crate::{Store, StoreError, Write};

/// A token that may import a bank's files, and nothing else.
#[derive(Clone, PartialEq, Eq)]
pub struct BankFeed {
    /// UUIDv7.
    pub id: TokenId,
    /// Hash of the token; the token itself was shown once.
    pub token_hash: String,
    /// How it begins, so that people can tell which one they have.
    pub hint: String,
    /// As people call it.
    pub name: String,
    /// In real time.
    pub created_at: DateTime<Utc>,
    /// Until when it works, in real time.
    pub expires_at: DateTime<Utc>,
    /// When it was last used, about.
    pub used_at: Option<DateTime<Utc>>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
}

impl std::fmt::Debug for BankFeed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BankFeed")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// Adds one.
pub async fn insert(write: &Write, new: &BankFeed) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(Key(new.id)),
        token_hash: Set(new.token_hash.clone()),
        hint: Set(new.hint.clone()),
        name: Set(new.name.clone()),
        created_at: Set(new.created_at),
        expires_at: Set(new.expires_at),
        used_at: Set(new.used_at),
        revoked_at: Set(new.revoked_at),
    };
    Entity::insert(row)
        .exec_without_returning(write.tx())
        .await?;
    Ok(())
}

/// The one with this hash.
pub async fn by_hash(
    db: &impl ConnectionTrait,
    hash: &str,
) -> Result<Option<BankFeed>, StoreError> {
    let found = Entity::find().filter(Column::TokenHash.eq(hash));
    Ok(found.one(db).await?.map(read))
}

/// All there ever were, the newest first.
pub async fn list(db: &impl ConnectionTrait) -> Result<Vec<BankFeed>, StoreError> {
    let rows = Entity::find().order_by_desc(Column::Id).all(db).await?;
    Ok(rows.into_iter().map(read).collect())
}

/// Ends one. Whether it was not ended before.
pub async fn revoke(write: &Write, id: TokenId, at: DateTime<Utc>) -> Result<bool, StoreError> {
    let changed = Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(at))
        .filter(Column::Id.eq(Key(id)))
        .filter(Column::RevokedAt.is_null())
        .exec(write.tx())
        .await?;
    Ok(changed.rows_affected > 0)
}

/// Notes a use. It is no change that anybody made, and so not told.
pub async fn touch(store: &Store, id: TokenId, at: DateTime<Utc>) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(at))
        .filter(Column::Id.eq(Key(id)))
        .exec(store.db())
        .await?;
    Ok(())
}

fn read(row: Model) -> BankFeed {
    BankFeed {
        id: row.id.0,
        token_hash: row.token_hash,
        hint: row.hint,
        name: row.name,
        created_at: row.created_at,
        expires_at: row.expires_at,
        used_at: row.used_at,
        revoked_at: row.revoked_at,
    }
}
