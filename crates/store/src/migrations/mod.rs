//! The tables' history. A migration that was released is never edited: add another.

use sea_orm_migration::prelude::*;

mod m001_accounts;
mod m002_evidence;
mod m003_audit;
mod m004_imports;
mod m005_purpose;
mod m006_append_only;
mod m009_evidence_pieces;

pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m001_accounts::Migration),
            Box::new(m002_evidence::Migration),
            Box::new(m003_audit::Migration),
            Box::new(m004_imports::Migration),
            Box::new(m005_purpose::Migration),
            Box::new(m006_append_only::Migration),
            Box::new(m009_evidence_pieces::Migration),
        ]
    }
}
