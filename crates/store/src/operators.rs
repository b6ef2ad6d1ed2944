//! The program owner's people: accounts that are never members of an organization.

use chrono::{DateTime, Utc};
use membership_domain::id::UserId;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::entities::operator::{ActiveModel, Column, Entity};
use crate::key::Key;
use crate::{StoreError, Write};

/// Makes an account an operator's, again where it was one before.
pub async fn add(write: &Write, user: UserId, at: DateTime<Utc>) -> Result<(), StoreError> {
    let none: Option<DateTime<Utc>> = None;
    let changed = Entity::update_many()
        .col_expr(Column::RemovedAt, Expr::value(none))
        .filter(Column::UserId.eq(Key(user)))
        .exec(write.tx())
        .await?;
    if changed.rows_affected == 0 {
        let row = ActiveModel {
            user_id: Set(Key(user)),
            added_at: Set(at),
            removed_at: Set(None),
        };
        Entity::insert(row)
            .exec_without_returning(write.tx())
            .await?;
    }
    Ok(())
}

/// Takes that away: whether it was one.
pub async fn remove(write: &Write, user: UserId, at: DateTime<Utc>) -> Result<bool, StoreError> {
    let changed = Entity::update_many()
        .col_expr(Column::RemovedAt, Expr::value(at))
        .filter(Column::UserId.eq(Key(user)))
        .filter(Column::RemovedAt.is_null())
        .exec(write.tx())
        .await?;
    Ok(changed.rows_affected > 0)
}

/// Whether an account is an operator's.
pub async fn is_one(db: &impl ConnectionTrait, user: UserId) -> Result<bool, StoreError> {
    let row = Entity::find_by_id(Key(user)).one(db).await?;
    Ok(row.is_some_and(|row| row.removed_at.is_none()))
}

/// Whether an account ever was: it never becomes a member of an organization.
pub async fn was_one(db: &impl ConnectionTrait, user: UserId) -> Result<bool, StoreError> {
    let row = Entity::find_by_id(Key(user)).one(db).await?;
    Ok(row.is_some())
}

/// All that are, the oldest first.
pub async fn list(db: &impl ConnectionTrait) -> Result<Vec<UserId>, StoreError> {
    let rows = Entity::find()
        .filter(Column::RemovedAt.is_null())
        .order_by_asc(Column::AddedAt)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.user_id.0).collect())
}
