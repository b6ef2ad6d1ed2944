//! What the server makes of an organization's evidence, kept between requests: reading and sorting
//! it takes a hundred times as long as an answer from what was made.
//!
//! It is kept by the tag of the evidence, and so never answers for another state; it is made once,
//! however many ask at the same time; and all of it together takes a bounded number of bytes.

mod held;
mod ready;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared, WeakShared};
use membership_domain::Catalog;
use membership_domain::id::OrganizationId;
use membership_lists::Bounded;

use self::held::Held;
pub use self::held::{On, View};
pub use self::ready::{Ready, Written};
use crate::App;
use crate::evidence::Snapshot;
use crate::guard::Member;
use crate::http::accepts::Accepts;
use crate::http::problem::{Answer, ApiError};
use crate::turns::Watch;

/// Whose evidence, as of which tag, and what it is assessed for.
type Key = (OrganizationId, String, On);

/// What is being made, for all who wait for it. Whoever waits drives it, and when nobody does any
/// more it is dropped, which ends the work.
type Flight = Shared<BoxFuture<'static, Answer<View>>>;

/// The engines of the organizations that were asked for last, all by one catalog.
pub struct Engines {
    catalog: Arc<Catalog>,
    kept: Mutex<Bounded<OrganizationId, Arc<Held>>>,
    flights: Mutex<HashMap<Key, WeakShared<BoxFuture<'static, Answer<View>>>>>,
}

impl fmt::Debug for Engines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engines").finish_non_exhaustive()
    }
}

impl Engines {
    /// Nothing is made yet; what is kept takes at most about so many bytes, and is assessed by the
    /// rules of this catalog.
    pub fn new(catalog: Arc<Catalog>, most: usize) -> Self {
        Self {
            catalog,
            kept: Mutex::new(Bounded::new(most)),
            flights: Mutex::default(),
        }
    }

    /// About how many bytes everything takes that is kept.
    pub fn bytes(&self) -> usize {
        self.kept().weight()
    }

    /// The evidence of an organization as it is now, assessed for today. Where that is kept nothing
    /// is read but its tag.
    ///
    /// # Errors
    /// As the queue of looks has them, and those of the store.
    pub async fn view(app: &App, member: &Member) -> Answer<View> {
        Self::view_of(app, member.organization).await
    }

    /// The same of an organization that nobody asks for.
    ///
    /// # Errors
    /// As [`Engines::view`].
    pub async fn view_of(app: &App, organization: OrganizationId) -> Answer<View> {
        let on = On {
            day: app.clock.now().date_naive(),
        };
        let key = (organization, Snapshot::tag_of(app, organization).await?, on);
        if let Some(view) = app.engines.known(&key) {
            return Ok(view);
        }
        // Who waits is counted, so that no line gets longer than others may be.
        let _here = app.turns.looks.here(organization)?;
        let flight = app.engines.flight(app, key);
        flight.await
    }

    /// A body that is made from evidence, by its name and as its client takes it: the one that is
    /// kept, or else made in a turn and kept.
    ///
    /// # Errors
    /// Those of `make`, and of the queue of looks.
    pub async fn body(
        app: &App,
        organization: OrganizationId,
        view: &View,
        (name, accepts): (&str, Accepts),
        make: impl FnOnce(&View, &Watch, &mut Written) -> Answer<()> + Send + 'static,
    ) -> Answer<Ready> {
        let key = (name.to_owned(), accepts.brotli);
        if let Some(known) = view.body(&key) {
            return Ok(known);
        }
        let place = app.turns.looks.place(organization).await?;
        if let Some(known) = view.body(&key) {
            // Others asked at the same time.
            return Ok(known);
        }
        let ours = view.clone();
        let work = move |watch: &Watch| -> Answer<Ready> {
            let ready = Ready::written(accepts, |written| make(&ours, watch, written))?;
            watch.expect()?;
            Ok(ready)
        };
        let made = app.turns.looks.run(place, work).await??;
        view.keep_body(key, &made);
        app.engines.weigh(organization, view);
        Ok(made)
    }

    /// Takes note of what a view weighs after it was used.
    pub fn weigh(&self, organization: OrganizationId, view: &View) {
        let mut kept = self.kept();
        let same = |held: &Arc<Held>| Arc::ptr_eq(held, view.held());
        if kept.get(&organization).is_some_and(same) {
            kept.weigh(&organization, view.held().bytes());
        }
    }

    /// What is kept of exactly this evidence.
    fn held(&self, organization: OrganizationId, tag: &str) -> Option<Arc<Held>> {
        let mut kept = self.kept();
        let held = kept.get(&organization)?;
        (held.tag() == tag).then(|| Arc::clone(held))
    }

    fn known(&self, (organization, tag, on): &Key) -> Option<View> {
        self.held(*organization, tag)?.known(*on)
    }

    /// What others wait for already, or a new beginning.
    fn flight(&self, app: &App, key: Key) -> Flight {
        let mut flights = self.flights();
        if let Some(flight) = flights.get(&key).and_then(WeakShared::upgrade) {
            return flight;
        }
        flights.retain(|_, flight| flight.upgrade().is_some());
        let flight = fly(app.clone(), key.clone()).boxed().shared();
        if let Some(weak) = flight.downgrade() {
            flights.insert(key, weak);
        }
        flight
    }

    fn kept(&self) -> MutexGuard<'_, Bounded<OrganizationId, Arc<Held>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn flights(
        &self,
    ) -> MutexGuard<'_, HashMap<Key, WeakShared<BoxFuture<'static, Answer<View>>>>> {
        self.flights.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes what is asked for. A failure is told to those who waited for it; who asks later begins
/// again.
async fn fly(app: App, key: Key) -> Answer<View> {
    let made = make(&app, &key).await;
    app.engines.flights().remove(&key);
    made
}

async fn make(app: &App, key: &Key) -> Answer<View> {
    let (organization, tag, on) = (key.0, &key.1, key.2);
    let (engines, looks) = (&app.engines, &app.turns.looks);
    let turn = looks.turn(looks.place(organization).await?).await?;
    if let Some(view) = engines.known(key) {
        return Ok(view);
    }
    let held = engines.held(organization, tag);
    // Somebody may have written since the tag was read: what is read now brings its own.
    let known = match held {
        None => Some(Snapshot::of(app, organization).await?),
        Some(_) => None,
    };
    let catalog = Arc::clone(&engines.catalog);
    let work = move |watch: &Watch| -> Answer<View> {
        let held = match (held, known) {
            (Some(held), _) => held,
            (None, known) => {
                let known = known.ok_or_else(ApiError::not_found)?;
                let (tag, size) = (known.tag(None), known.size());
                let evidence = known.into_evidence(watch)?;
                let held = Held::new(catalog, evidence, tag, size);
                watch.expect()?;
                Arc::new(held)
            }
        };
        Ok(held.assessed(on))
    };
    let (_, view) = turn.run(work).await?;
    let view = view?;
    let mut kept = engines.kept();
    kept.put(organization, Arc::clone(view.held()), view.held().bytes());
    drop(kept);
    Ok(view)
}
