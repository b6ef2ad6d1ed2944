//! One-time links.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    string, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null,
};

use super::helpers::{index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        links(manager).await
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
