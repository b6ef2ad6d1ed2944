//! Whom somebody invited into an organization.

use membership_domain::id::{Invitation, Organization, User};
use sea_orm::entity::prelude::*;

use crate::key::Key;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Key<Organization>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Key<Invitation>,
    pub email: String,
    /// JSON.
    #[sea_orm(column_type = "Text")]
    pub grants: String,
    pub invited_by: Key<User>,
    pub invited_at: DateTimeUtc,
    pub sent_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub sendings: i64,
    pub state: String,
    pub decided_at: Option<DateTimeUtc>,
    // Not `Option<Key<_>>`: SeaORM 2.0.4 cannot read a NULL as one.
    pub decided_by: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
