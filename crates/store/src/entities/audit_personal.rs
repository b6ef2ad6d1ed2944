//! Personal values of audit entries, which have only hashes of them.

use membership_domain::id::Entry;
use sea_orm::entity::prelude::*;

use crate::key::Key;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_personal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub entry_id: Key<Entry>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub place: String,
    pub whose: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub value: String,
    pub salt: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
