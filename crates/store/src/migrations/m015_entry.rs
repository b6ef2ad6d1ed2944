//! One-time links, second factors, and what a session tells of itself.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, string, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null,
};

use super::helpers::{index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        links(manager).await?;
        second_factors(manager).await?;
        // Servers of the version before add rows without these. SQLite adds one column at a time.
        for (table, column) in [
            ("sessions", timestamp_with_time_zone_null("proved_at")),
            ("sessions", text_null("device")),
            ("sessions", text_null("address")),
            (
                "organizations",
                boolean("admins_need_second_factor").default(false).take(),
            ),
        ] {
            let mut alter = Table::alter();
            let alter = alter.table(table).add_column(column);
            manager.alter_table(alter.to_owned()).await?;
        }
        // An older program would let people in without their second factor.
        super::helpers::needs(manager, self.name()).await
    }
}

async fn links(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("links")
        .col(text("id").primary_key())
        .col(string("purpose"))
        .col(text_null("user_id"))
        .col(text_null("organization_id"))
        .col(string("email"))
        .col(text("subject"))
        .col(timestamp_with_time_zone("issued_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(timestamp_with_time_zone_null("used_at"))
        .col(timestamp_with_time_zone_null("revoked_at"))
        .foreign_key(&mut reference("links", "user_id", "users"))
        .foreign_key(&mut reference("links", "organization_id", "organizations"))
        .to_owned();
    manager.create_table(table).await?;
    manager.create_index(index("links", "subject")).await?;
    let table = Table::create()
        .table("link_tokens")
        .col(text("token_hash").primary_key())
        .col(text("link_id"))
        .foreign_key(&mut reference("link_tokens", "link_id", "links"))
        .to_owned();
    manager.create_table(table).await?;
    manager.create_index(index("link_tokens", "link_id")).await
}

async fn second_factors(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("second_factors")
        .col(text("user_id").primary_key())
        .col(text("secret"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("confirmed_at"))
        .col(big_integer("last_step"))
        .foreign_key(&mut reference("second_factors", "user_id", "users"))
        .to_owned();
    manager.create_table(table).await?;
    let table = Table::create()
        .table("recovery_codes")
        .col(text("user_id"))
        .col(string("code_hash"))
        .col(timestamp_with_time_zone_null("used_at"))
        .primary_key(Index::create().col("user_id").col("code_hash"))
        .foreign_key(&mut reference("recovery_codes", "user_id", "users"))
        .to_owned();
    manager.create_table(table).await
}
