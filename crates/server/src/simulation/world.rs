//! A server on a database of its own, with a provider, a bank and people who buy.

use std::path::PathBuf;
use std::sync::Arc;

use membership_domain::id::OrganizationId;
use membership_store::Store;
use membership_store::testing::execute;

use super::faulty::Faulty;
use crate::app::Settings;
use crate::clock::Clock;
use crate::engines::Engines;
use crate::gateway::{self, Choice};
use crate::testing::shop::Shop;
use crate::testing::{Browser, Outcome, TestApp};
use crate::{App, demo, http, routes};

/// A database with a demo in it, as bytes, and somebody who is signed in.
pub struct Template {
    bytes: Vec<u8>,
    app: App,
    cookie: Option<String>,
    id: OrganizationId,
    folder: tempfile::TempDir,
}

/// One world.
pub struct World {
    /// The server.
    pub app: App,
    /// Who buys.
    pub browser: Browser,
    /// For whom.
    pub id: OrganizationId,
    /// The provider's line.
    pub line: Arc<Faulty>,
    /// Events of the provider that are on their way: the payments' ids.
    pub events: Vec<String>,
    /// Files of the bank that were sent.
    pub files: Vec<Vec<u8>>,
    /// How many entries the bank has booked.
    pub entries: u64,
    /// What is on the account at the bank.
    pub at_bank: i64,
    file: PathBuf,
}

impl Template {
    pub async fn new() -> Outcome<Self> {
        let folder = tempfile::TempDir::new()?;
        let file = folder.path().join("template.sqlite");
        let store = Store::connect(&format!("sqlite:{}", file.display())).await?;
        store.migrate().await?;
        let app = TestApp::on(store.clone(), &Settings::default()).await?;
        let shop = Shop::of(&app, "Northwind").await?;
        let app = app.app.clone();
        execute(&store, "PRAGMA wal_checkpoint(TRUNCATE)").await?;
        store.db().clone().close().await?;
        Ok(Self {
            bytes: std::fs::read(&file)?,
            app,
            cookie: shop.browser.cookie.clone(),
            id: shop.id,
            folder,
        })
    }

    pub async fn world(&self, seed: u64) -> Outcome<World> {
        let file = self.folder.path().join(format!("{seed}.sqlite"));
        std::fs::write(&file, &self.bytes)?;
        let store = Store::connect(&format!("sqlite:{}", file.display())).await?;
        let clock = Arc::new(Clock::still(demo::CLOCK));
        let line = Arc::new(Faulty::new(Choice::Sandbox.begun(&store, &clock)?));
        let catalog = Arc::clone(&self.app.catalog.catalog);
        let gateway: Arc<dyn gateway::Gateway> = line.clone();
        let app = App {
            store,
            engines: Arc::new(Engines::new(catalog, self.app.settings.engines)),
            clock,
            gateway,
            ..self.app.clone()
        };
        let router = http::layered(routes::router(&app, None), &app);
        let browser = Browser::with(router, self.cookie.clone());
        Ok(World {
            app,
            browser,
            id: self.id,
            line,
            events: Vec::new(),
            files: Vec::new(),
            entries: 0,
            at_bank: 0,
            file,
        })
    }
}

impl World {
    /// Gives the database's file back.
    pub async fn close(self) -> Outcome {
        self.app.store.db().clone().close().await?;
        for ending in ["", "-wal", "-shm"] {
            let mut name = self.file.as_os_str().to_owned();
            name.push(ending);
            let _ = std::fs::remove_file(name);
        }
        Ok(())
    }
}
