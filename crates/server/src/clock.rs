//! What time it is. The only module that may ask the machine.

use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use chrono::{DateTime, Duration, SubsecRound, Utc};

/// How long a demo's clock may show what another server has set otherwise since.
const LOOK: Duration = Duration::milliseconds(500);

/// Two times: the business day, which a demo can set, and real time, which nobody can.
///
/// Windows, terms and audit entries go by [`Clock::now`]. Sessions, rate limits and ids go by
/// [`Clock::real`]: moving a demo into next year must not sign anyone out.
#[derive(Debug)]
pub struct Clock {
    demo: Option<RwLock<Demo>>,
    #[cfg(test)]
    real: Option<RwLock<DateTime<Utc>>>,
}

/// What the clock of a demo shows, as all servers of its database share it.
#[derive(Debug)]
struct Demo {
    now: DateTime<Utc>,
    /// When somebody last looked what others have set.
    looked: DateTime<Utc>,
    /// What was set here after somebody began to look is newer than what is found.
    sets: u64,
}

/// A look at what other servers have set, while it is under way.
#[derive(Debug)]
pub struct Look(u64);

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
        Self::new(Some(RwLock::new(Demo {
            now,
            looked: DateTime::UNIX_EPOCH,
            sets: 0,
        })))
    }

    fn new(demo: Option<RwLock<Demo>>) -> Self {
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
            Some(demo) => read(demo).now,
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

    /// Sets the business clock of a demo, here; others learn it from the database.
    pub fn set(&self, now: DateTime<Utc>) -> Result<(), NotADemo> {
        let demo = self.demo.as_ref().ok_or(NotADemo)?;
        let mut demo = write(demo);
        demo.now = now;
        demo.sets += 1;
        Ok(())
    }

    /// Begins to look at what other servers have set, in a demo and where it is time for it.
    pub fn look(&self) -> Option<Look> {
        let demo = self.demo.as_ref()?;
        let real = self.real();
        let is_due = |demo: &Demo| (real - demo.looked).abs() >= LOOK;
        // Mostly it is not, and then readers do not wait for each other.
        if !is_due(&read(demo)) {
            return None;
        }
        let mut demo = write(demo);
        is_due(&demo).then(|| {
            demo.looked = real;
            Look(demo.sets)
        })
    }

    /// Shows what was found, unless it was set here in the meantime.
    pub fn found(&self, look: &Look, now: DateTime<Utc>) {
        if let Some(demo) = &self.demo {
            let mut demo = write(demo);
            if demo.sets == look.0 {
                demo.now = now;
            }
        }
    }
}

fn read(demo: &RwLock<Demo>) -> RwLockReadGuard<'_, Demo> {
    demo.read().unwrap_or_else(PoisonError::into_inner)
}

fn write(demo: &RwLock<Demo>) -> RwLockWriteGuard<'_, Demo> {
    demo.write().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_is_due_now_and_then_and_what_is_set_meanwhile_is_newer() {
        let at = |seconds: i64| DateTime::UNIX_EPOCH + Duration::seconds(1_700_000_000 + seconds);
        let clock = Clock::still(at(0));
        let look = clock.look().expect("the first is due");
        assert!(clock.look().is_none());
        clock.found(&look, at(1));
        assert_eq!(clock.now(), at(1));
        clock.wait(LOOK);
        let look = clock.look().expect("it is time");
        assert!(clock.set(at(3)).is_ok());
        clock.found(&look, at(2));
        assert_eq!(clock.now(), at(3));
        assert!(Clock::system().look().is_none(), "real time is not shared");
    }
}
