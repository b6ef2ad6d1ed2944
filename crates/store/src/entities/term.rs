//! Terms that orders gave.

use membership_domain::id::{Order, Organization, Term};
use sea_orm::entity::prelude::*;

use crate::key::Key;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "terms")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Key<Term>,
    pub organization_id: Key<Organization>,
    pub order_id: Key<Order>,
    pub program: String,
    /// The option that was chosen.
    pub benefits: Option<String>,
    pub starts_on: Date,
    pub ends_on: Option<Date>,
    /// When somebody is reminded of its renewal next.
    pub remind_on: Option<Date>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
