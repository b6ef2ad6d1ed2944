//! Entries of bank statements.

use membership_domain::id::{BankEntry, Statement};
use sea_orm::entity::prelude::*;

use crate::key::Key;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bank_entries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Key<BankEntry>,
    pub statement_id: Key<Statement>,
    /// The same for the same money in whichever file.
    pub identity: String,
    pub batch_identity: Option<String>,
    pub state: String,
    pub direction: String,
    pub amount: i64,
    pub currency: String,
    pub booked_on: Date,
    pub value_on: Date,
    pub is_complete: bool,
    /// Creditor references, separated by spaces.
    #[sea_orm(column_type = "Text")]
    pub references_found: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub bank_reference: Option<String>,
    /// What the payer wrote.
    #[sea_orm(column_type = "Text", nullable)]
    pub text: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub counterparty: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub counterparty_account: Option<String>,
    /// Why money came back.
    #[sea_orm(column_type = "Text", nullable)]
    pub returned: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub order_id: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub decided_by: Option<String>,
    pub decided_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub note: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
