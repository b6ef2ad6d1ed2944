//! Files of banks, byte for byte.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bank_files")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub digest: String,
    pub bytes: Vec<u8>,
    pub imported_at: DateTimeUtc,
    /// Who, where it was a person.
    #[sea_orm(column_type = "Text", nullable)]
    pub imported_by: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
