//! Second factors: the secret that a person's authenticator app has, the last code that was used,
//! and recovery codes. Each code works once, on whichever server it is used first.
//!
//! The secret is kept as it is, because every code is made from it and the server has no key outside
//! of the database. No answer of the API has it after the app was set up.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use membership_domain::id::UserId;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, Set};

use crate::entities::{recovery_code, second_factor};
use crate::key::Key;
use crate::{StoreError, Write};

/// A second factor, whether it counts yet or not.
#[derive(Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// In base 32, as apps take it.
    pub secret: String,
    /// Since when it counts; none until a first code showed that the app has the secret.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// The step of the last code that was used: no code of it or of an earlier one works again.
    pub last_step: i64,
}

impl std::fmt::Debug for SecondFactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SecondFactor")
            .field("confirmed_at", &self.confirmed_at)
            .finish_non_exhaustive()
    }
}

/// The second factor of a user that counts.
pub async fn confirmed(
    db: &impl ConnectionTrait,
    user: UserId,
) -> Result<Option<SecondFactor>, StoreError> {
    let found = of_user(db, user).await?;
    Ok(found.filter(|one| one.confirmed_at.is_some()))
}

/// Those of the users who have one that counts.
pub async fn confirmed_among(
    db: &impl ConnectionTrait,
    users: &[UserId],
) -> Result<BTreeSet<UserId>, StoreError> {
    let among = users.iter().copied().map(Key);
    let found = second_factor::Entity::find()
        .filter(second_factor::Column::UserId.is_in(among))
        .filter(second_factor::Column::ConfirmedAt.is_not_null());
    let rows = found.all(db).await?;
    Ok(rows.into_iter().map(|row| row.user_id.0).collect())
}

/// The second factor of a user, also one that does not count yet.
pub async fn of_user(
    db: &impl ConnectionTrait,
    user: UserId,
) -> Result<Option<SecondFactor>, StoreError> {
    let row = second_factor::Entity::find_by_id(Key(user)).one(db).await?;
    Ok(row.map(|row| SecondFactor {
        secret: row.secret,
        confirmed_at: row.confirmed_at,
        last_step: row.last_step,
    }))
}

/// Begins with a secret that does not count yet, in place of one that was never confirmed. The
/// caller holds the user's row and saw that none is confirmed.
pub async fn begin(
    write: &Write,
    user: UserId,
    secret: String,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let key = Key(user);
    second_factor::Entity::delete_by_id(key)
        .exec(write.tx())
        .await?;
    let row = second_factor::ActiveModel {
        user_id: Set(key),
        secret: Set(secret),
        created_at: Set(at),
        confirmed_at: Set(None),
        last_step: Set(0),
    };
    second_factor::Entity::insert(row)
        .exec_without_returning(write.tx())
        .await?;
    Ok(())
}

/// Makes the second factor count.
pub async fn confirm(write: &Write, user: UserId, at: DateTime<Utc>) -> Result<(), StoreError> {
    second_factor::Entity::update_many()
        .col_expr(second_factor::Column::ConfirmedAt, Expr::value(at))
        .filter(second_factor::Column::UserId.eq(Key(user)))
        .exec(write.tx())
        .await?;
    Ok(())
}

/// Notes that the code of a step was used. False where it, or a later one, was used before.
pub async fn take_step(write: &Write, user: UserId, step: i64) -> Result<bool, StoreError> {
    let taken = second_factor::Entity::update_many()
        .col_expr(second_factor::Column::LastStep, Expr::value(step))
        .filter(second_factor::Column::UserId.eq(Key(user)))
        .filter(second_factor::Column::LastStep.lt(step))
        .exec(write.tx())
        .await?;
    Ok(taken.rows_affected > 0)
}

/// Removes a user's second factor with its recovery codes. Whether there was one.
pub async fn remove(write: &Write, user: UserId) -> Result<bool, StoreError> {
    forget_codes(write, user).await?;
    let gone = second_factor::Entity::delete_by_id(Key(user))
        .exec(write.tx())
        .await?;
    Ok(gone.rows_affected > 0)
}

/// Gives a user these recovery codes, by their hashes, in place of those before.
pub async fn set_recovery_codes(
    write: &Write,
    user: UserId,
    hashes: &[String],
) -> Result<(), StoreError> {
    forget_codes(write, user).await?;
    let rows = hashes.iter().map(|hash| recovery_code::ActiveModel {
        user_id: Set(Key(user)),
        code_hash: Set(hash.clone()),
        used_at: Set(None),
    });
    recovery_code::Entity::insert_many(rows)
        .exec_without_returning(write.tx())
        .await?;
    Ok(())
}

/// Uses a recovery code. False where the user has no such code, or used it before.
pub async fn take_recovery_code(
    write: &Write,
    user: UserId,
    hash: &str,
    at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let taken = recovery_code::Entity::update_many()
        .col_expr(recovery_code::Column::UsedAt, Expr::value(at))
        .filter(recovery_code::Column::UserId.eq(Key(user)))
        .filter(recovery_code::Column::CodeHash.eq(hash))
        .filter(recovery_code::Column::UsedAt.is_null())
        .exec(write.tx())
        .await?;
    Ok(taken.rows_affected > 0)
}

/// How many recovery codes a user has left.
pub async fn recovery_codes_left(
    db: &impl ConnectionTrait,
    user: UserId,
) -> Result<u64, StoreError> {
    let left = recovery_code::Entity::find()
        .filter(recovery_code::Column::UserId.eq(Key(user)))
        .filter(recovery_code::Column::UsedAt.is_null());
    Ok(left.count(db).await?)
}

async fn forget_codes(write: &Write, user: UserId) -> Result<(), StoreError> {
    recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::UserId.eq(Key(user)))
        .exec(write.tx())
        .await?;
    Ok(())
}
