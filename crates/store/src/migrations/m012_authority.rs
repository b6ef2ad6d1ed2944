//! Who has to say the rows that an import wrote, so that it is known before who may undo it; and
//! people in evidence, who have an authority of their own from here on.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::string;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Nobody but partners could import until now. People are stored as they are: what they lack
        // is read off their certificates.
        let authority = string("authority").default("claimed").take();
        let mut table = Table::alter();
        let table = table.table("imports").add_column(authority);
        manager.alter_table(table.to_owned()).await?;
        // An older program would refuse to read people that say it.
        super::helpers::needs(manager, self.name()).await
    }
}

#[cfg(test)]
mod tests {
    use membership_domain::evidence::Authority;
    use membership_domain::id::OrganizationId;

    use super::*;
    use crate::testing::TestStore;
    use crate::{StoreError, imports};

    #[tokio::test]
    async fn imports_of_before_wrote_what_partners_claim() -> Result<(), StoreError> {
        TestStore::each(async |store| {
            let (id, at) = (OrganizationId::from_u128(10), "2023-11-15T09:00:00Z");
            let organization = format!(
                "INSERT INTO organizations (id, partner_id, name, country, verification, \
                 revision, created_at) \
                 VALUES ('{id}', '4200001', 'Contoso', 'US', 'accepted', 1, '{at}')"
            );
            let import = format!(
                "INSERT INTO imports (id, organization_id, name, kind, counts, changes, \
                 imported_by, imported_at) \
                 VALUES ('{id}', '{id}', 'a.csv', 'usage', '{{}}', '{{}}', '{id}', '{at}')"
            );
            for sql in [
                "ALTER TABLE imports DROP COLUMN authority",
                "DELETE FROM seaql_migrations WHERE version = 'm012_authority'",
                &organization,
                &import,
            ] {
                store.db().execute_unprepared(sql).await?;
            }
            store.migrate().await?;
            let all = imports::of_organization(store.db(), id, None, 2).await?;
            let said: Vec<Authority> = all.iter().map(|one| one.authority).collect();
            assert_eq!(said, [Authority::Claimed]);
            Ok(())
        })
        .await
    }
}
