//! The lines of entries of the books: together they are zero.

use membership_domain::id::Posting;
use sea_orm::entity::prelude::*;

use crate::key::Key;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "booking_lines")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub booking_id: Key<Posting>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub place: i32,
    pub account: String,
    /// Debits above zero, credits below.
    pub amount: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
