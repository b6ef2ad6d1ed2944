//! Temporary databases for tests, of this crate and of the server.

mod server;

use sea_orm::ConnectionTrait;
use tempfile::TempDir;
use tokio::sync::OnceCell;

pub use crate::faults::Faults;
use crate::{Store, StoreError};

/// Names a database of a PostgreSQL on which tests may make others.
pub const POSTGRES_VARIABLE: &str = "TEST_DATABASE_URL";

impl Store {
    /// What the next writes meet.
    pub fn faults(&self) -> &Faults {
        &self.faults
    }
}

/// What many tests begin with: made by the first one of a process, and copied for all of them.
#[derive(Debug, Default)]
pub struct Template(OnceCell<Made>);

/// The tables, and nothing in them.
static TABLES: Template = Template::new();

#[derive(Debug)]
enum Made {
    /// The bytes of a SQLite file.
    File(Vec<u8>),
    /// The name of a database.
    Database(String),
}

impl Template {
    /// Not made yet.
    #[must_use]
    pub const fn new() -> Self {
        Self(OnceCell::const_new())
    }

    /// A copy; `fill` makes the first one of an empty database.
    async fn copy<E: From<StoreError>>(
        &self,
        fill: impl AsyncFn(&Store) -> Result<(), E>,
    ) -> Result<TestStore, E> {
        let make = async || {
            let first = TestStore::new(None).await?;
            fill(&first.store).await?;
            Ok::<_, E>(first.kept().await?)
        };
        let made = self.0.get_or_try_init(make).await?;
        Ok(TestStore::new(Some(made)).await?)
    }
}

/// A database of its own, and a store on it.
#[derive(Debug)]
pub struct TestStore {
    store: Store,
    url: String,
    place: Place,
}

#[derive(Debug)]
enum Place {
    /// The folder of a SQLite file.
    Folder(TempDir),
    /// A database of the server at this address, with this name.
    Server(String, String),
}

impl TestStore {
    /// An empty one, or a copy.
    async fn new(of: Option<&Made>) -> Result<Self, StoreError> {
        match std::env::var(POSTGRES_VARIABLE) {
            Ok(server) => Self::on_server(server, of).await,
            Err(_) => Self::in_folder(of).await,
        }
    }

    async fn in_folder(of: Option<&Made>) -> Result<Self, StoreError> {
        let folder = TempDir::new().map_err(|error| StoreError::Url(error.to_string()))?;
        let file = folder.path().join("test.sqlite");
        if let Some(Made::File(bytes)) = of {
            std::fs::write(&file, bytes).map_err(|error| StoreError::Url(error.to_string()))?;
        }
        let url = format!("sqlite:{}", file.display());
        Ok(Self {
            store: Store::connect(&url).await?,
            url,
            place: Place::Folder(folder),
        })
    }

    async fn on_server(server: String, of: Option<&Made>) -> Result<Self, StoreError> {
        let name = server::name();
        let mut create = format!("CREATE DATABASE {name}");
        match of {
            Some(Made::Database(template)) => create.push_str(&format!(" TEMPLATE {template}")),
            _ => server::forget_old(&server).await?,
        }
        server::on(&server, &create).await?;
        let url = server::address(&server, &name);
        Ok(Self {
            store: Store::connect(&url).await?,
            url,
            place: Place::Server(server, name),
        })
    }

    /// Runs a test on SQLite, or on PostgreSQL where there is one.
    pub async fn each<E: From<StoreError>>(
        test: impl AsyncFn(&Store) -> Result<(), E>,
    ) -> Result<(), E> {
        Self::each_of(&TABLES, migrated, test).await
    }

    /// Runs a test as [`TestStore::each`] on what `fill` made once of an empty database.
    pub async fn each_of<E: From<StoreError>>(
        template: &Template,
        fill: impl AsyncFn(&Store) -> Result<(), E>,
        test: impl AsyncFn(&Store) -> Result<(), E>,
    ) -> Result<(), E> {
        let one = template.copy(fill).await?;
        let outcome = test(&one.store).await;
        one.close().await?;
        outcome
    }

