//! Orders and their drafts. Who writes one holds the lock of its organization's row.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use membership_domain::id::{OrderId, OrganizationId, UserId};
use membership_domain::money::{Currency, Money};
use membership_domain::purchase::bill::PaymentMethod;
use membership_domain::purchase::order::{OrderState, OrderStatus};
use membership_domain::purchase::quote::{OrderAnswers, Quote};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};

use crate::entities::order::{ActiveModel, Column, Entity, Model};
use crate::entities::{coded, json, read_json};
use crate::key::Key;
use crate::{StoreError, Write};

/// An order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// UUIDv7.
    pub id: OrderId,
    /// Whose.
    pub organization: OrganizationId,
    /// As people quote it; a draft has none.
    pub number: Option<String>,
    /// The creditor reference (ISO 11649) of transfers for it; a draft has none.
    pub reference: Option<String>,
    /// How far it is.
    pub status: OrderStatus,
    /// What the buyer answered.
    pub answers: OrderAnswers,
    /// What it is and costs.
    pub quote: Quote,
    /// So long the quote of a draft holds, by the business clock.
    pub held_until: DateTime<Utc>,
    /// Who began it.
    pub created_by: UserId,
    /// When, by the business clock.
    pub created_at: DateTime<Utc>,
    /// When it was placed, by the business clock.
    pub placed_at: Option<DateTime<Utc>>,
    /// When it was fulfilled, canceled or expired, by the business clock.
    pub ended_at: Option<DateTime<Utc>>,
    /// The day from which on the next month of it is earned; none where nothing is to come.
    pub earns_on: Option<NaiveDate>,
    /// 1 at first; one more with every change.
    pub revision: i64,
}

impl Order {
    /// Whether it can still be changed by its buyer or become fulfilled.
    #[must_use]
    pub fn is_under_way(&self) -> bool {
        self.status.is_open() || self.status.state == OrderState::Draft
    }

    /// There is one draft and one open order of an offer in an organization.
    fn open_key(&self) -> Option<String> {
        let offer = &self.answers.offer;
        match self.status.state {
            OrderState::Draft => Some(format!("draft {offer}")),
            _ if self.status.is_open() => Some(format!("open {offer}")),
            _ => None,
        }
    }
}

/// Adds an order. A second draft, or a second open order of an offer, is a
/// [`StoreError::Duplicate`].
pub async fn insert(write: &Write, new: &Order) -> Result<(), StoreError> {
    Entity::insert(row(new)?)
        .exec_without_returning(write.tx())
        .await?;
    Ok(())
}

/// Saves an order as it is to be, with the next revision, if its revision is still the one that was
/// read: else a [`StoreError::Stale`].
pub async fn update(write: &Write, to: &mut Order) -> Result<(), StoreError> {
    let expected = to.revision;
    to.revision += 1;
    let changed = Entity::update_many()
        .set(row(to)?)
        .filter(Column::Id.eq(Key(to.id)))
        .filter(Column::Revision.eq(expected))
        .exec(write.tx())
        .await?;
    match changed.rows_affected {
        0 => Err(StoreError::Stale { expected, found: 0 }),
        _ => Ok(()),
    }
}

/// Removes a draft: nothing refers to it.
pub async fn remove_draft(write: &Write, id: OrderId) -> Result<(), StoreError> {
    Entity::delete_many()
        .filter(Column::Id.eq(Key(id)))
        .filter(Column::State.eq(OrderState::Draft.code()))
        .exec(write.tx())
        .await?;
    Ok(())
}

/// The order with this id.
pub async fn by_id(db: &impl ConnectionTrait, id: OrderId) -> Result<Option<Order>, StoreError> {
    let row = Entity::find_by_id(Key(id)).one(db).await?;
    row.map(Order::try_from).transpose()
}

/// The order of an organization.
pub async fn of_organization(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    id: OrderId,
) -> Result<Option<Order>, StoreError> {
    let order = by_id(db, id).await?;
    Ok(order.filter(|order| order.organization == organization))
}

/// The order with this reference, which is unique.
pub async fn by_reference(
    db: &impl ConnectionTrait,
    reference: &str,
) -> Result<Option<Order>, StoreError> {
    let row = Entity::find()
        .filter(Column::Reference.eq(reference))
        .one(db)
        .await?;
    row.map(Order::try_from).transpose()
}

/// The orders with these references: their ids, organizations and currencies, by reference.
pub async fn by_references(
    db: &impl ConnectionTrait,
    references: &[String],
) -> Result<HashMap<String, Named>, StoreError> {
    type Row = (
        Option<String>,
        Key<membership_domain::id::Order>,
        Key<membership_domain::id::Organization>,
        String,
    );
    let mut found = HashMap::new();
    for some in references.chunks(500) {
        let rows: Vec<Row> = Entity::find()
            .select_only()
            .columns([
                Column::Reference,
                Column::Id,
                Column::OrganizationId,
                Column::Currency,
            ])
            .filter(Column::Reference.is_in(some.iter().map(String::as_str)))
            .into_tuple()
            .all(db)
            .await?;
        for (reference, id, organization, currency) in rows {
            let named = Named {
                id: id.0,
                organization: organization.0,
                currency: coded("currency", &currency, |code| code.parse().ok())?,
            };
            found.extend(reference.map(|reference| (reference, named)));
        }
    }
    Ok(found)
}

/// An order as somebody names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// Which.
    pub id: OrderId,
    /// Whose.
    pub organization: OrganizationId,
    /// ISO 4217 code.
    pub currency: Currency,
}

