//! What all servers of one database share: where a demo's clock stands, and failed sign-ins.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, string, timestamp_with_time_zone};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One row, by its name.
        manager
            .create_table(
                Table::create()
                    .table("demo_clock")
                    .col(string("name").primary_key())
                    .col(timestamp_with_time_zone("now"))
                    .to_owned(),
            )
            .await?;
        // Milliseconds since 1970, which both databases add and compare alike.
        manager
            .create_table(
                Table::create()
                    .table("sign_in_tries")
                    .col(string("kind"))
                    .col(string("key"))
                    .col(big_integer("full_at"))
                    .primary_key(Index::create().col("kind").col("key"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("sign_in_tries_kind_full_at")
                    .table("sign_in_tries")
                    .col("kind")
                    .col("full_at")
                    .to_owned(),
            )
            .await
    }
}
