//! What is known about an organization, one JSON document per part.

use sea_orm::entity::prelude::*;
use sea_orm::value::TextUuid;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evidence")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: TextUuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub part: String,
    pub revision: i64,
    #[sea_orm(column_type = "Text")]
    pub document: String,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
