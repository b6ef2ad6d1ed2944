//! PartnerIDs in a table of their own: organizations and locations have them out of one series,
//! which the unique key of each table alone did not hold.

use sea_orm_migration::prelude::*;

use super::helpers::needs;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The row is written first, so that the second of two writers learns it before anything else is
/// done: the reference is only looked at when the write is committed. Where an account and a
/// location have the same PartnerID already, it leads to the account. That of a location that was
/// removed stays given away, and leads to the account too.
const TABLE: &str = "
CREATE TABLE partner_ids (
    partner_id varchar NOT NULL PRIMARY KEY,
    organization_id text NOT NULL
        REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    location_id text UNIQUE
        REFERENCES locations (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX partner_ids_organization_id ON partner_ids (organization_id);
INSERT INTO partner_ids (partner_id, organization_id) SELECT partner_id, id FROM organizations;
INSERT INTO partner_ids (partner_id, organization_id, location_id)
SELECT partner_id, organization_id, id FROM locations WHERE true
ON CONFLICT (partner_id) DO NOTHING;";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(TABLE).await?;
        // An older program would give PartnerIDs away without a row here.
        needs(manager, self.name()).await
    }
}
