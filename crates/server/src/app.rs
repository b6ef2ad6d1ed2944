//! What every handler can reach.

use std::sync::Arc;

use chrono::Duration;
use membership_domain::Catalog;
use membership_domain::catalog::{Access, PurchaseLimits};
use membership_store::Store;

use crate::clock::Clock;
use crate::engines::Engines;
use crate::gateway::{self, Gateway};
use crate::http::etag;
use crate::http::under_way::UnderWay;
use crate::limiter::Quota;
use crate::mail::{self, delivery::Delivery};
use crate::passwords::{HashError, Passwords};
use crate::trail::Tally;
use crate::tries::Tries;
use crate::turns::Turns;

/// Settings that a test may want otherwise.
#[derive(Clone, Debug)]
pub struct Settings {
    /// A session ends when it was not used for so long.
    pub session_idle: Duration,
    /// A session ends after so long however much it is used.
    pub session_absolute: Duration,
    /// So many sessions a user has at most; with one more, the one ends that was not used for
    /// longest.
    pub sessions_of_user: usize,
    /// Failed sign-ins from one client address.
    pub sign_in_by_client: Quota,
    /// Failed sign-ins to one account from one client address.
    pub sign_in_by_account_and_client: Quota,
    /// Failed sign-ins to one account from anywhere.
    pub sign_in_by_account: Quota,
    /// Failed sign-ins to one account in one browser in which it signed in before.
    pub sign_in_by_device: Quota,
    /// Wrong codes of a second factor for one account; and, counted apart, in one browser in which
    /// it signed in before.
    pub code_by_account: Quota,
    /// Links to reset a password that one client address asks for.
    pub reset_by_client: Quota,
    /// Links to reset a password that are asked for one email address.
    pub reset_by_address: Quota,
    /// Links of one client address that do not exist.
    pub link_by_client: Quota,
    /// Files read and evidence written for one organization.
    pub imports: Quota,
    /// Who takes payments by card.
    pub gateway: gateway::Choice,
    /// The most bytes of all parts of an organization's evidence, as JSON. Every answer about
    /// evidence is at most some times as large.
    pub evidence: usize,
    /// The most bytes of what is kept of organizations' evidence to answer quickly.
    pub engines: usize,
    /// How long a file may be read.
    pub reading: std::time::Duration,
    /// How long a file may wait until those of others are read.
    pub waiting: std::time::Duration,
    /// Origins of other sites whose pages may use this API: `https://app.contoso.example`.
    pub allowed_origins: Vec<String>,
    /// Whether the client's address is the last of `X-Forwarded-For`, behind a proxy of ours.
    pub behind_proxy: bool,
    /// How mails are sent.
    pub mail: mail::Settings,
    /// So many requests of one client are under way at a time; `None` where its connections are
    /// counted, each of which has one.
    pub requests_of_client: Option<usize>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            session_idle: Duration::hours(8),
            session_absolute: Duration::days(7),
            sessions_of_user: 50,
            sign_in_by_client: quota(30, 10),
            sign_in_by_account_and_client: quota(10, 30),
            sign_in_by_account: quota(500, 20),
            sign_in_by_device: quota(10, 30),
            // Of a million codes three are right at a time: guesses find one in six years.
            code_by_account: quota(10, 600),
            reset_by_client: quota(30, 60),
            reset_by_address: quota(3, 1_200),
            link_by_client: quota(30, 10),
            imports: imports_an_hour(600),
            gateway: gateway::Choice::default(),
            // More than twice the largest partner that was measured.
            evidence: 64 * 1024 * 1024,
            // The largest partner that was measured, and a few hundred of the usual size.
            engines: 256 * 1024 * 1024,
            // The largest files take a few seconds.
            reading: std::time::Duration::from_secs(60),
            waiting: std::time::Duration::from_secs(90),
            allowed_origins: Vec::new(),
            behind_proxy: false,
            mail: mail::Settings::default(),
            requests_of_client: None,
        }
    }
}

fn quota(burst: u32, seconds: i64) -> Quota {
    let refill = Duration::seconds(seconds);
    Quota { burst, refill }
}

/// So many in an hour, in any order.
pub fn imports_an_hour(most: u32) -> Quota {
    Quota {
        burst: most,
        refill: Duration::hours(1) / i32::try_from(most.max(1)).unwrap_or(i32::MAX),
    }
}

/// The catalog as the rules use it and as it is served.
#[derive(Debug)]
pub struct ServedCatalog {
    /// For the rules.
    pub catalog: Arc<Catalog>,
    /// Its limits of access.
    pub access: Access,
    /// Its limits of buying.
    pub purchase: PurchaseLimits,
    /// The same as JSON.
    pub json: Vec<u8>,
    /// [`membership_catalog::digest`] of it: by which rules an answer was made.
    pub digest: String,
    /// The digest as a tag.
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
    /// What is made of evidence.
    pub engines: Arc<Engines>,
    /// What the audit log is told of now and then.
    pub(crate) tally: Arc<Tally>,
    /// Requests of each client, where they are counted.
    pub(crate) under_way: Arc<UnderWay>,
    /// Where mails go.
    pub(crate) delivery: Arc<Delivery>,
    /// Passwords, codes and links that were tried.
    pub tries: Arc<Tries>,
    /// The payment provider.
    pub gateway: Arc<dyn Gateway>,
    /// Whose turn it is to have evidence read.
    pub turns: Arc<Turns>,
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
    /// Mails can't be sent as the settings say.
    #[error("{0:#}")]
    Mail(anyhow::Error),
    /// Payments can't be taken as the settings say.
    #[error("{0:#}")]
    Gateway(anyhow::Error),
    /// The catalog was not checked.
    #[error("the catalog lacks a limit of access or of buying: check it")]
    Unchecked,
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
        let digest = membership_catalog::digest(&json);
        tracing::info!(%digest, "the rules of this catalog hold");
        let access = catalog.access().ok_or(StartError::Unchecked)?;
        let purchase = catalog.purchase_limits().ok_or(StartError::Unchecked)?;
        let clock = Arc::new(clock);
        let catalog = Arc::new(catalog);
        Ok(Self {
            engines: Arc::new(Engines::new(Arc::clone(&catalog), settings.engines)),
            catalog: Arc::new(ServedCatalog {
                catalog,
                access,
                purchase,
                json,
                etag: etag::weak(&digest),
                digest,
            }),
            gateway: (settings.gateway.begun(&store, &clock)).map_err(StartError::Gateway)?,
            clock,
            passwords: Passwords::new()?,
            tally: Arc::default(),
            under_way: Arc::default(),
            delivery: Arc::new(Delivery::new(&settings.mail).map_err(StartError::Mail)?),
            tries: Arc::new(Tries::new(&settings)),
            turns: Arc::new(Turns::new(&settings)),
            settings: Arc::new(settings),
            store,
        })
    }
}
