//! The audit log, against what the first triggers let through.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// A row that replaces another one deletes it without asking the trigger for deletions, unless
/// the connection has turned that on; so a row that would replace one is refused, whether it
/// collides by its id or by the number that SQLite gives each row.
const SQLITE: &str = "
CREATE TRIGGER audit_entries_replace_none BEFORE INSERT ON audit_entries
WHEN EXISTS (SELECT 1 FROM audit_entries WHERE id = NEW.id OR rowid = NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END;";

/// Also for sessions that say they replicate, which pass ordinary triggers by.
const POSTGRES: &str = "ALTER TABLE audit_entries ENABLE ALWAYS TRIGGER audit_entries_stay;";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let triggers = match manager.get_database_backend() {
            DbBackend::Postgres => POSTGRES,
            _ => SQLITE,
        };
        manager
            .get_connection()
            .execute_unprepared(triggers)
            .await?;
        Ok(())
    }
}
