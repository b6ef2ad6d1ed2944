//! Members whose names are erased, and who may still be named.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use membership_domain::id::{OrganizationId, UserId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use super::{Column, Entity, Member, named, set};
use crate::entities::id;
use crate::key::Key;
use crate::{StoreError, Write, users};

/// Erases what names a removed member in the organization. The row stays, for what refers to it.
pub async fn erase(
    write: &Write,
    organization: OrganizationId,
    user: UserId,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let values = [
        (Column::ErasedAt, Expr::value(Some(at))),
        (Column::NameKey, Expr::value("")),
        (Column::EmailKey, Expr::value("")),
    ];
    set(write, organization, user, values).await
}

/// Those who were removed up to an instant and are not erased yet.
pub async fn to_erase(
    db: &impl ConnectionTrait,
    until: DateTime<Utc>,
) -> Result<Vec<(OrganizationId, UserId)>, StoreError> {
    let rows: Vec<(String, String)> = Entity::find()
        .select_only()
        .columns([Column::OrganizationId, Column::UserId])
        .filter(Column::RemovedAt.lte(until))
        .filter(Column::ErasedAt.is_null())
        .into_tuple()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(organization, user)| Ok((id(organization)?, id(user)?)))
        .collect()
}

/// Where a user is or was a member.
pub async fn of_user(
    db: &impl ConnectionTrait,
    user: UserId,
) -> Result<Vec<(OrganizationId, Member)>, StoreError> {
    let theirs = Column::UserId.eq(Key(user));
    let rows = Entity::find().filter(theirs).all(db).await?;
    let organizations: Vec<OrganizationId> = rows.iter().map(|row| row.organization_id.0).collect();
    let members = named(db, rows).await?;
    Ok(organizations.into_iter().zip(members).collect())
}

/// The names of those whom the organization may still name.
pub async fn names(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    ids: &[UserId],
) -> Result<HashMap<UserId, String>, StoreError> {
    let erased: Vec<String> = Entity::find()
        .select_only()
        .column(Column::UserId)
        .filter(Column::OrganizationId.eq(Key(organization)))
        .filter(Column::UserId.is_in(ids.iter().copied().map(Key)))
        .filter(Column::ErasedAt.is_not_null())
        .into_tuple()
        .all(db)
        .await?;
    let mut names = users::names(db, ids).await?;
    for erased in erased {
        names.remove(&id(erased)?);
    }
    names.retain(|_, name| !name.is_empty());
    Ok(names)
}
