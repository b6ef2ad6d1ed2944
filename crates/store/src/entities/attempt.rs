//! Attempts to pay by card.

use membership_domain::id::{Attempt, Order, Organization};
use sea_orm::entity::prelude::*;

use crate::key::Key;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attempts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Key<Attempt>,
    pub organization_id: Key<Organization>,
    pub order_id: Key<Order>,
    /// From 1, in each order.
    pub count: i32,
    pub state: String,
    pub gateway: String,
    pub gateway_reference: Option<String>,
    /// Where the buyer pays.
    #[sea_orm(column_type = "Text", nullable)]
    pub redirect: Option<String>,
    pub amount: i64,
    pub currency: String,
    /// Why it was declined.
    pub reason: Option<String>,
    /// The last digits, as the gateway gives them.
    pub card: Option<String>,
    pub created_at: DateTimeUtc,
    pub changed_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
