//! Which user has which role in which organization.

use membership_domain::id::{Organization, User};
use sea_orm::entity::prelude::*;

use crate::key::Key;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role_grants")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Key<User>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Key<Organization>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub role: String,
    pub granted_at: DateTimeUtc,
    /// `organization` or `locations`.
    pub scope: String,
    // Not `Option<Key<_>>`: SeaORM 2.0.4 cannot read a NULL as one.
    pub granted_by: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
