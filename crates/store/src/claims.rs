//! Who is at which case: two people don't work on one. A claim ends by itself.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use membership_domain::id::UserId;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};

use crate::entities::claim::{ActiveModel, Column, Entity};
use crate::key::Key;
use crate::{StoreError, Write};

/// Claims a case until a moment, unless somebody else has it: who has it then.
pub async fn take(
    write: &Write,
    subject: &str,
    user: UserId,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<UserId, StoreError> {
    let known = Entity::find_by_id(subject).one(write.tx()).await?;
    let row = ActiveModel {
        subject: Set(subject.to_owned()),
        user_id: Set(Key(user)),
        until: Set(until),
    };
    match known {
        Some(other) if other.until > now && other.user_id.0 != user => Ok(other.user_id.0),
        Some(_) => {
            Entity::update(row)
                .exec_without_returning(write.tx())
                .await?;
            Ok(user)
        }
        None => {
            Entity::insert(row)
                .exec_without_returning(write.tx())
                .await?;
            Ok(user)
        }
    }
}

/// Gives a case back, if it is this person's.
pub async fn leave(write: &Write, subject: &str, user: UserId) -> Result<(), StoreError> {
    Entity::delete_many()
        .filter(Column::Subject.eq(subject))
        .filter(Column::UserId.eq(Key(user)))
        .exec(write.tx())
        .await?;
    Ok(())
}

/// Who has which case now.
pub async fn all(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<HashMap<String, UserId>, StoreError> {
    let rows = Entity::find().filter(Column::Until.gt(now)).all(db).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.subject, row.user_id.0))
        .collect())
}
