//! Answers to writes that were named with a key, so that they can be given again.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{integer, string, text, timestamp_with_time_zone};

use super::helpers::reference;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("idempotency_keys")
                    .col(text("user_id"))
                    .col(string("key"))
                    .col(string("digest"))
                    .col(integer("status"))
                    .col(text("etag"))
                    .col(text("body"))
                    .col(timestamp_with_time_zone("created_at"))
                    .primary_key(Index::create().col("user_id").col("key"))
                    .foreign_key(&mut reference("idempotency_keys", "user_id", "users"))
                    .to_owned(),
            )
            .await
    }
}
