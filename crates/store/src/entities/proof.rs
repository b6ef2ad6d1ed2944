//! Proofs of transfers.

use membership_domain::id::{Order, User};
use sea_orm::entity::prelude::*;

use crate::key::Key;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "proofs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_id: Key<Order>,
    pub paid_on: Date,
    #[sea_orm(column_type = "Text")]
    pub account: String,
    #[sea_orm(column_type = "Text")]
    pub transaction_id: String,
    pub kind: String,
    /// In bytes.
    pub size: i64,
    pub bytes: Vec<u8>,
    pub uploaded_by: Key<User>,
    pub uploaded_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
