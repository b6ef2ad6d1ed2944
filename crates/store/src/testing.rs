//! Temporary databases for tests, of this crate and of the server.

use sea_orm::{ConnectionTrait, Database, DbErr};
use tempfile::TempDir;

pub use crate::faults::Faults;
use crate::{Store, StoreError};

/// Names a PostgreSQL database in which tests may create schemas.
pub const POSTGRES_VARIABLE: &str = "TEST_DATABASE_URL";

impl Store {
    /// What the next writes meet.
    pub fn faults(&self) -> &Faults {
        &self.faults
    }
}

/// A database of its own, and a store on it.
#[derive(Debug)]
pub struct TestStore {
    store: Store,
    url: String,
    _folder: TempDir,
    schema: Option<Schema>,
}

impl TestStore {
    async fn sqlite() -> Result<Self, StoreError> {
        let folder = TempDir::new().map_err(|error| StoreError::Url(error.to_string()))?;
        let url = format!("sqlite:{}", folder.path().join("test.sqlite").display());
        let store = Store::connect(&url).await?;
        Ok(Self {
            store,
            url,
            _folder: folder,
            schema: None,
        })
    }

    async fn postgres() -> Result<Option<Self>, StoreError> {
        let Ok(url) = std::env::var(POSTGRES_VARIABLE) else {
            return Ok(None);
        };
        // The name of a temporary folder is as unique among tests as a schema's has to be.
        let folder = TempDir::new().map_err(|error| StoreError::Url(error.to_string()))?;
        let unique = folder.path().as_os_str().as_encoded_bytes().iter();
        let name = unique
            .rev()
            .take(12)
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>();
        let schema = Schema {
            url,
            name: format!("test_{name}"),
        };
        schema.execute("CREATE").await?;
        let store = Store::connect_to_schema(&schema.url, Some(&schema.name)).await?;
        Ok(Some(Self {
            store,
            url: schema.url.clone(),
            _folder: folder,
            schema: Some(schema),
        }))
    }

    /// Runs a test on SQLite always, and on PostgreSQL too where there is one.
    pub async fn each<E: From<StoreError>>(
        test: impl AsyncFn(&Store) -> Result<(), E>,
    ) -> Result<(), E> {
        Self::on_all(async |one| {
            one.store.migrate().await?;
            test(&one.store).await
        })
        .await
    }

    /// Runs a test as [`TestStore::each`], with the stores of two servers on the same database.
    pub async fn each_pair<E: From<StoreError>>(
        test: impl AsyncFn(&Store, &Store) -> Result<(), E>,
    ) -> Result<(), E> {
        Self::each_new(async |one, another| {
            one.migrate().await?;
            test(one, another).await
        })
        .await
    }

    /// Runs a test as [`TestStore::each_pair`], before there are any tables.
    pub async fn each_new<E: From<StoreError>>(
        test: impl AsyncFn(&Store, &Store) -> Result<(), E>,
    ) -> Result<(), E> {
        Self::on_all(async |one| {
            let schema = one.schema.as_ref().map(|schema| schema.name.as_str());
            let another = Store::connect_to_schema(&one.url, schema).await?;
            let outcome = test(&one.store, &another).await;
            let closed = another.db().clone().close().await;
            closed.map_err(StoreError::from)?;
            outcome
        })
        .await
    }

    async fn on_all<E: From<StoreError>>(
        test: impl AsyncFn(&Self) -> Result<(), E>,
    ) -> Result<(), E> {
        for store in [Some(Self::sqlite().await?), Self::postgres().await?]
            .into_iter()
            .flatten()
        {
            let outcome = test(&store).await;
            store.close().await?;
            outcome?;
        }
        Ok(())
    }

    /// Runs a test with a store whose role owns nothing and was allowed what the program needs, and
    /// the store of the owner. Only where there is a PostgreSQL, whose user may make roles.
    pub async fn as_application<E: From<StoreError>>(
        test: impl AsyncFn(&Store, &Store) -> Result<(), E>,
    ) -> Result<(), E> {
        let Some(owner) = Self::postgres().await? else {
            return Ok(());
        };
        owner.store.migrate().await?;
        let outcome = match &owner.schema {
            Some(schema) => schema.as_application(&owner.store, test).await,
            None => Ok(()),
        };
        owner.close().await?;
        outcome
    }

    /// Removes what the test left. Not in `drop`: an unfinished transaction is only undone by
    /// code that may wait.
    async fn close(self) -> Result<(), StoreError> {
        self.store.db().clone().close().await?;
        if let Some(schema) = self.schema {
            schema.execute("DROP").await?;
        }
        Ok(())
    }
}

/// Leaves the tables as they were before a database said what it is for.
pub async fn older(store: &Store) -> Result<(), StoreError> {
    let undone = "DROP TABLE installation; ALTER TABLE users DROP COLUMN disabled_at;
         DELETE FROM seaql_migrations WHERE version = 'm005_purpose'";
    execute(store, undone).await
}

/// Does to a database what the program never does.
pub async fn execute(store: &Store, sql: &str) -> Result<(), StoreError> {
    store.db().execute_unprepared(sql).await?;
    Ok(())
}

#[derive(Debug)]
struct Schema {
    url: String,
    name: String,
}

impl Schema {
    async fn as_application<E: From<StoreError>>(
        &self,
        owner: &Store,
        test: impl AsyncFn(&Store, &Store) -> Result<(), E>,
    ) -> Result<(), E> {
        let role = format!("{}_application", self.name);
        let execute = async |sql: String| -> Result<(), StoreError> {
            owner.db().execute_unprepared(&sql).await?;
            Ok(())
        };
        execute(format!("CREATE ROLE {role}")).await?;
        owner.allow(&role).await?;
        // Our own user becomes the role as soon as it is connected: it needs no password then.
        let joint = if self.url.contains('?') { '&' } else { '?' };
        let url = format!("{}{joint}options=-c%20role%3D{role}", self.url);
        let application = Store::connect_to_schema(&url, Some(&self.name)).await?;
        let outcome = test(&application, owner).await;
        application
            .db()
            .clone()
            .close()
            .await
            .map_err(StoreError::from)?;
        execute(format!("DROP OWNED BY {role}; DROP ROLE {role}")).await?;
        outcome
    }

    async fn execute(&self, verb: &str) -> Result<(), DbErr> {
        let db = Database::connect(&self.url).await?;
        // A forgotten transaction shall fail a test, not hang it.
        db.execute_unprepared("SET lock_timeout = '10s'").await?;
        let cascade = if verb == "DROP" { " CASCADE" } else { "" };
        db.execute_unprepared(&format!("{verb} SCHEMA {}{cascade}", self.name))
            .await?;
        db.close().await
    }
}
