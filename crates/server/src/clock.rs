//! What time it is. The only module that may ask the machine.

use std::sync::{PoisonError, RwLock};

use chrono::{DateTime, SubsecRound, Utc};

/// Two times: the business day, which a demo can set, and real time, which nobody can.
///
/// Windows, terms and audit entries go by [`Clock::now`]. Sessions, rate limits and ids go by
/// [`Clock::real`]: moving a demo into next year must not sign anyone out.
#[derive(Debug)]
pub struct Clock {
    demo: Option<RwLock<DateTime<Utc>>>,
    #[cfg(test)]
    real: Option<RwLock<DateTime<Utc>>>,
}

/// The clock shows real time and cannot be set.
#[derive(Debug, thiserror::Error)]
#[error("the clock can only be set in demo mode")]
pub struct NotADemo;

impl Clock {
    /// Shows real time.
    pub fn system() -> Self {
        Self::new(None)
    }

    /// Stands still at an instant until it is set to another one.
    pub fn demo(now: DateTime<Utc>) -> Self {
        Self::new(Some(RwLock::new(now)))
    }

    fn new(demo: Option<RwLock<DateTime<Utc>>>) -> Self {
        Self {
            demo,
            #[cfg(test)]
            real: None,
        }
    }

    /// As [`Clock::demo`], and real time stands still too.
    #[cfg(test)]
    pub fn still(now: DateTime<Utc>) -> Self {
        let mut clock = Self::demo(now);
        clock.real = Some(RwLock::new(now));
        clock
    }

    /// Moves real time on, in tests.
    #[cfg(test)]
    pub fn wait(&self, duration: chrono::Duration) {
        if let Some(real) = &self.real {
            *real.write().unwrap_or_else(PoisonError::into_inner) += duration;
        }
    }

    /// The instant by which the business goes.
    pub fn now(&self) -> DateTime<Utc> {
        match &self.demo {
            Some(demo) => *demo.read().unwrap_or_else(PoisonError::into_inner),
            None => self.real(),
        }
    }

    /// Real time, to the microsecond, which is what every database can keep.
    #[allow(
        clippy::disallowed_methods,
        reason = "the one place that asks the machine"
    )]
    pub fn real(&self) -> DateTime<Utc> {
        #[cfg(test)]
        if let Some(real) = &self.real {
            return *real.read().unwrap_or_else(PoisonError::into_inner);
        }
        Utc::now().trunc_subsecs(6)
    }

    /// Whether [`Clock::set`] works.
    pub fn is_settable(&self) -> bool {
        self.demo.is_some()
    }

    /// Sets the business clock of a demo.
    pub fn set(&self, now: DateTime<Utc>) -> Result<(), NotADemo> {
        let demo = self.demo.as_ref().ok_or(NotADemo)?;
        *demo.write().unwrap_or_else(PoisonError::into_inner) = now;
        Ok(())
    }
}
