//! What every handler can reach.

use std::net::IpAddr;
use std::sync::Arc;

use chrono::Duration;
use membership_domain::Catalog;
use membership_store::Store;

use crate::clock::Clock;
use crate::http::etag;
use crate::known_lists::KnownLists;
use crate::limiter::{Limiter, Quota};
use crate::passwords::{HashError, Passwords};
use crate::trail::Tally;

/// Settings that a test may want otherwise.
#[derive(Clone, Debug)]
pub struct Settings {
    /// A session ends when it was not used for so long.
    pub session_idle: Duration,
    /// A session ends after so long however much it is used.
    pub session_absolute: Duration,
    /// Failed sign-ins from one address.
    pub sign_in_by_address: Quota,
    /// Failed sign-ins to one account.
    pub sign_in_by_account: Quota,
    /// Origins of other sites whose pages may use this API: `https://app.contoso.example`.
    pub allowed_origins: Vec<String>,
    /// Whether the client's address is the last of `X-Forwarded-For`, behind a proxy of ours.
    pub behind_proxy: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            session_idle: Duration::hours(8),
            session_absolute: Duration::days(7),
            sign_in_by_address: Quota {
                burst: 30,
                refill: Duration::seconds(10),
            },
            sign_in_by_account: Quota {
                burst: 10,
                refill: Duration::seconds(30),
            },
            allowed_origins: Vec::new(),
            behind_proxy: false,
        }
    }
}

/// The catalog as the rules use it and as it is served.
#[derive(Debug)]
pub struct ServedCatalog {
    /// For the rules.
    pub catalog: Catalog,
    /// The same as JSON.
    pub json: Vec<u8>,
    /// Changes with every byte of the JSON.
    pub etag: String,
}

/// State shared by all requests; cheap to clone.
#[derive(Clone, Debug)]
pub struct App {
    /// The database.
    pub store: Store,
    /// The programs and rules.
    pub catalog: Arc<ServedCatalog>,
    /// What time it is.
    pub clock: Arc<Clock>,
    /// See [`Settings`].
    pub settings: Arc<Settings>,
    /// Hashes passwords.
    pub passwords: Passwords,
    /// Evidence as lists.
    pub lists: Arc<KnownLists>,
    /// What the audit log is told of now and then.
    pub(crate) tally: Arc<Tally>,
    /// Failed sign-ins by client address.
    pub by_address: Arc<Limiter<IpAddr>>,
    /// Failed sign-ins by account, known or not.
    pub by_account: Arc<Limiter<String>>,
}

/// Why the server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// See [`HashError`].
    #[error(transparent)]
    Passwords(#[from] HashError),
    /// The catalog has something that JSON cannot say.
    #[error("catalog as JSON: {0}")]
    Catalog(#[from] serde_json::Error),
}

impl App {
    /// Puts the parts together.
    pub fn new(
        store: Store,
        catalog: Catalog,
        clock: Clock,
        settings: Settings,
    ) -> Result<Self, StartError> {
        let json = serde_json::to_vec(&catalog)?;
        let etag = etag::weak_of(&json);
        Ok(Self {
            store,
            catalog: Arc::new(ServedCatalog {
                catalog,
                json,
                etag,
            }),
            clock: Arc::new(clock),
            passwords: Passwords::new()?,
            lists: Arc::default(),
            tally: Arc::default(),
            by_address: Arc::new(Limiter::new(settings.sign_in_by_address)),
            by_account: Arc::new(Limiter::new(settings.sign_in_by_account)),
            settings: Arc::new(settings),
        })
    }
}
