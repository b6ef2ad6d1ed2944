//! What people asked for and somebody decides.

use membership_domain::id::{Organization, Request, User};
use sea_orm::entity::prelude::*;

use crate::key::Key;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "requests")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Key<Organization>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Key<Request>,
    pub kind: String,
    pub subject: String,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub asked_by: Key<User>,
    pub asked_at: DateTimeUtc,
    pub state: String,
    // Not `Option<Key<_>>`: SeaORM 2.0.4 cannot read a NULL as one.
    pub decided_by: Option<String>,
    pub decided_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text")]
    pub note: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
