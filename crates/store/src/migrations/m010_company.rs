//! Address and primary contact of an organization, and what a change of its data has verified again.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::text_null;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Absent until it is entered; what is verified again is absent where nothing is.
const COLUMNS: [&str; 8] = [
    "street",
    "city",
    "postal_code",
    "region",
    "contact_name",
    "contact_email",
    "contact_phone",
    "pending",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column at a time.
        for column in COLUMNS {
            let mut table = Table::alter();
            let table = table.table("organizations").add_column(text_null(column));
            manager.alter_table(table.to_owned()).await?;
        }
        Ok(())
    }
}
