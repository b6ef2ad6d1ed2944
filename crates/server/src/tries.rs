//! How often something may be tried that others could guess or wear out: passwords, codes, links,
//! and mails with a link.

mod of;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::http::HeaderName;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use membership_contract::refusal::{Refusal, Tried};
use membership_store::Store;
use membership_store::tries::{self, Bucket, Counted};
use sha2::{Digest, Sha256};

use crate::app::Settings;
use crate::devices::Mark;
use crate::http::problem::{Answer, ApiError};
use crate::limiter::{Exhausted, KEPT, KEYS, Left, Limiter, Quota};

pub use of::{Of, Source};

const LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// After so many tries that this server counted, rows are looked through for those that can go.
const CLEANED: u64 = 500;

/// What is counted by one kind of key.
#[derive(Debug)]
struct Limit {
    kind: &'static str,
    quota: Quota,
    /// What this server counted alone: what it knows to be too many needs no question to the
    /// database, which nobody can wear out with it.
    here: Limiter<Key>,
}

/// Of a fixed length, and tells nothing of what somebody typed in place of an address.
type Key = [u8; 16];

/// What was tried, counted for all servers together.
#[derive(Debug)]
pub struct Tries {
    client: Limit,
    /// Somebody elsewhere does not use up the tries of the account's owner.
    account_and_client: Limit,
    /// Wide: for who tries one account from many places.
    account: Limit,
    device: Limit,
    code: Limit,
    code_device: Limit,
    reset_client: Limit,
    reset_address: Limit,
    link: Limit,
    counted: AtomicU64,
}

/// A try that was counted.
#[derive(Debug)]
pub struct Try {
    tries: Arc<Tries>,
    store: Store,
    of: Of,
    now: DateTime<Utc>,
    left: Left,
    quota: Quota,
}

impl Tries {
    /// Nothing was tried here yet.
    pub fn new(settings: &Settings) -> Self {
        let limit = |kind, quota| Limit {
            kind,
            quota,
            here: Limiter::new(quota),
        };
        Self {
            client: limit("client", settings.sign_in_by_client),
            account_and_client: limit("both", settings.sign_in_by_account_and_client),
            account: limit("account", settings.sign_in_by_account),
            device: limit("device", settings.sign_in_by_device),
            code: limit("code", settings.code_by_account),
            code_device: limit("code_device", settings.code_by_account),
            reset_client: limit("reset_client", settings.reset_by_client),
            reset_address: limit("reset_address", settings.reset_by_address),
            link: limit("link", settings.link_by_client),
            counted: AtomicU64::new(0),
        }
    }

    fn all(&self) -> [&Limit; 9] {
        [
            &self.client,
            &self.account_and_client,
            &self.account,
            &self.device,
            &self.code,
            &self.code_device,
            &self.reset_client,
            &self.reset_address,
            &self.link,
        ]
    }

    /// Counts a try before it is made. 429 where there were too many.
    pub async fn count(self: &Arc<Self>, store: &Store, of: Of, now: DateTime<Utc>) -> Answer<Try> {
        let (counters, told) = self.counters(&of);
        for (place, (limit, key)) in counters.iter().enumerate() {
            if let Err(exhausted) = limit.here.take(key, now) {
                give_back_here(&counters[..place]);
                return Err(too_many(exhausted, limit.quota, &of));
            }
        }
        let full_at = match tries::take(store, &buckets(&counters), now).await? {
            Counted::All(full_at) => full_at,
            Counted::Refused(place, full_at) => {
                give_back_here(&counters);
                let quota = counters[place].0.quota;
                return Err(too_many(quota.exhausted(full_at, now), quota, &of));
            }
        };
        self.clean_sometimes(store, now);
        let quota = counters[told].0.quota;
        let left = quota.left(full_at[told], now);
        Ok(Try {
            tries: Arc::clone(self),
            store: store.clone(),
            of,
            now,
            left,
            quota,
        })
    }

