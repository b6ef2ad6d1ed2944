//! Lists of one partner's evidence: searched, filtered, sorted and given page by page, each row
//! with the areas and programs in which it counts, and why not in the others.
//!
//! Pure, so that the server gives them through the API and a preview without a server makes them
//! itself. Everything about counting comes from the engine's own findings: see [`Trace`].

mod asked;
mod bounded;
mod columns;
mod filter;
mod kept;
mod order;
mod page;
mod places;
mod query;
mod row;
mod rows;
mod texts;
mod trace;

pub use asked::{Asked, LONGEST_SEARCH, Wrong};
pub use bounded::Bounded;
pub use kept::Kept;
pub use page::Page;
pub use places::{Number, address, metric_name, numbers, places};
pub use query::{EXPIRING_DAYS, List, Query, State};
pub use rows::{CertificationRow, CustomerRow, PersonRow, UsageRow};
pub use trace::{Counting, Trace, Traced, View, Why};

use chrono::NaiveDate;
use membership_domain::catalog::Certificate;
use membership_domain::{Catalog, Evidence};
use rustc_hash::FxHashMap;

/// One partner's evidence as lists, on one day.
pub struct Lists<'a> {
    catalog: &'a Catalog,
    evidence: &'a Evidence,
    trace: &'a Trace,
    kept: &'a Kept,
    day: NaiveDate,
    /// Those of the catalog, by id.
    certificates: FxHashMap<&'a str, &'a Certificate>,
}

impl<'a> Lists<'a> {
    /// `trace` is of the same catalog, evidence and day, and so is what was kept of other pages.
    #[must_use]
    pub fn new(
        catalog: &'a Catalog,
        evidence: &'a Evidence,
        (trace, kept): (&'a Trace, &'a Kept),
        day: NaiveDate,
    ) -> Self {
        let certificates = catalog.certificates.iter();
        Self {
            catalog,
            evidence,
            trace,
            kept,
            day,
            certificates: certificates.map(|one| (one.id.as_str(), one)).collect(),
        }
    }
}
