//! Lists of one partner's evidence: searched, filtered, sorted and given page by page, each row
//! with the areas and programs in which it counts, and why not in the others.
//!
//! Pure, so that the server gives them through the API and a preview without a server makes them
//! itself. Everything about counting comes from the engine's own findings: see [`Trace`].

mod asked;
mod page;
mod places;
mod query;
mod rows;
mod trace;

pub use asked::{Asked, Wrong};
pub use page::Page;
pub use places::{Number, address, metric_name, numbers, places};
pub use query::{EXPIRING_DAYS, List, Query, State};
pub use rows::{CertificationRow, CustomerRow, PersonRow, UsageRow};
pub use trace::{Counting, Trace, Traced, View, Why};

use chrono::NaiveDate;
use membership_domain::{Catalog, Evidence};

/// One partner's evidence as lists, on one day.
pub struct Lists<'a> {
    catalog: &'a Catalog,
    evidence: &'a Evidence,
    trace: &'a Trace,
    day: NaiveDate,
}

impl<'a> Lists<'a> {
    /// `trace` is of the same catalog, evidence and day.
    #[must_use]
    pub fn new(
        catalog: &'a Catalog,
        evidence: &'a Evidence,
        trace: &'a Trace,
        day: NaiveDate,
    ) -> Self {
        Self {
            catalog,
            evidence,
            trace,
            day,
        }
    }
}
