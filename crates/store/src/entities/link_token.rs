//! Tokens of one-time links. Only their hashes are kept: a copy of the table opens no link.

use membership_domain::id::Link;
use sea_orm::entity::prelude::*;

use crate::key::Key;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "link_tokens")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: String,
    pub link_id: Key<Link>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
