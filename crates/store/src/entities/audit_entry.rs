//! Who changed what. The database refuses to change or remove a row.

use membership_domain::id::Entry;
use sea_orm::entity::prelude::*;

use crate::key::Key;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Key<Entry>,
    pub at: DateTimeUtc,
    // Not `Option<Key<_>>`: SeaORM 2.0.4 cannot read a NULL as one.
    pub user_id: Option<String>,
    pub organization_id: Option<String>,
    pub action: String,
    pub subject: String,
    #[sea_orm(column_type = "Text")]
    pub detail: String,
    pub request_id: String,
    // From here on empty in entries of before.
    pub actor: Option<String>,
    pub by_id: Option<String>,
    pub session_id: Option<String>,
    pub about_id: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub changes: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
