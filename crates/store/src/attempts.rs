//! Attempts to pay by card. At most one of an order is open, because the order's own state says so;
//! and each has a number within its order, so that two who begin one at once begin one.

use chrono::{DateTime, Utc};
use membership_domain::id::{AttemptId, OrderId, OrganizationId};
use membership_domain::money::Money;
use membership_domain::purchase::attempt::{AttemptState, DeclineReason};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};

use crate::entities::attempt::{ActiveModel, Column, Entity, Model};
use crate::entities::coded;
use crate::key::Key;
use crate::{Store, StoreError, Write};

/// An attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// UUIDv7; also the key under which the payment provider knows it, on every retry.
    pub id: AttemptId,
    /// Whose order it is for.
    pub organization: OrganizationId,
    /// For which order.
    pub order: OrderId,
    /// From 1, in each order.
    pub count: i32,
    /// How far it is.
    pub state: AttemptState,
    /// Which payment provider has it.
    pub gateway: String,
    /// The provider's own id, once it is known.
    pub gateway_reference: Option<String>,
    /// Where the buyer pays, once it is known.
    pub redirect: Option<String>,
    /// How much.
    pub money: Money,
    /// Why it was declined.
    pub reason: Option<DeclineReason>,
    /// The last digits of the card, as the provider gives them.
    pub card: Option<String>,
    /// In real time.
    pub created_at: DateTime<Utc>,
    /// In real time.
    pub changed_at: DateTime<Utc>,
}

/// Adds an attempt. One with the same number of the order is a [`StoreError::Duplicate`].
pub async fn insert(write: &Write, new: &Attempt) -> Result<(), StoreError> {
    Entity::insert(row(new))
        .exec_without_returning(write.tx())
        .await?;
    Ok(())
}

/// Keeps an attempt as it is now.
pub async fn update(write: &Write, changed: &Attempt) -> Result<(), StoreError> {
    Entity::update(row(changed))
        .exec_without_returning(write.tx())
        .await?;
    Ok(())
}

/// The attempt with this id.
pub async fn by_id(
    db: &impl ConnectionTrait,
    id: AttemptId,
) -> Result<Option<Attempt>, StoreError> {
    let row = Entity::find_by_id(Key(id)).one(db).await?;
    row.map(Attempt::try_from).transpose()
}

/// The attempt that a payment provider knows by its own id.
pub async fn by_gateway_reference(
    db: &impl ConnectionTrait,
    gateway: &str,
    reference: &str,
) -> Result<Option<Attempt>, StoreError> {
    let row = Entity::find()
        .filter(Column::Gateway.eq(gateway))
        .filter(Column::GatewayReference.eq(reference))
        .one(db)
        .await?;
    row.map(Attempt::try_from).transpose()
}

/// The attempts of an order, the newest first.
pub async fn of_order(
    db: &impl ConnectionTrait,
    order: OrderId,
) -> Result<Vec<Attempt>, StoreError> {
    let rows = Entity::find()
        .filter(Column::OrderId.eq(Key(order)))
        .order_by_desc(Column::Count)
        .all(db)
        .await?;
    rows.into_iter().map(Attempt::try_from).collect()
}

/// The newest attempt of an order.
pub async fn newest(
    db: &impl ConnectionTrait,
    order: OrderId,
) -> Result<Option<Attempt>, StoreError> {
    let row = Entity::find()
        .filter(Column::OrderId.eq(Key(order)))
        .order_by_desc(Column::Count)
        .limit(1)
        .one(db)
        .await?;
    row.map(Attempt::try_from).transpose()
}

/// Open attempts that nobody looked at since a moment, the ones that wait longest first, at most
/// `limit`.
pub async fn unsettled(
    db: &impl ConnectionTrait,
    states: &[AttemptState],
    before: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Attempt>, StoreError> {
    let rows = Entity::find()
        .filter(Column::State.is_in(states.iter().map(|state| state.code())))
        .filter(Column::ChangedAt.lt(before))
        .order_by_asc(Column::ChangedAt)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(Attempt::try_from).collect()
}

/// Notes that an attempt was looked at, so that others have their turn. Nothing that anyone asks
/// about: no audit entry.
pub async fn touch(store: &Store, id: AttemptId, at: DateTime<Utc>) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::ChangedAt, Expr::value(at))
        .filter(Column::Id.eq(Key(id)))
        .exec(store.db())
        .await?;
    Ok(())
}

/// Notes an event of a payment provider, by an id of which there is one. Whether it is new.
pub async fn event_is_new(write: &Write, id: &str, at: DateTime<Utc>) -> Result<bool, StoreError> {
    use crate::entities::gateway_event as event;

    let row = event::ActiveModel {
        id: Set(id.to_owned()),
        received_at: Set(at),
    };
    // Of two that are told at once the second one waits for the first, and is not new then.
    let new = OnConflict::column(event::Column::Id)
        .do_nothing()
        .to_owned();
    let insert = event::Entity::insert(row).on_conflict(new);
    Ok(insert.exec_without_returning(write.tx()).await? > 0)
}

fn row(attempt: &Attempt) -> ActiveModel {
    ActiveModel {
        id: Set(Key(attempt.id)),
        organization_id: Set(Key(attempt.organization)),
        order_id: Set(Key(attempt.order)),
        count: Set(attempt.count),
        state: Set(attempt.state.code().to_owned()),
        gateway: Set(attempt.gateway.clone()),
        gateway_reference: Set(attempt.gateway_reference.clone()),
        redirect: Set(attempt.redirect.clone()),
        amount: Set(attempt.money.amount),
        currency: Set(attempt.money.currency.code().to_owned()),
        reason: Set(attempt.reason.map(|reason| reason.code().to_owned())),
        card: Set(attempt.card.clone()),
        created_at: Set(attempt.created_at),
        changed_at: Set(attempt.changed_at),
    }
}

impl TryFrom<Model> for Attempt {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let currency = coded("currency", &row.currency, |code| code.parse().ok())?;
        let reason = row.reason.as_deref();
        let reason = reason.map(|code| coded("reason", code, DeclineReason::from_code));
        Ok(Self {
            id: row.id.0,
            organization: row.organization_id.0,
            order: row.order_id.0,
            count: row.count,
            state: coded("state of an attempt", &row.state, AttemptState::from_code)?,
            gateway: row.gateway,
            gateway_reference: row.gateway_reference,
            redirect: row.redirect,
            money: Money::new(row.amount, currency),
            reason: reason.transpose()?,
            card: row.card,
            created_at: row.created_at,
            changed_at: row.changed_at,
        })
    }
}
