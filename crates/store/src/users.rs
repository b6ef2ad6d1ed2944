//! Users: people with a local account.

use chrono::{DateTime, Utc};
use sea_orm::value::TextUuid;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, Set};
use uuid::Uuid;

use crate::entities::user::{ActiveModel, Column, Entity, Model};
use crate::{StoreError, Write};

/// A person who can sign in.
#[derive(Clone, PartialEq, Eq)]
pub struct User {
    /// UUIDv7.
    pub id: Uuid,
    /// Normalized: see [`normalize`].
    pub email: String,
    /// As the person writes it.
    pub name: String,
    /// argon2id in PHC form.
    pub password_hash: String,
    /// By the server's clock.
    pub created_at: DateTime<Utc>,
}

impl std::fmt::Debug for User {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("User")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// The form in which e-mail addresses are stored and compared.
pub fn normalize(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Adds a user. Another one with this address is a [`StoreError::Duplicate`].
pub async fn insert(write: &Write, user: User) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(TextUuid(user.id)),
        email: Set(normalize(&user.email)),
        name: Set(user.name),
        password_hash: Set(user.password_hash),
        created_at: Set(user.created_at),
    };
    Entity::insert(row)
        .exec_without_returning(write.read())
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
pub async fn by_id(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<User>, StoreError> {
    Ok(Entity::find_by_id(TextUuid(id))
        .one(db)
        .await?
        .map(User::from))
}

/// Whether there is no user at all, as on the first start.
pub async fn is_empty(db: &impl ConnectionTrait) -> Result<bool, StoreError> {
    Ok(Entity::find().count(db).await? == 0)
}

impl From<Model> for User {
    fn from(row: Model) -> Self {
        Self {
            id: row.id.0,
            email: row.email,
            name: row.name,
            password_hash: row.password_hash,
            created_at: row.created_at,
        }
    }
}
