//! Evidence: one JSON document per organization and part.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, string, text, timestamp_with_time_zone};

use super::helpers::reference;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Text and not a JSON type: what was stored comes back byte by byte, on both databases.
        manager
            .create_table(
                Table::create()
                    .table("evidence")
                    .col(text("organization_id"))
                    .col(string("part"))
                    .col(big_integer("revision"))
                    .col(text("document"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .primary_key(Index::create().col("organization_id").col("part"))
                    .foreign_key(&mut reference(
                        "evidence",
                        "organization_id",
                        "organizations",
                    ))
                    .to_owned(),
            )
            .await
    }
}
