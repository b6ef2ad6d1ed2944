//! Payments of the sandbox provider.

use sea_orm::entity::prelude::*;

/// A payment as the sandbox has it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sandbox_payments")]
pub struct Model {
    /// As the server knows it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Under which it is begun once.
    pub key: String,
    /// In minor units.
    pub amount: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// For the buyer.
    pub order_number: String,
    /// For the buyer.
    #[sea_orm(column_type = "Text")]
    pub description: String,
    /// Where the buyer goes back to.
    #[sea_orm(column_type = "Text")]
    pub return_to: String,
    /// `open`, `succeeded`, `declined` or `canceled`.
    pub state: String,
    /// Why it was declined.
    pub reason: Option<String>,
    /// The last digits of the card.
    pub card: Option<String>,
    /// `open`, `won` or `lost`.
    pub dispute: Option<String>,
    /// So many times it gives no answer when it is asked.
    pub silent: i32,
    /// In real time.
    pub changed_at: DateTimeUtc,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
