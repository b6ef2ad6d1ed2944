//! Users: people with a local account.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use membership_domain::id::{self, UserId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Set,
};

use crate::entities::user::{ActiveModel, Column, Entity, Model};
use crate::key::Key;
use crate::{StoreError, Write};

/// A person who can sign in.
#[derive(Clone, PartialEq, Eq)]
pub struct User {
    /// UUIDv7.
    pub id: UserId,
    /// Normalized: see [`normalize`].
    pub email: String,
    /// As the person writes it.
    pub name: String,
    /// argon2id in PHC form.
    pub password_hash: String,
    /// By the server's clock.
    pub created_at: DateTime<Utc>,
    /// Since when this person cannot sign in; none for somebody who can.
    pub disabled_at: Option<DateTime<Utc>>,
}

impl std::fmt::Debug for User {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("User")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// The form in which email addresses are stored and compared.
pub fn normalize(email: &str) -> String {
    membership_domain::text::trimmed(email).to_lowercase()
}

/// Adds a user. Another one with this address is a [`StoreError::Duplicate`].
pub async fn insert(write: &Write, user: User) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(Key(user.id)),
        email: Set(normalize(&user.email)),
        name: Set(user.name),
        password_hash: Set(user.password_hash),
        created_at: Set(user.created_at),
        disabled_at: Set(user.disabled_at),
    };
    Entity::insert(row)
        .exec_without_returning(write.tx())
        .await?;
    Ok(())
}

/// The user with this address, however it is written.
pub async fn by_email(db: &impl ConnectionTrait, email: &str) -> Result<Option<User>, StoreError> {
    let row = Entity::find()
        .filter(Column::Email.eq(normalize(email)))
        .one(db)
        .await?;
    Ok(row.map(User::from))
}

/// The user with this id.
pub async fn by_id(db: &impl ConnectionTrait, id: UserId) -> Result<Option<User>, StoreError> {
    Ok(Entity::find_by_id(Key(id)).one(db).await?.map(User::from))
}

/// The names of those who are still there.
pub async fn names(
    db: &impl ConnectionTrait,
    ids: &[UserId],
) -> Result<HashMap<UserId, String>, StoreError> {
    let theirs = Column::Id.is_in(ids.iter().copied().map(Key));
    let known = Entity::find()
        .select_only()
        .column(Column::Id)
        .column(Column::Name);
    let known: Vec<(Key<id::User>, String)> = known.filter(theirs).into_tuple().all(db).await?;
    Ok(known.into_iter().map(|(id, name)| (id.0, name)).collect())
}

/// Holds the user's row until the end of the write: a password that was right a moment ago is
/// still the account's, or the caller learns that it is not.
pub async fn lock(write: &Write, id: UserId) -> Result<User, StoreError> {
    let row = Entity::find_by_id(Key(id))
        .lock_exclusive()
        .one(write.tx())
        .await?;
    row.map(User::from).ok_or(StoreError::NotFound("user"))
}

/// Gives an account another password.
pub async fn set_password(write: &Write, id: UserId, hash: String) -> Result<(), StoreError> {
    set(write, id, Column::PasswordHash, Expr::value(hash)).await
}

/// Disables an account since this instant, or enables it.
pub async fn set_disabled(
    write: &Write,
    id: UserId,
    since: Option<DateTime<Utc>>,
) -> Result<(), StoreError> {
    set(write, id, Column::DisabledAt, Expr::value(since)).await
}

/// Erases an account for good: what refers to it refers to nobody. Its address is free again.
pub async fn erase(write: &Write, id: UserId, at: DateTime<Utc>) -> Result<(), StoreError> {
    let gone = format!("{id}@erased.invalid");
    set(write, id, Column::Email, Expr::value(gone)).await?;
    set(write, id, Column::Name, Expr::value("")).await?;
    set(write, id, Column::PasswordHash, Expr::value("")).await?;
    set_disabled(write, id, Some(at)).await
}

async fn set(write: &Write, id: UserId, column: Column, value: Expr) -> Result<(), StoreError> {
    let changed = Entity::update_many()
        .col_expr(column, value)
        .filter(Column::Id.eq(Key(id)))
        .exec(write.tx())
        .await?;
    match changed.rows_affected {
        0 => Err(StoreError::NotFound("user")),
        _ => Ok(()),
    }
}

/// Whether there is no user at all, as on the first start. Asks only for what each version had, as
/// does [`is_named`].
pub async fn is_empty(db: &impl ConnectionTrait) -> Result<bool, StoreError> {
    let ids = Entity::find().select_only().column(Column::Id);
    Ok(ids.count(db).await? == 0)
}

/// Whether the account with this address has this name.
pub async fn is_named(
    db: &impl ConnectionTrait,
    email: &str,
    name: &str,
) -> Result<bool, StoreError> {
    let ids = Entity::find().select_only().column(Column::Id);
    let named = ids
        .filter(Column::Email.eq(normalize(email)))
        .filter(Column::Name.eq(name));
    Ok(named.count(db).await? > 0)
}

impl From<Model> for User {
    fn from(row: Model) -> Self {
        Self {
            id: row.id.0,
            email: row.email,
            name: row.name,
            password_hash: row.password_hash,
            created_at: row.created_at,
            disabled_at: row.disabled_at,
        }
    }
}
