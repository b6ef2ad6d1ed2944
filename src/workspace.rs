//! What every page of the workspace is made from: catalog, evidence and day, loaded together.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use leptos::prelude::*;
use membership_contract::clock::Clock;
use membership_contract::paths as api_paths;
use membership_contract::session::SessionOrganization;
use membership_contract::text::{Speaker, Words};
use membership_domain::assess::{Assessment, Basis, Engine, Forecast};
use membership_domain::catalog::Catalog;
use membership_domain::evidence::Evidence;
use membership_domain::hypothesis::Hypothesis;
use wasm_bindgen_futures::spawn_local;

use crate::api::cache::{self, Known, Version};
use crate::api::remote::Load;
use crate::api::{self, boot, remote, turn};
use crate::{format, ui};

/// One organization's rules, evidence and day.
#[derive(Clone)]
pub struct Workspace {
    engine: Arc<Engine<Arc<Catalog>, Arc<Evidence>>>,
    /// The programs and rules.
    pub catalog: Arc<Catalog>,
    evidence: Arc<Evidence>,
    /// The server's day.
    pub day: NaiveDate,
}

/// The same answers of the server. Comparing every rule and every customer would take longer,
/// and far more code, than to show an equal page once more.
impl PartialEq for Workspace {
    fn eq(&self, other: &Self) -> bool {
        self.is_of(&other.catalog, &other.evidence) && self.day == other.day
    }
}

impl Workspace {
    /// It counts what decisions count; in a preview without an account, where nothing is decided,
    /// what was entered.
    fn new(catalog: Arc<Catalog>, evidence: Arc<Evidence>, day: NaiveDate) -> Self {
        let basis = match boot::local() {
            Some(_) => Basis::Entered,
            None => Basis::Decision,
        };
        let engine = Engine::new(catalog.clone(), evidence.clone(), basis);
        Self {
            engine: Arc::new(engine),
            catalog,
            evidence,
            day,
        }
    }

    /// Whether it is made from these answers of the server.
    fn is_of(&self, catalog: &Arc<Catalog>, evidence: &Arc<Evidence>) -> bool {
        Arc::ptr_eq(&self.catalog, catalog) && Arc::ptr_eq(&self.evidence, evidence)
    }

    /// All that was entered.
    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// Which rows of the evidence are counted.
    pub fn basis(&self) -> Basis {
        self.engine.basis()
    }

    /// The same on another basis. Rows that both count are put in order once.
    pub fn on(&self, basis: Basis) -> Self {
        if basis == self.basis() {
            return self.clone();
        }
        Self {
            engine: Arc::new(self.engine.on(basis)),
            ..self.clone()
        }
    }

    /// Where the organization stands today.
    pub fn today(&self) -> Assessment {
        self.assess(&Hypothesis::default())
    }

    /// Where it would stand.
    pub fn assess(&self, hypothesis: &Hypothesis) -> Assessment {
        self.engine.assess(self.day, hypothesis)
    }

    /// How a score changes by itself in the days to come.
    pub fn forecast(&self, hypothesis: &Hypothesis, score: &str, days: u64) -> Vec<Forecast> {
        let from = hypothesis.day.unwrap_or(self.day);
        let until = from.checked_add_days(Days::new(days)).unwrap_or(from);
        self.engine.forecast(self.day, hypothesis, score, until)
    }

    /// Says things about it, as the browser writes them.
    pub fn speaker(&self) -> Speaker<'_> {
        Speaker {
            catalog: &self.catalog,
            words: &Browser,
        }
    }
}

/// Days, numbers and lists by the browser's `Intl`.
pub struct Browser;

impl Words for Browser {
    fn day(&self, day: NaiveDate) -> String {
        format::day(day)
    }

    fn decimal(&self, decimal: &str) -> String {
        format::decimal(decimal)
    }

    fn list(&self, items: &[String]) -> String {
        format::list(items)
    }

    fn choice(&self, items: &[String]) -> String {
        format::choice(items)
    }
}

/// A page of the workspace, once everything is there; it is built anew when any of it changes.
pub fn with(
    organization: &SessionOrganization,
    page: impl Fn(Workspace) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let id = organization.id;
    let catalog = remote::<Catalog>(|| Some(api_paths::CATALOG.to_owned()));
    let evidence = api::evidence(id);
    let clock = remote::<Clock>(|| Some(api_paths::CLOCK.to_owned()));
    let (made, newest) = (RwSignal::new(None::<Workspace>), StoredValue::new(0));
    Effect::new(move |begun: Option<u32>| {
        let number = begun.map_or(0, |begun| begun + 1);
        newest.set_value(number);
        let parts = (catalog.get(), evidence.get(), clock.get());
        if let (Some(catalog), Some(evidence), Some(clock)) = parts {
            let day = clock.now.date_naive();
            // The page may be gone by then, or want another one.
            let is_wanted = move || newest.try_get_value() == Some(number);
            make(catalog, evidence, day, made, is_wanted);
        }
        number
    });
    // Only asked again, and the same: the page stays as it is.
    let workspace = Memo::new(move |_| made.get());
    let load = Signal::derive(move || Load::all([catalog.load(), evidence.load(), clock.load()]));
    let retry = Callback::new(move |()| {
        catalog.reload();
        evidence.reload();
        clock.reload();
    });
    ui::when_ready(load, retry, move || {
        workspace.get().map_or_else(|| ui::skeleton(3), &page)
    })
}

/// Not an address: what the last page was made from, beside the answers that it is made of.
const LAST: &str = "workspace";

/// Puts evidence in order, or takes it as the page before left it. Between the steps there is room
/// for what a person does: each takes a moment where there is much evidence.
fn make(
    catalog: Arc<Catalog>,
    evidence: Arc<Evidence>,
    day: NaiveDate,
    made: RwSignal<Option<Workspace>>,
    is_wanted: impl Fn() -> bool + 'static,
) {
    let last = cache::get(LAST).and_then(|last| last.value.downcast::<Workspace>().ok());
    if let Some(last) = last.filter(|last| last.is_of(&catalog, &evidence)) {
        let last = (*last).clone();
        made.set(Some(Workspace { day, ..last }));
        return;
    }
    spawn_local(async move {
        turn().await;
        if !is_wanted() {
            return;
        }
        let workspace = Workspace::new(catalog, evidence, day);
        turn().await;
        // What these find, the engine keeps for whoever asks next.
        workspace.today();
        turn().await;
        if workspace.basis() == Basis::Decision {
            workspace.on(Basis::Entered).today();
            turn().await;
        }
        if !is_wanted() {
            return;
        }
        let known = Known {
            value: Arc::new(workspace.clone()),
            version: Version::Made,
        };
        cache::put(LAST.to_owned(), known);
        made.set(Some(workspace));
    });
}
