//! Limits how often something may be tried: signing in, importing.
//!
//! Token buckets, one per key, in this server's memory; `membership_store::tries` has those that all
//! servers share. Ours and not a library's because a success must give its token back: who signs in
//! correctly all day is never told to wait.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Duration, Utc};

/// There are never more keys than this, so that memory and rows stay bounded whatever is tried.
pub const KEYS: usize = 10_000;

/// So many are kept where some must be forgotten: not each new key makes all others be looked at.
pub const KEPT: usize = KEYS * 3 / 4;

/// How much is allowed.
#[derive(Clone, Copy, Debug)]
pub struct Quota {
    /// So many at once.
    pub burst: u32,
    /// One more after each such period.
    pub refill: Duration,
}

impl Quota {
    /// When a bucket is full again after one more try, where it would have been at `full_at`.
    fn count(self, full_at: DateTime<Utc>, now: DateTime<Utc>) -> Result<DateTime<Utc>, Exhausted> {
        let after = full_at.max(now) + self.refill;
        let allowed = now + self.most();
        match after > allowed {
            true => Err(Exhausted {
                retry_in: after - allowed,
            }),
            false => Ok(after),
        }
    }

    /// What is left in a bucket that will be full at this instant.
    pub fn left(self, full_at: DateTime<Utc>, now: DateTime<Utc>) -> Left {
        let refill = self.refill.num_milliseconds().max(1);
        let tries = (now + self.most() - full_at).num_milliseconds() / refill;
        Left {
            tries: u32::try_from(tries).unwrap_or(0),
            full_in: full_at - now,
        }
    }

    /// When there is a try again in a bucket that has none, and will be full at this instant.
    pub fn exhausted(self, full_at: DateTime<Utc>, now: DateTime<Utc>) -> Exhausted {
        // A try that somebody gave back in the meantime is there at once.
        let none = Exhausted {
            retry_in: Duration::zero(),
        };
        self.count(full_at, now).err().unwrap_or(none)
    }

    /// Until an empty bucket is full.
    fn most(self) -> Duration {
        self.refill * i32::try_from(self.burst).unwrap_or(i32::MAX)
    }
}

/// What is left after a try was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// Further tries without waiting.
    pub tries: u32,
    /// Until the bucket is full again.
    pub full_in: Duration,
}

/// No try is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many tries")]
pub struct Exhausted {
    /// Until the next try is allowed.
    pub retry_in: Duration,
}

/// Counts tries by key.
#[derive(Debug)]
pub struct Limiter<K> {
    quota: Quota,
    /// By key, the instant at which its bucket will be full.
    full_at: Mutex<HashMap<K, DateTime<Utc>>>,
}

impl<K: Eq + Hash + Clone> Limiter<K> {
    /// All buckets are full.
    pub fn new(quota: Quota) -> Self {
        Self {
            quota,
            full_at: Mutex::new(HashMap::new()),
        }
    }

    /// How much is allowed.
    pub fn quota(&self) -> Quota {
        self.quota
    }

    /// Counts a try before it is made, so that many at the same time do not slip through.
    pub fn take(&self, key: &K, now: DateTime<Utc>) -> Result<Left, Exhausted> {
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        if full_at.len() >= KEYS && !full_at.contains_key(key) {
            forget(&mut full_at, now);
        }
        let before = full_at.get(key).copied().unwrap_or(now);
        let after = self.quota.count(before, now)?;
        full_at.insert(key.clone(), after);
        Ok(self.quota.left(after, now))
    }

    /// Gives back a try that succeeded.
    pub fn give_back(&self, key: &K) {
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = full_at.get_mut(key) {
            *at -= self.quota.refill;
        }
    }
}

/// Forgets the full buckets, and where that is not enough those that are full soonest: an
/// attacker with many keys does not make us forget the one that was tried most.
fn forget<K: Eq + Hash>(full_at: &mut HashMap<K, DateTime<Utc>>, now: DateTime<Utc>) {
    full_at.retain(|_, at| *at > now);
    let Some(too_many) = full_at.len().checked_sub(KEPT).filter(|many| *many > 0) else {
        return;
    };
    let mut order: Vec<DateTime<Utc>> = full_at.values().copied().collect();
    let (_, last, _) = order.select_nth_unstable(too_many - 1);
    let (last, mut left) = (*last, too_many);
    // Many can be full at the same instant: no more go than must.
    full_at.retain(|_, at| {
        let goes = *at <= last && left > 0;
        left -= usize::from(goes);
        !goes
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Duration::seconds(seconds)
    }

    fn limiter() -> Limiter<&'static str> {
        Limiter::new(Quota {
            burst: 3,
            refill: Duration::seconds(10),
        })
    }

    #[test]
    fn a_bucket_empties_and_refills() {
        let limiter = limiter();
        let left = |tries, seconds| {
            let full_in = Duration::seconds(seconds);
            Ok(Left { tries, full_in })
        };
        assert_eq!(limiter.take(&"a", at(0)), left(2, 10));
        assert_eq!(limiter.take(&"a", at(0)), left(1, 20));
        assert_eq!(limiter.take(&"a", at(0)), left(0, 30));
        let retry_in = Duration::seconds(6);
        assert_eq!(limiter.take(&"a", at(4)), Err(Exhausted { retry_in }));
        assert_eq!(limiter.take(&"a", at(10)), left(0, 30));
        assert!(
            limiter.take(&"b", at(4)).is_ok(),
            "another key is not affected"
        );
        assert_eq!(
            limiter.take(&"a", at(1000)),
            left(2, 10),
            "never more than the burst"
        );
    }

    #[test]
    fn success_costs_nothing() {
        let limiter = limiter();
        for _ in 0..100 {
            assert!(limiter.take(&"a", at(0)).is_ok());
            limiter.give_back(&"a");
        }
    }

    #[test]
    fn forgotten_keys_were_full() {
        let limiter = Limiter::new(limiter().quota());
        for number in 0..KEYS {
            assert!(limiter.take(&number, at(0)).is_ok());
        }
        assert!(limiter.take(&KEYS, at(60)).is_ok());
        let known = limiter.full_at.lock().map(|known| known.len());
        assert_eq!(known.ok(), Some(1));
    }

    #[test]
    fn many_keys_take_no_more_memory_and_free_nobody() {
        let limiter = Limiter::new(limiter().quota());
        let attacked = usize::MAX;
        for _ in 0..3 {
            assert!(limiter.take(&attacked, at(0)).is_ok());
        }
        for number in 0..5 * KEYS {
            assert!(limiter.take(&number, at(0)).is_ok());
            let known = limiter.full_at.lock().map(|known| known.len());
            assert!(known.is_ok_and(|known| known <= KEYS));
        }
        assert!(limiter.take(&attacked, at(0)).is_err(), "it is remembered");
    }
}
