//! A mail to one recipient.

use membership_domain::id::Mail;
use sea_orm::entity::prelude::*;

use crate::key::Key;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mails")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Key<Mail>,
    #[sea_orm(column_type = "Text")]
    pub document: String,
    pub purpose: String,
    #[sea_orm(column_type = "Text")]
    pub recipient: String,
    // Not `Option<Key<_>>`: SeaORM 2.0.4 cannot read a NULL as one.
    pub user_id: Option<String>,
    pub organization_id: Option<String>,
    pub link_id: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub params: String,
    pub state: String,
    pub queued_at: DateTimeUtc,
    pub sent_at: Option<DateTimeUtc>,
    pub refusal: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
