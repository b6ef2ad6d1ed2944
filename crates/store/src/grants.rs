//! Role grants: which user has which role in which organization.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use membership_domain::Id;
use membership_domain::id::{OrganizationId, UserId};
use membership_domain::roles::Role;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};

use crate::entities::role_grant::{ActiveModel, Column, Entity, Model};
use crate::key::Key;
use crate::{StoreError, Write};

/// Gives a user a role. Giving it twice is a [`StoreError::Duplicate`].
pub async fn insert(
    write: &Write,
    user: UserId,
    organization: OrganizationId,
    role: Role,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        user_id: Set(Key(user)),
        organization_id: Set(Key(organization)),
        role: Set(role.code().to_owned()),
        granted_at: Set(at),
    };
    Entity::insert(row)
        .exec_without_returning(write.tx())
        .await?;
    Ok(())
}

/// Takes a role from a user. Whether it was there.
pub async fn delete(
    write: &Write,
    user: UserId,
    organization: OrganizationId,
    role: Role,
) -> Result<bool, StoreError> {
    let key = (Key(user), Key(organization), role.code().to_owned());
    let gone = Entity::delete_by_id(key).exec(write.tx()).await?;
    Ok(gone.rows_affected > 0)
}

/// A user's roles in one organization, in the order of [`Role::ALL`]; empty for a stranger.
pub async fn roles(
    db: &impl ConnectionTrait,
    user: UserId,
    organization: OrganizationId,
) -> Result<Vec<Role>, StoreError> {
    let rows = Entity::find()
        .filter(Column::UserId.eq(Key(user)))
        .filter(Column::OrganizationId.eq(Key(organization)))
        .all(db)
        .await?;
    Ok(grouped(rows, |row| row.organization_id.0)?
        .remove(&organization)
        .unwrap_or_default())
}

/// A user's roles in each of its organizations.
pub async fn of_user(
    db: &impl ConnectionTrait,
    user: UserId,
) -> Result<BTreeMap<OrganizationId, Vec<Role>>, StoreError> {
    let rows = Entity::find()
        .filter(Column::UserId.eq(Key(user)))
        .all(db)
        .await?;
    grouped(rows, |row| row.organization_id.0)
}

/// The roles of each user of an organization who has one of `wanted`, those roles only.
pub async fn holders(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    wanted: &[Role],
) -> Result<BTreeMap<UserId, Vec<Role>>, StoreError> {
    let rows = Entity::find()
        .filter(Column::OrganizationId.eq(Key(organization)))
        .filter(Column::Role.is_in(wanted.iter().map(|role| role.code())))
        .all(db)
        .await?;
    grouped(rows, |row| row.user_id.0)
}

fn grouped<T>(
    rows: Vec<Model>,
    key: impl Fn(&Model) -> Id<T>,
) -> Result<BTreeMap<Id<T>, Vec<Role>>, StoreError> {
    let mut groups: BTreeMap<Id<T>, Vec<Role>> = BTreeMap::new();
    for row in rows {
        let role = Role::from_code(&row.role).ok_or_else(|| StoreError::Unreadable {
            what: "role",
            value: row.role.clone(),
        })?;
        groups.entry(key(&row)).or_default().push(role);
    }
    groups.values_mut().for_each(|roles| roles.sort_unstable());
    Ok(groups)
}
