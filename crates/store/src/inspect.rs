//! Whether the tables of a database are those that this program works with. Only reads, so that
//! a role without a table of its own may ask, and each probe of a load balancer.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, EntityTrait};
use sea_orm_migration::{MigrationTrait, MigratorTrait, SchemaManager, seaql_migrations};

use crate::entities::installation;
use crate::migrations::{Migrator, NEEDS};
use crate::tables::Tables;
use crate::{Store, StoreError};

impl Store {
    /// What the tables are for this program; an error where the database does not answer.
    pub async fn tables(&self) -> Result<Tables, StoreError> {
        self.tables_for(&Migrator::migrations()).await
    }

    /// As [`Store::tables`], for a program with these migrations.
    pub(crate) async fn tables_for(
        &self,
        migrations: &[Box<dyn MigrationTrait>],
    ) -> Result<Tables, StoreError> {
        let known: Vec<&str> = migrations.iter().map(|one| one.name()).collect();
        let applied = self.applied().await?;
        let unknown = applied
            .iter()
            .filter(|name| !known.contains(&name.as_str()));
        let (later, strange): (Vec<&String>, Vec<&String>) =
            unknown.partition(|name| known.last().is_none_or(|last| name.as_str() > *last));
        if !strange.is_empty() {
            return Ok(Tables::Strange(strange.into_iter().cloned().collect()));
        }
        // What is needed was applied, so it is known where everything applied is.
        let needs = match later.is_empty() {
            true => None,
            false => self.needs().await?,
        };
        if let Some(needs) = needs.filter(|needs| !known.contains(&needs.as_str())) {
            return Ok(Tables::Ahead(needs));
        }
        let missing = known.into_iter().filter(|name| !applied.contains(*name));
        let missing: Vec<String> = missing.map(str::to_owned).collect();
        Ok(match missing.is_empty() {
            true => Tables::Fit,
            false => Tables::Behind(missing),
        })
    }

    async fn applied(&self) -> Result<BTreeSet<String>, StoreError> {
        let manager = SchemaManager::new(self.db());
        match manager.has_table("seaql_migrations").await? {
            true => recorded(self.db()).await,
            false => Ok(BTreeSet::new()),
        }
    }

    /// The migration that a program has to know.
    async fn needs(&self) -> Result<Option<String>, StoreError> {
        let row = installation::Entity::find_by_id(NEEDS).one(self.db());
        Ok(row.await?.map(|row| row.value))
    }
}

/// The names of the migrations that were applied, by this or any other version.
pub(crate) async fn recorded(db: &impl ConnectionTrait) -> Result<BTreeSet<String>, StoreError> {
    let rows = seaql_migrations::Entity::find().all(db).await?;
    Ok(rows.into_iter().map(|row| row.version).collect())
}
