//! Who is a member of which organization.

use membership_domain::id::{Organization, User};
use sea_orm::entity::prelude::*;

use crate::key::Key;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "members")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Key<Organization>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Key<User>,
    /// The name as it is sorted and searched.
    #[sea_orm(column_type = "Text")]
    pub name_key: String,
    /// The email as it is sorted and searched.
    #[sea_orm(column_type = "Text")]
    pub email_key: String,
    pub joined_at: DateTimeUtc,
    /// Milliseconds since 1970; 0 for somebody who was never here.
    pub signed_in_ms: i64,
    /// Codes of roles, separated by spaces.
    pub withheld: String,
    pub deactivated_at: Option<DateTimeUtc>,
    // Not `Option<Key<_>>`: SeaORM 2.0.4 cannot read a NULL as one.
    pub deactivated_by: Option<String>,
    pub removed_at: Option<DateTimeUtc>,
    pub erased_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
