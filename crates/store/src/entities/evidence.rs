//! What is known about an organization, by part: JSON, or nothing where it is in pieces.

use membership_domain::id::Organization;
use sea_orm::entity::prelude::*;

use crate::key::Key;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evidence")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Key<Organization>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub part: String,
    pub revision: i64,
    #[sea_orm(column_type = "Text")]
    pub document: String,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter)]
pub enum Relation {
    Pieces,
}

impl RelationTrait for Relation {
    fn def(&self) -> RelationDef {
        match self {
            Self::Pieces => Entity::belongs_to(super::evidence_piece::Entity)
                .from((Column::OrganizationId, Column::Part))
                .to((
                    super::evidence_piece::Column::OrganizationId,
                    super::evidence_piece::Column::Part,
                ))
                .into(),
        }
    }
}

impl ActiveModelBehavior for ActiveModel {}
