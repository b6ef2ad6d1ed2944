//! Tokens for machines, by the hash of what was shown once.

use membership_domain::id::{Organization, Token};
use sea_orm::entity::prelude::*;

use crate::key::Key;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tokens")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Key<Token>,
    pub organization_id: Key<Organization>,
    pub token_hash: String,
    /// How the token begins.
    pub hint: String,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Codes, separated by spaces.
    #[sea_orm(column_type = "Text")]
    pub permissions: String,
    /// JSON; none for the whole organization.
    #[sea_orm(column_type = "Text", nullable)]
    pub locations: Option<String>,
    // Not `Option<Key<_>>`: SeaORM 2.0.4 cannot read a NULL as one.
    pub created_by: Option<String>,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub used_at: Option<DateTimeUtc>,
    pub revoked_at: Option<DateTimeUtc>,
    pub revoked_by: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
