//! An import of a file into an organization's evidence.

use membership_domain::id::{Import, Organization, User};
use sea_orm::entity::prelude::*;

use crate::key::Key;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "imports")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Key<Import>,
    pub organization_id: Key<Organization>,
    pub name: String,
    pub kind: String,
    #[sea_orm(column_type = "Text")]
    pub counts: String,
    #[sea_orm(column_type = "Text")]
    pub changes: String,
    pub imported_by: Key<User>,
    pub imported_at: DateTimeUtc,
    // Not `Option<Key<_>>`: SeaORM 2.0.4 cannot read a NULL as one.
    pub undone_by: Option<String>,
    pub undone_at: Option<DateTimeUtc>,
    pub authority: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
