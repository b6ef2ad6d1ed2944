//! Imports: what each file changed, so that it can be told and undone.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    string, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null,
};

use super::helpers::reference;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("imports")
                    .col(text("id").primary_key())
                    .col(text("organization_id"))
                    .col(text("name"))
                    .col(string("kind"))
                    .col(text("counts"))
                    .col(text("changes"))
                    .col(text("imported_by"))
                    .col(timestamp_with_time_zone("imported_at"))
                    .col(text_null("undone_by"))
                    .col(timestamp_with_time_zone_null("undone_at"))
                    .foreign_key(&mut reference(
                        "imports",
                        "organization_id",
                        "organizations",
                    ))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("imports_organization_id_id")
                    .table("imports")
                    .col("organization_id")
                    .col("id")
                    .to_owned(),
            )
            .await
    }
}