/// Open orders of all organizations of which so much is still due, to suggest them; at most `limit`.
pub async fn open_with_due(
    db: &impl ConnectionTrait,
    money: Money,
    limit: u64,
) -> Result<Vec<Order>, StoreError> {
    let open = [OrderState::AwaitingPayment, OrderState::PartlyPaid].map(OrderState::code);
    let still_due = Expr::col(Column::Total).sub(Expr::col(Column::Received));
    let rows = Entity::find()
        .filter(Column::State.is_in(open))
        .filter(Column::Currency.eq(money.currency.code()))
        .filter(still_due.eq(money.amount))
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(Order::try_from).collect()
}

/// How many orders wait for their payment.
pub async fn count_open(db: &impl ConnectionTrait) -> Result<u64, StoreError> {
    let open = Entity::find()
        .filter(Column::OpenKey.is_not_null())
        .filter(Column::Number.is_not_null());
    Ok(open.count(db).await?)
}

/// Orders of all organizations that were placed, of a state where one is asked for, whose number
/// begins like this; newest first, those before `before`, at most `limit`.
pub async fn search(
    db: &impl ConnectionTrait,
    state: Option<OrderState>,
    number: &str,
    before: Option<OrderId>,
    limit: u64,
) -> Result<Vec<Order>, StoreError> {
    let mut find = Entity::find()
        .filter(Column::Number.is_not_null())
        .order_by_desc(Column::Id)
        .limit(limit);
    if let Some(state) = state {
        find = find.filter(Column::State.eq(state.code()));
    }
    if !number.is_empty() {
        find = find.filter(Column::Number.starts_with(number));
    }
    if let Some(before) = before {
        find = find.filter(Column::Id.lt(Key(before)));
    }
    let rows = find.all(db).await?;
    rows.into_iter().map(Order::try_from).collect()
}

/// The order with this number, which is unique.
pub async fn by_number(
    db: &impl ConnectionTrait,
    number: &str,
) -> Result<Option<Order>, StoreError> {
    let row = Entity::find()
        .filter(Column::Number.eq(number))
        .one(db)
        .await?;
    row.map(Order::try_from).transpose()
}

/// The drafts and open orders of an organization, the newest first.
pub async fn under_way(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<Vec<Order>, StoreError> {
    let rows = Entity::find()
        .filter(Column::OrganizationId.eq(Key(organization)))
        .filter(Column::OpenKey.is_not_null())
        .order_by_desc(Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(Order::try_from).collect()
}

/// Orders of an organization that were placed, newest first, those before `before`, at most `limit`.
pub async fn placed(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    before: Option<OrderId>,
    limit: u64,
) -> Result<Vec<Order>, StoreError> {
    let mut find = Entity::find()
        .filter(Column::OrganizationId.eq(Key(organization)))
        .filter(Column::Number.is_not_null())
        .order_by_desc(Column::Id)
        .limit(limit);
    if let Some(before) = before {
        find = find.filter(Column::Id.lt(Key(before)));
    }
    let rows = find.all(db).await?;
    rows.into_iter().map(Order::try_from).collect()
}

/// Orders of all organizations that can have expired by a day, at most `limit`.
pub async fn overdue(
    db: &impl ConnectionTrait,
    on: NaiveDate,
    limit: u64,
) -> Result<Vec<(OrganizationId, OrderId)>, StoreError> {
    let rows: Vec<(
        Key<membership_domain::id::Organization>,
        Key<membership_domain::id::Order>,
    )> = Entity::find()
        .select_only()
        .columns([Column::OrganizationId, Column::Id])
        .filter(Column::State.eq(OrderState::AwaitingPayment.code()))
        .filter(Column::ExpiresOn.lt(on))
        .order_by_asc(Column::Id)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(org, id)| (org.0, id.0)).collect())
}

/// Orders of which a month is over that was not booked yet, at most `limit`.
pub async fn earning(
    db: &impl ConnectionTrait,
    on: NaiveDate,
    limit: u64,
) -> Result<Vec<Order>, StoreError> {
    let rows = Entity::find()
        .filter(Column::EarnsOn.lte(on))
        .order_by_asc(Column::EarnsOn)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(Order::try_from).collect()
}

fn row(order: &Order) -> Result<ActiveModel, StoreError> {
    let status = &order.status;
    Ok(ActiveModel {
        id: Set(Key(order.id)),
        organization_id: Set(Key(order.organization)),
        number: Set(order.number.clone()),
        reference: Set(order.reference.clone()),
        open_key: Set(order.open_key()),
        state: Set(status.state.code().to_owned()),
        method: Set(status.method.code().to_owned()),
        currency: Set(order.quote.sale.currency.code().to_owned()),
        total: Set(status.total),
        received: Set(status.received),
        expires_on: Set(status.expires_on),
        offer: Set(order.answers.offer.clone()),
        answers: Set(json("answers of an order", &order.answers)?),
        quote: Set(json("quote of an order", &order.quote)?),
        held_until: Set(order.held_until),
        created_by: Set(Key(order.created_by)),
        created_at: Set(order.created_at),
        placed_at: Set(order.placed_at),
        ended_at: Set(order.ended_at),
        earns_on: Set(order.earns_on),
        revision: Set(order.revision),
    })
}

impl TryFrom<Model> for Order {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id.0,
            organization: row.organization_id.0,
            number: row.number,
            reference: row.reference,
            status: OrderStatus {
                state: coded("state of an order", &row.state, OrderState::from_code)?,
                method: coded("method of an order", &row.method, PaymentMethod::from_code)?,
                total: row.total,
                received: row.received,
                expires_on: row.expires_on,
            },
            answers: read_json("answers of an order", &row.answers)?,
            quote: read_json("quote of an order", &row.quote)?,
            held_until: row.held_until,
            created_by: row.created_by.0,
            created_at: row.created_at,
            placed_at: row.placed_at,
            ended_at: row.ended_at,
            earns_on: row.earns_on,
            revision: row.revision,
        })
    }
}
