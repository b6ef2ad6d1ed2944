//! One organization's evidence with what was made of it.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use chrono::NaiveDate;
use membership_contract::customer::CustomerDetail;
use membership_contract::evidence::pack;
use membership_domain::assess::Engine;
use membership_domain::evidence::Person;
use membership_domain::{Assessment, Basis, Catalog, Evidence, Hypothesis};
use membership_lists::{Bounded, Kept, Lists, Trace};

use super::ready::Ready;

/// Evidence, and the engine that sorted it, take about so many times the bytes of its JSON: of
/// 10,000 people and 144,000 rows of usage, which are 26 MB, they take 92 MB.
const FOLD: usize = 4;

/// So many days of one organization are kept assessed. All who ask at a time ask for the same day.
const DAYS: usize = 1;

/// Bodies that are kept of one organization and day, in bytes: what is asked for again and again,
/// such as the first pages of lists.
const BODIES: usize = 24 * 1024 * 1024;

/// What an assessment is for, beside the evidence and the basis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct On {
    /// The server's day.
    pub day: NaiveDate,
}

/// The name of a body, and whether it is compressed.
type BodyKey = (String, bool);

/// Evidence under one tag, and what was made of it so far.
pub struct Held {
    tag: String,
    /// On everything that was entered; [`Engine::on`] gives the one that decides.
    engine: Engine<Arc<Catalog>, Arc<Evidence>>,
    /// The bytes of the evidence as JSON.
    size: usize,
    days: Mutex<Vec<Arc<Day>>>,
}

/// The evidence on a day.
struct Day {
    on: On,
    decision: Assessment,
    /// Made when it is first asked for: what can be ordered is decided without it.
    entered: OnceLock<Assessment>,
    /// Made when a list is first asked for: who buys asks for none.
    trace: OnceLock<Trace>,
    /// What pages of lists share.
    kept: Kept,
    bodies: Mutex<Bounded<BodyKey, Ready>>,
}

/// Evidence under one tag, assessed for a day. Cheap to copy.
#[derive(Clone)]
pub struct View {
    held: Arc<Held>,
    day: Arc<Day>,
}

impl Held {
    /// Sorts evidence, of so many bytes as JSON, that is known under a tag. Takes a moment.
    pub fn new(catalog: Arc<Catalog>, evidence: Evidence, tag: String, size: usize) -> Self {
        Self {
            tag,
            engine: Engine::new(catalog, Arc::new(evidence), Basis::Entered),
            size,
            days: Mutex::default(),
        }
    }

    /// The tag of the evidence.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// About how many bytes it takes.
    pub fn bytes(&self) -> usize {
        let days = self.days();
        let days = days.iter();
        let of_days = days.map(|day| day.bodies().weight() + day.kept.bytes());
        self.size * FOLD * self.engine.orders_held().max(1)
            + self.engine.found_bytes()
            + of_days.sum::<usize>()
    }

    /// The view of a day that was assessed before.
    pub fn known(self: &Arc<Self>, on: On) -> Option<View> {
        let day = self.days().iter().find(|day| day.on == on).cloned()?;
        Some(View {
            held: Arc::clone(self),
            day,
        })
    }

    /// Assesses a day, and forgets an earlier one. Takes a moment.
    pub fn assessed(self: &Arc<Self>, on: On) -> View {
        if let Some(known) = self.known(on) {
            return known;
        }
        let engine = self.engine.on(Basis::Decision);
        let decision = engine.assess(on.day, &Hypothesis::default());
        let day = Arc::new(Day {
            on,
            decision,
            entered: OnceLock::new(),
            trace: OnceLock::new(),
            kept: Kept::default(),
            bodies: Mutex::new(Bounded::new(BODIES)),
        });
        let mut days = self.days();
        days.insert(0, Arc::clone(&day));
        days.truncate(DAYS);
        drop(days);
        View {
            held: Arc::clone(self),
            day,
        }
    }

    fn days(&self) -> MutexGuard<'_, Vec<Arc<Day>>> {
        self.days.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Day {
    fn bodies(&self) -> MutexGuard<'_, Bounded<BodyKey, Ready>> {
        self.bodies.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl View {
    /// What is kept of it.
    pub(super) fn held(&self) -> &Arc<Held> {
        &self.held
    }

    /// The tag of the evidence.
    pub fn tag(&self) -> String {
        self.held.tag.clone()
    }

    /// The engine with the sorted evidence, on everything that was entered.
    pub fn engine(&self) -> &Engine<Arc<Catalog>, Arc<Evidence>> {
        &self.held.engine
    }

    /// The assessment of the day. On what was entered it takes a moment the first time.
    pub fn assessment(&self, basis: Basis) -> &Assessment {
        match basis {
            Basis::Entered => self.entered(),
            Basis::Decision => &self.day.decision,
        }
    }

    fn entered(&self) -> &Assessment {
        let entered = &self.day.entered;
        entered.get_or_init(|| self.assess(Basis::Entered, &Hypothesis::default()))
    }

    /// What it would be if. Takes a moment.
    pub fn assess(&self, basis: Basis, hypothesis: &Hypothesis) -> Assessment {
        self.engine().on(basis).assess(self.day.on.day, hypothesis)
    }

    /// All of it in little space. Takes a moment.
    ///
    /// # Errors
    /// As [`pack`].
    pub fn packed(&self) -> Result<Vec<u8>, String> {
        pack(self.engine().evidence())
    }

    /// Somebody, by id.
    pub fn person(&self, id: &str) -> Option<&Person> {
        let people = &self.engine().evidence().people;
        people.iter().find(|person| person.id == id)
    }

    /// A customer with its usage, by id.
    pub fn customer(&self, id: &str) -> Option<CustomerDetail> {
        CustomerDetail::of(self.engine().evidence(), id)
    }

    /// The lists. Takes a moment the first time.
    pub fn lists(&self) -> Lists<'_> {
        let engine = self.engine();
        let (catalog, evidence) = (engine.catalog(), engine.evidence());
        let shared = (self.trace(), &self.day.kept);
        Lists::new(catalog, evidence, shared, self.day.on.day)
    }

    /// What counts for what, by each assessment.
    fn trace(&self) -> &Trace {
        self.day.trace.get_or_init(|| {
            let (catalog, day) = (self.engine().catalog(), &self.day);
            let trace = Trace::of(catalog, self.entered());
            let accepted = catalog.accepted(day.on.day);
            match accepted.takes_all(self.engine().evidence()) {
                true => trace,
                false => trace.decided_by(accepted, Trace::of(catalog, &day.decision)),
            }
        })
    }

    /// A body that was made before.
    pub(super) fn body(&self, key: &BodyKey) -> Option<Ready> {
        self.day.bodies().get(key).cloned()
    }

    /// Keeps a body, unless it alone takes all the room.
    pub(super) fn keep_body(&self, key: BodyKey, body: &Ready) {
        let weight = body.bytes().len() + key.0.len();
        if weight <= BODIES {
            self.day.bodies().put(key, body.clone(), weight);
        }
    }
}
