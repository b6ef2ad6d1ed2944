//! Proofs of transfers: what a buyer uploaded, one for each order.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary, date, string, text, timestamp_with_time_zone,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("proofs")
            .col(text("order_id").primary_key())
            .col(date("paid_on"))
            .col(text("account"))
            .col(text("transaction_id"))
            .col(string("kind"))
            .col(big_integer("size"))
            .col(binary("bytes"))
            .col(text("uploaded_by"))
            .col(timestamp_with_time_zone("uploaded_at"))
            .foreign_key(
                ForeignKey::create()
                    .from("proofs", "order_id")
                    .to("orders", "id")
                    .on_delete(ForeignKeyAction::Restrict),
            )
            .to_owned();
        manager.create_table(table).await
    }
}
