//! Sessions: signed-in browsers, found by the hash of their token.

use chrono::{DateTime, Utc};
use membership_domain::id::UserId;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, Set,
};

use crate::entities::session::{ActiveModel, Column, Entity, Model};
use crate::entities::user;
use crate::key::Key;
use crate::users::User;
use crate::{Store, StoreError, Write};

/// A signed-in browser.
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
    /// Hash of the token; the token itself is only in the browser's cookie.
    pub token_hash: String,
    /// Who.
    pub user: UserId,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When it was last used, to within the interval of [`touch`].
    pub seen_at: DateTime<Utc>,
    /// When it ends even if it is used.
    pub expires_at: DateTime<Utc>,
    /// When the person last proved who they are; not known of sessions of an earlier version.
    pub proved_at: Option<DateTime<Utc>>,
    /// Browser and system as people call them, where the browser says so.
    pub device: Option<String>,
    /// From which network address it began.
    pub address: Option<String>,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session")
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}

/// Begins a session.
pub async fn insert(write: &Write, session: Session) -> Result<(), StoreError> {
    let row = ActiveModel {
        token_hash: Set(session.token_hash),
        user_id: Set(Key(session.user)),
        created_at: Set(session.created_at),
        seen_at: Set(session.seen_at),
        expires_at: Set(session.expires_at),
        proved_at: Set(session.proved_at),
        device: Set(session.device),
        address: Set(session.address),
    };
    Entity::insert(row)
        .exec_without_returning(write.tx())
        .await?;
    Ok(())
}

/// The session with this token hash, ended or not: the caller knows the clock and the limits.
pub async fn by_hash(
    db: &impl ConnectionTrait,
    token_hash: &str,
) -> Result<Option<Session>, StoreError> {
    Ok(Entity::find_by_id(token_hash)
        .one(db)
        .await?
        .map(Session::from))
}

/// The same with its user: each request asks for both.
pub async fn with_user(
    db: &impl ConnectionTrait,
    token_hash: &str,
) -> Result<Option<(Session, User)>, StoreError> {
    let to_user = Entity::belongs_to(user::Entity)
        .from(Column::UserId)
        .to(user::Column::Id);
    let found = Entity::find_by_id(token_hash)
        .select_also(user::Entity)
        .join(JoinType::InnerJoin, to_user.into())
        .one(db)
        .await?;
    Ok(found.and_then(|(session, user)| Some((session.into(), user?.into()))))
}

/// Notes that a session is used. Not a change that anyone asks about: no audit entry.
pub async fn touch(store: &Store, token_hash: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::SeenAt, Expr::value(at))
        .filter(Column::TokenHash.eq(token_hash))
        .exec(store.db())
        .await?;
    Ok(())
}

/// Notes that the person of a session proved who they are. Whether the session is still there.
pub async fn set_proved(
    write: &Write,
    token_hash: &str,
    at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let noted = Entity::update_many()
        .col_expr(Column::ProvedAt, Expr::value(at))
        .filter(Column::TokenHash.eq(token_hash))
        .exec(write.tx())
        .await?;
    Ok(noted.rows_affected > 0)
}

/// Ends a session. Whether there was one.
pub async fn delete(write: &Write, token_hash: &str) -> Result<bool, StoreError> {
    let gone = Entity::delete_by_id(token_hash).exec(write.tx()).await?;
    Ok(gone.rows_affected > 0)
}

/// The sessions of a user, newest first, ended by the clock or not.
pub async fn of_user(db: &impl ConnectionTrait, user: UserId) -> Result<Vec<Session>, StoreError> {
    let rows = Entity::find()
        .filter(Column::UserId.eq(Key(user)))
        .order_by_desc(Column::CreatedAt)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(Session::from).collect())
}

/// Ends all sessions of a user. Gives how many there were.
pub async fn delete_of_user(write: &Write, user: UserId) -> Result<u64, StoreError> {
    let gone = Entity::delete_many()
        .filter(Column::UserId.eq(Key(user)))
        .exec(write.tx())
        .await?;
    Ok(gone.rows_affected)
}

/// Ends the sessions of a user but for this one. Gives how many there were.
pub async fn delete_others(
    write: &Write,
    user: UserId,
    token_hash: &str,
) -> Result<u64, StoreError> {
    let gone = Entity::delete_many()
        .filter(Column::UserId.eq(Key(user)))
        .filter(Column::TokenHash.ne(token_hash))
        .exec(write.tx())
        .await?;
    Ok(gone.rows_affected)
}

/// Removes the sessions of a user that are past their end or unused since `idle_since`.
pub async fn delete_ended(
    write: &Write,
    user: UserId,
    now: DateTime<Utc>,
    idle_since: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let gone = Entity::delete_many()
        .filter(Column::UserId.eq(Key(user)))
        .filter(
            Condition::any()
                .add(Column::ExpiresAt.lte(now))
                .add(Column::SeenAt.lte(idle_since)),
        )
        .exec(write.tx())
        .await?;
    Ok(gone.rows_affected)
}

/// Ends the sessions of a user but for the `most` that were used last. How many ended.
pub async fn delete_beyond(write: &Write, user: UserId, most: usize) -> Result<u64, StoreError> {
    let all: Vec<String> = Entity::find()
        .select_only()
        .column(Column::TokenHash)
        .filter(Column::UserId.eq(Key(user)))
        .order_by_desc(Column::SeenAt)
        .order_by_desc(Column::CreatedAt)
        .into_tuple()
        .all(write.tx())
        .await?;
    let beyond = all.into_iter().skip(most).collect::<Vec<_>>();
    if beyond.is_empty() {
        return Ok(0);
    }
    let gone = Entity::delete_many()
        .filter(Column::TokenHash.is_in(beyond))
        .exec(write.tx())
        .await?;
    Ok(gone.rows_affected)
}

impl From<Model> for Session {
    fn from(row: Model) -> Self {
        Self {
            token_hash: row.token_hash,
            user: row.user_id.0,
            created_at: row.created_at,
            seen_at: row.seen_at,
            expires_at: row.expires_at,
            proved_at: row.proved_at,
            device: row.device,
            address: row.address,
        }
    }
}
