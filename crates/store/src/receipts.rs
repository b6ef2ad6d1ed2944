//! Money that came in: each piece once, by what it came from, whoever tells of it and how often.

use chrono::{DateTime, NaiveDate, Utc};
use membership_domain::id::{OrderId, OrganizationId, ReceiptId};
use membership_domain::money::Money;
use membership_domain::purchase::bill::PaymentMethod;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::entities::coded;
use crate::entities::receipt::{ActiveModel, Column, Entity, Model};
use crate::key::Key;
use crate::{StoreError, Write};

membership_domain::codes! {
    /// How far money is that its order did not take.
    Parking {
        /// It waits for a decision.
        Waiting = "waiting",
        /// It is to go back to who sent it.
        ToReturn = "to_return",
        /// It went back.
        Returned = "returned",
        /// It went to another order.
        Assigned = "assigned",
    }
}

/// A piece of money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// UUIDv7.
    pub id: ReceiptId,
    /// Whose order it was for.
    pub organization: OrganizationId,
    /// For which order.
    pub order: OrderId,
    /// What it came from: an attempt, an entry of a bank. Unique.
    pub source: String,
    /// How it came.
    pub method: PaymentMethod,
    /// How much.
    pub money: Money,
    /// What of it is parked, in minor units.
    pub parked: i64,
    /// How far the parked part is, where there is one.
    pub parking: Option<Parking>,
    /// The day on which it was there.
    pub value_on: NaiveDate,
    /// The reference of a transfer, or the last digits of a card.
    pub detail: Option<String>,
    /// In real time.
    pub created_at: DateTime<Utc>,
}

/// Adds a piece. One from the same source is a [`StoreError::Duplicate`].
pub async fn insert(write: &Write, new: &Receipt) -> Result<(), StoreError> {
    Entity::insert(row(new))
        .exec_without_returning(write.tx())
        .await?;
    Ok(())
}

/// Keeps a piece as it is now.
pub async fn update(write: &Write, changed: &Receipt) -> Result<(), StoreError> {
    Entity::update(row(changed))
        .exec_without_returning(write.tx())
        .await?;
    Ok(())
}

/// The piece with this id.
pub async fn by_id(
    db: &impl ConnectionTrait,
    id: ReceiptId,
) -> Result<Option<Receipt>, StoreError> {
    let row = Entity::find_by_id(Key(id)).one(db).await?;
    row.map(Receipt::try_from).transpose()
}

/// The piece that came from a source.
pub async fn by_source(
    db: &impl ConnectionTrait,
    source: &str,
) -> Result<Option<Receipt>, StoreError> {
    let row = Entity::find()
        .filter(Column::Source.eq(source))
        .one(db)
        .await?;
    row.map(Receipt::try_from).transpose()
}

/// What came in for an order, in the order in which it came.
pub async fn of_order(
    db: &impl ConnectionTrait,
    order: OrderId,
) -> Result<Vec<Receipt>, StoreError> {
    let rows = Entity::find()
        .filter(Column::OrderId.eq(Key(order)))
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(Receipt::try_from).collect()
}

/// All that waits for a decision, the oldest first.
pub async fn parked(db: &impl ConnectionTrait) -> Result<Vec<Receipt>, StoreError> {
    let open = [Parking::Waiting, Parking::ToReturn].map(Parking::code);
    let rows = Entity::find()
        .filter(Column::Parking.is_in(open))
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(Receipt::try_from).collect()
}

fn row(receipt: &Receipt) -> ActiveModel {
    ActiveModel {
        id: Set(Key(receipt.id)),
        organization_id: Set(Key(receipt.organization)),
        order_id: Set(Key(receipt.order)),
        source: Set(receipt.source.clone()),
        method: Set(receipt.method.code().to_owned()),
        currency: Set(receipt.money.currency.code().to_owned()),
        amount: Set(receipt.money.amount),
        parked: Set(receipt.parked),
        parking: Set(receipt.parking.map(|one| one.code().to_owned())),
        value_on: Set(receipt.value_on),
        detail: Set(receipt.detail.clone()),
        created_at: Set(receipt.created_at),
    }
}

impl TryFrom<Model> for Receipt {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let currency = coded("currency", &row.currency, |code| code.parse().ok())?;
        let parking = row.parking.as_deref();
        let parking = parking.map(|code| coded("parking", code, Parking::from_code));
        Ok(Self {
            id: row.id.0,
            organization: row.organization_id.0,
            order: row.order_id.0,
            source: row.source,
            method: coded("method of a receipt", &row.method, PaymentMethod::from_code)?,
            money: Money::new(row.amount, currency),
            parked: row.parked,
            parking: parking.transpose()?,
            value_on: row.value_on,
            detail: row.detail,
            created_at: row.created_at,
        })
    }
}
