//! One-time links. Their tokens are in a table of their own.

use membership_domain::id::Link;
use sea_orm::entity::prelude::*;

use crate::key::Key;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "links")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Key<Link>,
    pub purpose: String,
    // Not `Option<Key<_>>`: SeaORM 2.0.4 cannot read a NULL as one.
    pub user_id: Option<String>,
    pub organization_id: Option<String>,
    pub email: String,
    pub subject: String,
    pub issued_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub used_at: Option<DateTimeUtc>,
    pub revoked_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
