//! Orders, drafts among them.

use membership_domain::id::{Order, Organization, User};
use sea_orm::entity::prelude::*;

use crate::key::Key;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "orders")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Key<Order>,
    pub organization_id: Key<Organization>,
    /// None of a draft.
    pub number: Option<String>,
    /// What transfers are recognized by.
    pub reference: Option<String>,
    /// One draft and one open order of each offer.
    pub open_key: Option<String>,
    pub state: String,
    pub method: String,
    pub currency: String,
    pub total: i64,
    pub received: i64,
    pub expires_on: Date,
    pub offer: String,
    /// JSON.
    #[sea_orm(column_type = "Text")]
    pub answers: String,
    /// JSON.
    #[sea_orm(column_type = "Text")]
    pub quote: String,
    pub held_until: DateTimeUtc,
    pub created_by: Key<User>,
    pub created_at: DateTimeUtc,
    pub placed_at: Option<DateTimeUtc>,
    pub ended_at: Option<DateTimeUtc>,
    /// The day from which on the next month of it is earned.
    pub earns_on: Option<Date>,
    pub revision: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
