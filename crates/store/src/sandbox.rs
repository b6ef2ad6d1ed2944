//! The books of the sandbox payment provider: an outside party that only a demo has. What it does
//! is not the server's doing, and so not in the audit log.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};

pub use crate::entities::sandbox_payment::Model as SandboxPayment;
use crate::entities::sandbox_payment::{ActiveModel, Column, Entity};
use crate::{Store, StoreError};

/// Begins a payment, or gives the one that was begun with the same key.
pub async fn begin(store: &Store, new: SandboxPayment) -> Result<SandboxPayment, StoreError> {
    let write = store.begin().await?;
    let known = by_key(&write, &new.key).await?;
    if let Some(known) = known {
        return Ok(known);
    }
    Entity::insert(row(new.clone()))
        .exec_without_returning(&write)
        .await?;
    write.commit().await?;
    Ok(new)
}

/// The payment with this id.
pub async fn by_id(
    db: &impl ConnectionTrait,
    id: &str,
) -> Result<Option<SandboxPayment>, StoreError> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

async fn by_key(
    db: &impl ConnectionTrait,
    key: &str,
) -> Result<Option<SandboxPayment>, StoreError> {
    Ok(Entity::find().filter(Column::Key.eq(key)).one(db).await?)
}

/// Changes a payment as `change` says, which gives nothing where nothing changes: the payment as it
/// is then.
pub async fn change(
    store: &Store,
    id: &str,
    at: DateTime<Utc>,
    change: impl Fn(&SandboxPayment) -> Option<SandboxPayment>,
) -> Result<Option<SandboxPayment>, StoreError> {
    let write = store.begin().await?;
    let mut find = Entity::find_by_id(id);
    if write.get_database_backend() == sea_orm::DbBackend::Postgres {
        use sea_orm::QuerySelect as _;
        find = find.lock_exclusive();
    }
    let Some(known) = find.one(&write).await? else {
        return Ok(None);
    };
    let Some(mut changed) = change(&known) else {
        return Ok(Some(known));
    };
    changed.changed_at = at;
    Entity::update(row(changed.clone()))
        .exec_without_returning(&write)
        .await?;
    write.commit().await?;
    Ok(Some(changed))
}

fn row(payment: SandboxPayment) -> ActiveModel {
    ActiveModel {
        id: Set(payment.id),
        key: Set(payment.key),
        amount: Set(payment.amount),
        currency: Set(payment.currency),
        order_number: Set(payment.order_number),
        description: Set(payment.description),
        return_to: Set(payment.return_to),
        state: Set(payment.state),
        reason: Set(payment.reason),
        card: Set(payment.card),
        dispute: Set(payment.dispute),
        silent: Set(payment.silent),
        changed_at: Set(payment.changed_at),
    }
}
