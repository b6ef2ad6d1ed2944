//! Entries of the books.

use membership_domain::id::Posting;
use sea_orm::entity::prelude::*;

use crate::key::Key;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bookings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Key<Posting>,
    /// What it was booked for: unique.
    pub key: String,
    pub booked_on: Date,
    pub kind: String,
    pub organization_id: Option<String>,
    pub order_id: Option<String>,
    pub currency: String,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
