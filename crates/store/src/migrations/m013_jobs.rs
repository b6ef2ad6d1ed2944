//! Work that is done later, and mails.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, integer, string, string_null, text, text_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null,
};

use super::helpers::index;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Times of jobs are milliseconds since 1970, which both databases compare alike.
        manager
            .create_table(
                Table::create()
                    .table("jobs")
                    .col(text("id").primary_key())
                    .col(string("kind"))
                    .col(text("key"))
                    .col(text("lane"))
                    .col(big_integer("turn"))
                    .col(text("detail"))
                    .col(big_integer("run_at"))
                    .col(big_integer("not_before"))
                    .col(big_integer_null("lease_until"))
                    .col(text_null("lease_by"))
                    .col(integer("attempts"))
                    .col(text("error"))
                    .col(big_integer_null("dead_at"))
                    .col(big_integer("created_at"))
                    .to_owned(),
            )
            .await?;
        let key = Index::create()
            .name("jobs_kind_key")
            .table("jobs")
            .col("kind")
            .col("key")
            .unique()
            .to_owned();
        manager.create_index(key).await?;
        // In the order in which they are taken, and the last of a lane.
        let order = Index::create()
            .name("jobs_turn_id")
            .table("jobs")
            .col("turn")
            .col("id")
            .to_owned();
        manager.create_index(order).await?;
        let lane = Index::create()
            .name("jobs_lane_turn")
            .table("jobs")
            .col("lane")
            .col("turn")
            .to_owned();
        manager.create_index(lane).await?;
        manager
            .create_table(
                Table::create()
                    .table("mails")
                    .col(text("id").primary_key())
                    .col(text("document"))
                    .col(string("purpose"))
                    .col(text("recipient"))
                    .col(text_null("user_id"))
                    .col(text_null("organization_id"))
                    .col(text_null("link_id"))
                    .col(text("params"))
                    .col(string("state"))
                    .col(timestamp_with_time_zone("queued_at"))
                    .col(timestamp_with_time_zone_null("sent_at"))
                    .col(string_null("refusal"))
                    .foreign_key(&mut restricted("user_id", "users"))
                    .foreign_key(&mut restricted("organization_id", "organizations"))
                    .to_owned(),
            )
            .await?;
        let once = Index::create()
            .name("mails_document_purpose_recipient")
            .table("mails")
            .col("document")
            .col("purpose")
            .col("recipient")
            .unique()
            .to_owned();
        manager.create_index(once).await?;
        manager.create_index(index("mails", "recipient")).await?;
        manager.create_index(index("mails", "queued_at")).await
    }
}

/// A mail outlives nobody: it is removed before what it refers to.
fn restricted(column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from("mails", column)
        .to(to, "id")
        .on_delete(ForeignKeyAction::Restrict)
        .to_owned()
}