    /// By what a try counts, always in the same order; and the place of that of which people are
    /// told: a browser, an account with a client, an address.
    fn counters(&self, of: &Of) -> (Vec<(&Limit, Key)>, usize) {
        match of {
            Of::SignIn(Source::Device(mark)) => (vec![(&self.device, of_device(mark))], 0),
            Of::SignIn(Source::Elsewhere(account, client)) => {
                let client = client.to_string();
                let (account, client) = (account.as_bytes(), client.as_bytes());
                let counters = vec![
                    (&self.client, key(&[client])),
                    (&self.account_and_client, key(&[client, account])),
                    (&self.account, key(&[account])),
                ];
                (counters, 1)
            }
            Of::Code(Source::Device(mark)) => (vec![(&self.code_device, of_device(mark))], 0),
            // Who gets this far knows the password: where they come from says nothing more.
            Of::Code(Source::Elsewhere(account, _)) => {
                (vec![(&self.code, key(&[account.as_bytes()]))], 0)
            }
            Of::Reset(address, client) => {
                let client = key(&[client.to_string().as_bytes()]);
                let address = key(&[address.as_bytes()]);
                let counters = vec![(&self.reset_client, client), (&self.reset_address, address)];
                (counters, 1)
            }
            Of::Link(client) => {
                let client = key(&[client.to_string().as_bytes()]);
                (vec![(&self.link, client)], 0)
            }
        }
    }

    /// Nobody waits for it. Kinds are bounded as in memory, but for what comes until the next time.
    fn clean_sometimes(self: &Arc<Self>, store: &Store, now: DateTime<Utc>) {
        let counted = self.counted.fetch_add(1, Ordering::Relaxed);
        if !counted.is_multiple_of(CLEANED) {
            return;
        }
        let (tries, store) = (Arc::clone(self), store.clone());
        tokio::spawn(async move {
            let bounds = (KEYS as u64, KEPT as u64);
            for limit in tries.all() {
                if let Err(error) = tries::clean(&store, limit.kind, now, bounds).await {
                    tracing::warn!(%error, "old tries were not removed");
                }
            }
        });
    }
}

impl Try {
    /// It succeeded, so it costs nothing. Where the database does not answer it does: nobody is kept
    /// out for that who was let in.
    pub async fn give_back(self) {
        let (counters, _) = self.tries.counters(&self.of);
        give_back_here(&counters);
        let given = tries::give_back(&self.store, &buckets(&counters), self.now).await;
        if let Err(error) = given {
            tracing::warn!(%error, "a try that succeeded counts as one that failed");
        }
    }

    /// A refusal with how many tries are left.
    pub fn told(&self, refused: ApiError) -> ApiError {
        let (left, wait) = (self.left.tries, seconds(self.left.full_in));
        let tried = self.of.tried();
        refused
            .with_header(LIMIT, &format!("\"{}\";r={left};t={wait}", tried.code()))
            .with_header(POLICY, &policy(tried, self.quota))
    }
}

fn give_back_here(counters: &[(&Limit, Key)]) {
    for (limit, key) in counters {
        limit.here.give_back(key);
    }
}

fn buckets(counters: &[(&Limit, Key)]) -> Vec<Bucket> {
    let bucket = |(limit, key): &(&Limit, Key)| Bucket {
        kind: limit.kind,
        key: URL_SAFE_NO_PAD.encode(key),
        burst: limit.quota.burst,
        refill: limit.quota.refill,
    };
    counters.iter().map(bucket).collect()
}

/// The same on every server.
fn key(parts: &[&[u8]]) -> Key {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
        hash.update(part);
    }
    let mut key = Key::default();
    let length = key.len();
    key.copy_from_slice(&hash.finalize()[..length]);
    key
}

fn of_device(mark: &Mark) -> Key {
    key(&[mark.as_ref()])
}

fn too_many(exhausted: Exhausted, quota: Quota, of: &Of) -> ApiError {
    let (tried, seconds) = (of.tried(), seconds(exhausted.retry_in));
    let lifted = of.lifted().to_owned();
    let refusal = Refusal::TooManyTries {
        tried,
        seconds,
        lifted,
    };
    ApiError::from(refusal)
        .with_header(LIMIT, &format!("\"{}\";r=0;t={seconds}", tried.code()))
        .with_header(POLICY, &policy(tried, quota))
}

fn policy(tried: Tried, quota: Quota) -> String {
    let (name, burst) = (tried.code(), quota.burst);
    let window = quota.refill.num_seconds().saturating_mul(i64::from(burst));
    format!("\"{name}\";q={burst};w={window}")
}

/// Rounded up: after that long there is a try.
pub fn seconds(duration: Duration) -> i64 {
    (duration.num_milliseconds() + 999) / 1000
}
