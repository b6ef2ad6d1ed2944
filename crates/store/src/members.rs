//! Members: which users belong to which organization, and since when some of them may not act.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use membership_domain::id::{OrganizationId, UserId};
use membership_domain::roles::Role;
use membership_domain::text::{address_key, name_key};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Select, Set,
};

use crate::entities::member::{ActiveModel, Model};
pub(crate) use crate::entities::member::{Column, Entity};
use crate::entities::{id, optional_id, role, user};
use crate::key::Key;
use crate::users::{self, User};
use crate::{StoreError, Write, operators};

mod erased;
mod list;

pub use erased::{erase, names, of_user, to_erase};
pub use list::{Query, Sort, count, list, matching, tally};

/// A user as a member of an organization.
#[derive(Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub user: UserId,
    /// As the person writes it.
    pub name: String,
    /// Normalized.
    pub email: String,
    /// Since when.
    pub joined_at: DateTime<Utc>,
    /// When the person last signed in, in real time; nothing for somebody who never did.
    pub signed_in_at: Option<DateTime<Utc>>,
    /// Roles that come with others, and that an administrator took away.
    pub withheld: Vec<Role>,
    /// Since when the person may not act for the organization.
    pub deactivated_at: Option<DateTime<Utc>>,
    /// Who decided that.
    pub deactivated_by: Option<UserId>,
    /// Since when the person is no member any more.
    pub removed_at: Option<DateTime<Utc>>,
    /// When name and address were erased here; both are empty then.
    pub erased_at: Option<DateTime<Utc>>,
}

impl std::fmt::Debug for Member {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Member")
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}

impl Member {
    /// Whether the person may act for the organization.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.deactivated_at.is_none() && self.removed_at.is_none()
    }
}

/// Makes a user a member, also one who was removed or deactivated, who is active again then. A user
/// who was erased at the same moment is a [`StoreError::NotFound`].
pub async fn add(
    write: &Write,
    organization: OrganizationId,
    user: &User,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    if users::lock(write, user.id).await?.email != user.email {
        return Err(StoreError::NotFound("user"));
    }
    if operators::was_one(write.tx(), user.id).await? {
        return Err(StoreError::Operator);
    }
    let row = ActiveModel {
        organization_id: Set(Key(organization)),
        user_id: Set(Key(user.id)),
        name_key: Set(name_key(&user.name)),
        email_key: Set(address_key(&user.email)),
        joined_at: Set(at),
        signed_in_ms: Set(0),
        withheld: Set(String::new()),
        deactivated_at: Set(None),
        deactivated_by: Set(None),
        removed_at: Set(None),
        erased_at: Set(None),
    };
    let again = OnConflict::columns([Column::OrganizationId, Column::UserId])
        .value(Column::RemovedAt, Option::<DateTime<Utc>>::None)
        .value(Column::DeactivatedAt, Option::<DateTime<Utc>>::None)
        .value(Column::DeactivatedBy, Option::<String>::None)
        .value(Column::ErasedAt, Option::<DateTime<Utc>>::None)
        .update_columns([Column::NameKey, Column::EmailKey])
        .to_owned();
    Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(write.tx())
        .await?;
    Ok(())
}

/// The member, also one who is deactivated or removed.
pub async fn by_id(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    id: UserId,
) -> Result<Option<Member>, StoreError> {
    let key = (Key(organization), Key(id));
    let Some(row) = Entity::find_by_id(key).one(db).await? else {
        return Ok(None);
    };
    Ok(named(db, vec![row]).await?.pop())
}

/// Deactivates a member since this instant, or makes them active again.
pub async fn set_deactivated(
    write: &Write,
    organization: OrganizationId,
    user: UserId,
    since: Option<(DateTime<Utc>, UserId)>,
) -> Result<(), StoreError> {
    let (at, by) = since.unzip();
    let by = by.map(|id| id.to_string());
    let values = [
        (Column::DeactivatedAt, Expr::value(at)),
        (Column::DeactivatedBy, Expr::value(by)),
    ];
    set(write, organization, user, values).await
}

/// Ends a membership. The row stays: what the person did keeps their name until that is erased.
pub async fn remove(
    write: &Write,
    organization: OrganizationId,
    user: UserId,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let values = [
        (Column::RemovedAt, Expr::value(Some(at))),
        (Column::Withheld, Expr::value("")),
    ];
    set(write, organization, user, values).await
}

