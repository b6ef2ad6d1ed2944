//! Members whose personal values were erased.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::timestamp_with_time_zone_null;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let erased = timestamp_with_time_zone_null("erased_at");
        let mut table = Table::alter();
        let table = table.table("members").add_column(erased);
        manager.alter_table(table.to_owned()).await
    }
}
