//! Tokens for machines. What may be sent again is kept for them too, and so no longer only for
//! users.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    integer, string, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null,
};

use super::helpers::{index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(tokens()).await?;
        let of_organization = Index::create()
            .name("tokens_organization_id_id")
            .table("tokens")
            .col("organization_id")
            .col("id")
            .to_owned();
        manager.create_index(of_organization).await?;
        manager.create_index(index("tokens", "created_by")).await?;
        keys(manager).await
    }
}

fn tokens() -> TableCreateStatement {
    Table::create()
        .table("tokens")
        .col(text("id").primary_key())
        .col(text("organization_id"))
        .col(string("token_hash").unique_key())
        .col(string("hint"))
        .col(text("name"))
        .col(text("permissions"))
        .col(text_null("locations"))
        .col(text_null("created_by"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(timestamp_with_time_zone_null("used_at"))
        .col(timestamp_with_time_zone_null("revoked_at"))
        .col(text_null("revoked_by"))
        .foreign_key(&mut reference("tokens", "organization_id", "organizations"))
        .to_owned()
}

/// SQLite drops no foreign key, so the table is made again with what it has.
async fn keys(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("idempotency_keys_of_all")
        .col(text("user_id"))
        .col(string("key"))
        .col(string("digest"))
        .col(integer("status"))
        .col(text("etag"))
        .col(text("body"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("user_id").col("key"))
        .to_owned();
    manager.create_table(table).await?;
    let columns = "user_id, key, digest, status, etag, body, created_at";
    let copy = format!(
        "INSERT INTO idempotency_keys_of_all ({columns}) SELECT {columns} FROM idempotency_keys"
    );
    let db = manager.get_connection();
    db.execute_unprepared(&copy).await?;
    db.execute_unprepared("DROP TABLE idempotency_keys").await?;
    db.execute_unprepared("ALTER TABLE idempotency_keys_of_all RENAME TO idempotency_keys")
        .await?;
    Ok(())
}