/// Says which roles that come with others a member does not have.
pub async fn set_withheld(
    write: &Write,
    organization: OrganizationId,
    user: UserId,
    roles: &[Role],
) -> Result<(), StoreError> {
    let codes: Vec<&str> = roles.iter().map(|role| role.code()).collect();
    let values = [(Column::Withheld, Expr::value(codes.join(" ")))];
    set(write, organization, user, values).await
}

/// Notes that a user signed in, in each organization. Nobody asks about it later: that is what the
/// entry of the sign-in is for.
pub async fn signed_in(write: &Write, user: UserId, at: DateTime<Utc>) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::SignedInMs, Expr::value(at.timestamp_millis()))
        .filter(Column::UserId.eq(Key(user)))
        .exec(write.tx())
        .await?;
    Ok(())
}

async fn set<const N: usize>(
    write: &Write,
    organization: OrganizationId,
    user: UserId,
    values: [(Column, Expr); N],
) -> Result<(), StoreError> {
    let mut update = Entity::update_many()
        .filter(Column::OrganizationId.eq(Key(organization)))
        .filter(Column::UserId.eq(Key(user)));
    for (column, value) in values {
        update = update.col_expr(column, value);
    }
    match update.exec(write.tx()).await?.rows_affected {
        0 => Err(StoreError::NotFound("member")),
        _ => Ok(()),
    }
}

/// The active ones of these members: organization, user, and the roles that are withheld.
pub(crate) fn active(some: Condition) -> Select<Entity> {
    Entity::find()
        .select_only()
        .columns([Column::OrganizationId, Column::UserId, Column::Withheld])
        .filter(some)
        .filter(is_active())
}

/// The active ones of these users.
pub(crate) async fn active_among(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    users: &[UserId],
) -> Result<BTreeSet<UserId>, StoreError> {
    let some = Condition::all()
        .add(Column::OrganizationId.eq(Key(organization)))
        .add(Column::UserId.is_in(users.iter().copied().map(Key)));
    let all: Vec<(String, String, String)> = active(some).into_tuple().all(db).await?;
    let enabled: Vec<String> = user::Entity::find()
        .select_only()
        .column(user::Column::Id)
        .filter(user::Column::Id.is_in(all.into_iter().map(|(_, user, _)| user)))
        .filter(user::Column::DisabledAt.is_null())
        .into_tuple()
        .all(db)
        .await?;
    enabled.into_iter().map(id).collect()
}

fn is_active() -> Condition {
    Condition::all()
        .add(Column::DeactivatedAt.is_null())
        .add(Column::RemovedAt.is_null())
}

/// Rows with the names of their users, in the same order.
async fn named(db: &impl ConnectionTrait, rows: Vec<Model>) -> Result<Vec<Member>, StoreError> {
    let ids = rows.iter().map(|row| row.user_id);
    let users = user::Entity::find()
        .filter(user::Column::Id.is_in(ids))
        .all(db)
        .await?;
    let users: BTreeMap<UserId, user::Model> =
        users.into_iter().map(|user| (user.id.0, user)).collect();
    let member = |row: Model| {
        let user = users.get(&row.user_id.0);
        let user = user.ok_or(StoreError::NotFound("user"))?;
        let seen = (row.signed_in_ms > 0).then_some(row.signed_in_ms);
        let known = |text: &str| match row.erased_at {
            None => text.to_owned(),
            Some(_) => String::new(),
        };
        Ok(Member {
            user: row.user_id.0,
            name: known(&user.name),
            email: known(&user.email),
            joined_at: row.joined_at,
            signed_in_at: seen.and_then(DateTime::from_timestamp_millis),
            withheld: roles(&row.withheld)?,
            deactivated_at: row.deactivated_at.or(user.disabled_at),
            deactivated_by: optional_id(row.deactivated_by)?,
            removed_at: row.removed_at,
            erased_at: row.erased_at,
        })
    };
    rows.into_iter().map(member).collect()
}

pub(crate) fn roles(codes: &str) -> Result<Vec<Role>, StoreError> {
    codes.split_whitespace().map(role).collect()
}
