//! Bills: what they say, then their number, then their bytes.

use membership_domain::id::{Bill, Order, Organization};
use sea_orm::entity::prelude::*;

use crate::key::Key;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bills")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Key<Bill>,
    pub organization_id: Key<Organization>,
    pub order_id: Key<Order>,
    pub kind: String,
    pub series: String,
    pub number: Option<String>,
    pub issued_on: Date,
    /// JSON.
    #[sea_orm(column_type = "Text")]
    pub content: String,
    pub pdf: Option<Vec<u8>>,
    pub pdf_hash: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub xml: Option<String>,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
