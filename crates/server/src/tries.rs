//! How often somebody may fail to sign in: from where, to which account, and both together.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::http::HeaderName;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use membership_contract::refusal::Refusal;
use membership_store::Store;
use membership_store::tries::{self, Bucket, Counted};
use sha2::{Digest, Sha256};

use crate::app::Settings;
use crate::devices::Mark;
use crate::http::problem::{Answer, ApiError};
use crate::limiter::{Exhausted, KEPT, KEYS, Left, Limiter, Quota};

const LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// What also lifts a refusal in a browser that is not known: others may use up each try that comes
/// back.
const ELSEWHERE: &str = ", or use a browser in which you signed in before";

/// In a known browser: nobody else uses up its tries.
const HERE: &str = "; a correct password works then";

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

/// Failed sign-ins, counted for all servers together.
#[derive(Debug)]
pub struct SignIns {
    client: Limit,
    /// Somebody elsewhere does not use up the tries of the account's owner.
    account_and_client: Limit,
    /// Wide: for who tries one account from many places.
    account: Limit,
    device: Limit,
    counted: AtomicU64,
}

/// A try that was counted.
#[derive(Debug)]
pub struct Try {
    signing: Arc<SignIns>,
    store: Store,
    from: Source,
    now: DateTime<Utc>,
    left: Left,
    quota: Quota,
}

/// Where a try comes from, as it is counted.
#[derive(Clone, Debug)]
pub enum Source {
    /// A browser in which the account signed in before: nothing else counts for it.
    Device(Mark),
    /// Any other, by account, known or not, and client.
    Elsewhere(String, IpAddr),
}

impl SignIns {
    /// Nobody has failed here yet.
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
            counted: AtomicU64::new(0),
        }
    }

    /// Counts a try before it is made. 429 where there were too many.
    pub async fn count(
        self: &Arc<Self>,
        store: &Store,
        from: Source,
        now: DateTime<Utc>,
    ) -> Answer<Try> {
        let counters = self.counters(&from);
        let lifted = match &from {
            Source::Device(_) => HERE,
            Source::Elsewhere(..) => ELSEWHERE,
        };
        for (place, (limit, key)) in counters.iter().enumerate() {
            if let Err(exhausted) = limit.here.take(key, now) {
                give_back_here(&counters[..place]);
                return Err(too_many(exhausted, limit.quota, lifted));
            }
        }
        let full_at = match tries::take(store, &buckets(&counters), now).await? {
            Counted::All(full_at) => full_at,
            Counted::Refused(place, full_at) => {
                give_back_here(&counters);
                let quota = counters[place].0.quota;
                return Err(too_many(quota.exhausted(full_at, now), quota, lifted));
            }
        };
        self.clean_sometimes(store, now);
        // Of an account and a client together people are told, and of a browser.
        let told = counters.len() / 2;
        let quota = counters[told].0.quota;
        let left = quota.left(full_at[told], now);
        Ok(Try {
            signing: Arc::clone(self),
            store: store.clone(),
            from,
            now,
            left,
            quota,
        })
    }

    /// By what a try counts, always in the same order.
    fn counters(&self, from: &Source) -> Vec<(&Limit, Key)> {
        match from {
            Source::Device(mark) => vec![(&self.device, key(&[mark.as_ref()]))],
            Source::Elsewhere(account, client) => {
                let client = client.to_string();
                let (account, client) = (account.as_bytes(), client.as_bytes());
                vec![
                    (&self.client, key(&[client])),
                    (&self.account_and_client, key(&[client, account])),
                    (&self.account, key(&[account])),
                ]
            }
        }
    }

    /// Nobody waits for it. Kinds are bounded as in memory, but for what comes until the next time.
    fn clean_sometimes(self: &Arc<Self>, store: &Store, now: DateTime<Utc>) {
        let counted = self.counted.fetch_add(1, Ordering::Relaxed);
        if !counted.is_multiple_of(CLEANED) {
            return;
        }
        let (signing, store) = (Arc::clone(self), store.clone());
        tokio::spawn(async move {
            let bounds = (KEYS as u64, KEPT as u64);
            let all = [
                &signing.client,
                &signing.account_and_client,
                &signing.account,
                &signing.device,
            ];
            for limit in all {
                if let Err(error) = tries::clean(&store, limit.kind, now, bounds).await {
                    tracing::warn!(%error, "old failed sign-ins were not removed");
                }
            }
        });
    }
}

impl Try {
    /// It succeeded, so it costs nothing. Where the database does not answer it does: nobody is kept
    /// out for that who was let in.
    pub async fn give_back(self) {
        let counters = self.signing.counters(&self.from);
        give_back_here(&counters);
        let given = tries::give_back(&self.store, &buckets(&counters), self.now).await;
        if let Err(error) = given {
            tracing::warn!(%error, "a sign-in that succeeded counts as one that failed");
        }
    }

    /// A refusal with how many tries are left.
    pub fn told(&self, refused: ApiError) -> ApiError {
        let (left, wait) = (self.left.tries, seconds(self.left.full_in));
        refused
            .with_header(LIMIT, &format!("\"sign-in\";r={left};t={wait}"))
            .with_header(POLICY, &policy(self.quota))
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

fn too_many(exhausted: Exhausted, quota: Quota, lifted: &str) -> ApiError {
    let seconds = seconds(exhausted.retry_in);
    let lifted = lifted.to_owned();
    ApiError::from(Refusal::TooManySignIns { seconds, lifted })
        .with_header(LIMIT, &format!("\"sign-in\";r=0;t={seconds}"))
        .with_header(POLICY, &policy(quota))
}

fn policy(quota: Quota) -> String {
    let window = quota
        .refill
        .num_seconds()
        .saturating_mul(i64::from(quota.burst));
    format!("\"sign-in\";q={};w={window}", quota.burst)
}

/// Rounded up: after that long there is a try.
pub fn seconds(duration: Duration) -> i64 {
    (duration.num_milliseconds() + 999) / 1000
}
