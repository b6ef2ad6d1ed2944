//! Money that came in, each piece once.

use membership_domain::id::{Order, Organization, Receipt};
use sea_orm::entity::prelude::*;

use crate::key::Key;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "receipts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Key<Receipt>,
    pub organization_id: Key<Organization>,
    pub order_id: Key<Order>,
    /// What it came from: unique.
    pub source: String,
    pub method: String,
    pub currency: String,
    pub amount: i64,
    /// What of it the order did not take.
    pub parked: i64,
    /// How far the parked part is.
    pub parking: Option<String>,
    pub value_on: Date,
    /// The reference of a transfer, or the last digits of a card.
    #[sea_orm(column_type = "Text", nullable)]
    pub detail: Option<String>,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
