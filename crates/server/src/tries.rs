//! How often somebody may fail to sign in: from where, to which account, and both together.

use std::net::IpAddr;

use axum::http::HeaderName;
use chrono::{DateTime, Duration, Utc};
use membership_contract::refusal::Refusal;

use crate::app::Settings;
use crate::devices::Mark;
use crate::http::problem::ApiError;
use crate::limiter::{Exhausted, Left, Limiter, Quota};

const LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// What also lifts a refusal in a browser that is not known: others may use up each try that comes
/// back.
const ELSEWHERE: &str = ", or use a browser in which you signed in before";

/// In a known browser: nobody else uses up its tries.
const HERE: &str = "; a correct password works then";

/// Failed sign-ins. Each server counts for itself.
#[derive(Debug)]
pub struct SignIns {
    client: Limiter<IpAddr>,
    /// Somebody elsewhere does not use up the tries of the account's owner.
    account_and_client: Limiter<(String, IpAddr)>,
    /// Wide: for who tries one account from many places.
    account: Limiter<String>,
    device: Limiter<Mark>,
}

/// A try that was counted.
#[derive(Debug)]
pub struct Try<'a> {
    signing: &'a SignIns,
    from: Source,
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
    /// Nobody has failed yet.
    pub fn new(settings: &Settings) -> Self {
        Self {
            client: Limiter::new(settings.sign_in_by_client),
            account_and_client: Limiter::new(settings.sign_in_by_account_and_client),
            account: Limiter::new(settings.sign_in_by_account),
            device: Limiter::new(settings.sign_in_by_device),
        }
    }

    /// Counts a try before it is made. 429 where there were too many.
    pub fn count(&self, from: Source, now: DateTime<Utc>) -> Result<Try<'_>, ApiError> {
        let counted = |left, quota, from| Try {
            signing: self,
            from,
            left,
            quota,
        };
        let (account, client) = match &from {
            Source::Device(mark) => {
                let left = taken(&self.device, mark, now, HERE)?;
                return Ok(counted(left, self.device.quota(), from));
            }
            Source::Elsewhere(account, client) => (account, client),
        };
        taken(&self.client, client, now, ELSEWHERE)?;
        let both = (account.clone(), *client);
        let left = taken(&self.account_and_client, &both, now, ELSEWHERE)
            .inspect_err(|_| self.client.give_back(client))?;
        taken(&self.account, account, now, ELSEWHERE).inspect_err(|_| {
            self.client.give_back(client);
            self.account_and_client.give_back(&both);
        })?;
        Ok(counted(left, self.account_and_client.quota(), from))
    }
}

impl Try<'_> {
    /// It succeeded, so it costs nothing.
    pub fn give_back(self) {
        match self.from {
            Source::Device(mark) => self.signing.device.give_back(&mark),
            Source::Elsewhere(account, client) => {
                self.signing.client.give_back(&client);
                self.signing.account.give_back(&account);
                let both = (account, client);
                self.signing.account_and_client.give_back(&both);
            }
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

fn taken<K: Eq + std::hash::Hash + Clone>(
    limiter: &Limiter<K>,
    key: &K,
    now: DateTime<Utc>,
    lifted: &str,
) -> Result<Left, ApiError> {
    let taken = limiter.take(key, now);
    taken.map_err(|exhausted| too_many(exhausted, limiter.quota(), lifted))
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