    /// Runs a test as [`TestStore::each`], with the stores of two servers on the same database.
    pub async fn each_pair<E: From<StoreError>>(
        test: impl AsyncFn(&Store, &Store) -> Result<(), E>,
    ) -> Result<(), E> {
        Self::each_pair_of(&TABLES, migrated, test).await
    }

    /// Runs a test as [`TestStore::each_of`], with the stores of two servers on the same database.
    pub async fn each_pair_of<E: From<StoreError>>(
        template: &Template,
        fill: impl AsyncFn(&Store) -> Result<(), E>,
        test: impl AsyncFn(&Store, &Store) -> Result<(), E>,
    ) -> Result<(), E> {
        template.copy(fill).await?.with_another(test).await
    }

    /// Runs a test as [`TestStore::each_pair`], before there are any tables.
    pub async fn each_new<E: From<StoreError>>(
        test: impl AsyncFn(&Store, &Store) -> Result<(), E>,
    ) -> Result<(), E> {
        Self::new(None).await?.with_another(test).await
    }

    async fn with_another<E: From<StoreError>>(
        self,
        test: impl AsyncFn(&Store, &Store) -> Result<(), E>,
    ) -> Result<(), E> {
        let another = Store::connect(&self.url).await?;
        let outcome = test(&self.store, &another).await;
        let closed = another.db().clone().close().await;
        closed.map_err(StoreError::from)?;
        self.close().await?;
        outcome
    }

    /// Runs a test with a store whose role owns nothing and was allowed what the program needs, and
    /// the store of the owner. Only where there is a PostgreSQL, whose user may make roles.
    pub async fn as_application<E: From<StoreError>>(
        test: impl AsyncFn(&Store, &Store) -> Result<(), E>,
    ) -> Result<(), E> {
        let owner = TABLES.copy(migrated::<E>).await?;
        let outcome = match &owner.place {
            Place::Server(_, name) => {
                let role = format!("{name}_application");
                as_role(&owner, &role, test).await
            }
            Place::Folder(_) => Ok(()),
        };
        owner.close().await?;
        outcome
    }

    /// Closes it and keeps what is in it, to be copied.
    async fn kept(self) -> Result<Made, StoreError> {
        if let Place::Folder(_) = self.place {
            execute(&self.store, "PRAGMA wal_checkpoint(TRUNCATE)").await?;
        }
        self.store.db().clone().close().await?;
        match self.place {
            Place::Folder(folder) => {
                let bytes = std::fs::read(folder.path().join("test.sqlite"));
                let bytes = bytes.map_err(|error| StoreError::Url(error.to_string()))?;
                Ok(Made::File(bytes))
            }
            Place::Server(_, name) => Ok(Made::Database(name)),
        }
    }

    /// Removes what the test left. Not in `drop`: an unfinished transaction is only undone by
    /// code that may wait.
    async fn close(self) -> Result<(), StoreError> {
        self.store.db().clone().close().await?;
        if let Place::Server(server, name) = self.place {
            // Also from under a transaction that a test forgot.
            server::on(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await?;
        }
        Ok(())
    }
}

/// Tables in an empty database.
async fn migrated<E: From<StoreError>>(store: &Store) -> Result<(), E> {
    Ok(store.migrate().await?)
}

async fn as_role<E: From<StoreError>>(
    owner: &TestStore,
    role: &str,
    test: impl AsyncFn(&Store, &Store) -> Result<(), E>,
) -> Result<(), E> {
    execute(&owner.store, &format!("CREATE ROLE {role}")).await?;
    owner.store.allow(role).await?;
    // Our own user becomes the role as soon as it is connected: it needs no password then.
    let joint = if owner.url.contains('?') { '&' } else { '?' };
    let url = format!("{}{joint}options=-c%20role%3D{role}", owner.url);
    let application = Store::connect(&url).await?;
    let outcome = test(&application, &owner.store).await;
    let closed = application.db().clone().close().await;
    closed.map_err(StoreError::from)?;
    execute(
        &owner.store,
        &format!("DROP OWNED BY {role}; DROP ROLE {role}"),
    )
    .await?;
    outcome
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
