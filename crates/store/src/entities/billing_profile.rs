//! Billing profiles of organizations.

use membership_domain::id::Organization;
use sea_orm::entity::prelude::*;

use crate::key::Key;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "billing_profiles")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Key<Organization>,
    /// JSON.
    #[sea_orm(column_type = "Text")]
    pub profile: String,
    pub is_exempt: bool,
    pub revision: i64,
    pub linked_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
