//! The tables' history. A migration that was released is never edited: add another.
//!
//! Servers of the version before work on while a new one is rolled out, so a migration adds what
//! they can live with: a table, a column that may be empty, a row. What they cannot live with says
//! so by [`helpers::needs`], and comes a version later than the code that no longer takes it for granted.
//! Names sort in the order in which they are applied.

use sea_orm_migration::prelude::*;

mod helpers;
mod m001_accounts;
mod m002_evidence;
mod m003_audit;
mod m004_imports;
mod m005_purpose;
mod m006_append_only;
mod m007_partner_ids;
mod m008_shared_state;
mod m009_evidence_pieces;
mod m010_company;
mod m011_idempotency;
mod m012_authority;
mod m013_jobs;
mod m014_audit_chain;
mod m015_entry;
mod m016_people;
mod m017_tokens;
mod m018_erased;
mod m019_purchase;
mod m020_bank;
mod m021_proofs;
mod m022_bank_feeds;

pub(crate) use helpers::NEEDS;

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
            Box::new(m007_partner_ids::Migration),
            Box::new(m008_shared_state::Migration),
            Box::new(m009_evidence_pieces::Migration),
            Box::new(m010_company::Migration),
            Box::new(m011_idempotency::Migration),
            Box::new(m012_authority::Migration),
            Box::new(m013_jobs::Migration),
            Box::new(m014_audit_chain::Migration),
            Box::new(m015_entry::Migration),
            Box::new(m016_people::Migration),
            Box::new(m017_tokens::Migration),
            Box::new(m018_erased::Migration),
            Box::new(m019_purchase::Migration),
            Box::new(m020_bank::Migration),
            Box::new(m021_proofs::Migration),
            Box::new(m022_bank_feeds::Migration),
        ]
    }
}
