//! Terms that orders gave: one for each program of an order, once.

use chrono::NaiveDate;
use membership_domain::id::{OrderId, OrganizationId, TermId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};

use crate::entities::term::{ActiveModel, Column, Entity, Model};
use crate::key::Key;
use crate::{StoreError, Write};

/// A term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// UUIDv7.
    pub id: TermId,
    /// Whose.
    pub organization: OrganizationId,
    /// The order that gave it.
    pub order: OrderId,
    /// Of which program, by id.
    pub program: String,
    /// The benefits that were chosen, by the id of the option.
    pub benefits: Option<String>,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The anniversary; none where it has no end.
    pub ends_on: Option<NaiveDate>,
    /// When somebody is reminded of its renewal next; none where that is over.
    pub remind_on: Option<NaiveDate>,
}

/// Adds a term. One of the same order and program is a [`StoreError::Duplicate`].
pub async fn insert(write: &Write, new: Term) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(Key(new.id)),
        organization_id: Set(Key(new.organization)),
        order_id: Set(Key(new.order)),
        program: Set(new.program),
        benefits: Set(new.benefits),
        starts_on: Set(new.starts_on),
        ends_on: Set(new.ends_on),
        remind_on: Set(new.remind_on),
    };
    Entity::insert(row)
        .exec_without_returning(write.tx())
        .await?;
    Ok(())
}

/// The terms that an order gave.
pub async fn of_order(db: &impl ConnectionTrait, order: OrderId) -> Result<Vec<Term>, StoreError> {
    let rows = Entity::find()
        .filter(Column::OrderId.eq(Key(order)))
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(Term::from).collect())
}

/// Terms of all organizations of whose renewal somebody is to be reminded by a day, at most `limit`.
pub async fn to_remind(
    db: &impl ConnectionTrait,
    on: NaiveDate,
    limit: u64,
) -> Result<Vec<Term>, StoreError> {
    let rows = Entity::find()
        .filter(Column::RemindOn.lte(on))
        .order_by_asc(Column::RemindOn)
        .limit(limit)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(Term::from).collect())
}

/// Notes when somebody is reminded of a term next.
pub async fn set_remind_on(
    write: &Write,
    id: TermId,
    on: Option<NaiveDate>,
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::RemindOn, Expr::value(on))
        .filter(Column::Id.eq(Key(id)))
        .exec(write.tx())
        .await?;
    Ok(())
}

/// The terms of an organization, the oldest first.
pub async fn of_organization(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<Vec<Term>, StoreError> {
    let rows = Entity::find()
        .filter(Column::OrganizationId.eq(Key(organization)))
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(Term::from).collect())
}

impl From<Model> for Term {
    fn from(row: Model) -> Self {
        Self {
            id: row.id.0,
            organization: row.organization_id.0,
            order: row.order_id.0,
            program: row.program,
            benefits: row.benefits,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            remind_on: row.remind_on,
        }
    }
}
