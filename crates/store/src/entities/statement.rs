//! Statements and notifications of banks.

use membership_domain::id::Statement;
use sea_orm::entity::prelude::*;

use crate::key::Key;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "statements")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Key<Statement>,
    pub file_digest: String,
    pub kind: String,
    #[sea_orm(column_type = "Text")]
    pub account: String,
    /// The bank's id of it.
    #[sea_orm(column_type = "Text")]
    pub bank_id: String,
    pub number: Option<i64>,
    pub from_on: Option<Date>,
    pub until_on: Option<Date>,
    pub currency: Option<String>,
    pub opening: Option<i64>,
    pub closing: Option<i64>,
    /// Whether its entries make the closing balance of the opening one, as far as that can be known.
    pub adds_up: bool,
    pub entries: i64,
    pub imported_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
