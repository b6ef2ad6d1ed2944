//! Exports of other systems, read row by row.
//!
//! Pure, so that a page can show what a file would change before anything is uploaded, and the
//! server then does exactly that: bytes become a [`Table`], a table becomes rows of a kind, and a
//! [`Plan`] says for every line whether it adds, changes, repeats or is refused, and what the
//! evidence would be. What a file leaves open (is 03/04 in March or in April?) is asked and never
//! guessed.

mod cells;
mod certificates;
mod fault;
mod plan;
mod settings;
mod table;
mod text;
mod usage;
mod value;

pub use fault::{FileFault, Problem, Reason};
pub use plan::{Counts, Line, Outcome, Plan, plan};
pub use settings::{DateOrder, DecimalMark, Question, Settings};
pub use table::Table;
pub use text::LARGEST;

use membership_domain::{Catalog, Evidence};
use serde::{Deserialize, Serialize};

/// What sort of export a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Training completions: who holds which certificate.
    Certificates,
    /// Customers and what they use, by month.
    Usage,
}

impl Kind {
    /// The kind whose columns a table has; certificates where it could be both.
    #[must_use]
    pub fn of(table: &Table) -> Option<Self> {
        if certificates::Columns::find(table).is_ok() {
            Some(Self::Certificates)
        } else if usage::Columns::find(table).is_ok() {
            Some(Self::Usage)
        } else {
            None
        }
    }
}

/// Reads a file and says what it would change.
///
/// `name` is the file's, and becomes the source of what it adds.
///
/// # Errors
/// A file that cannot be read as a table of a known kind, or is too large.
pub fn read(
    bytes: &[u8],
    name: &str,
    settings: Settings,
    catalog: &Catalog,
    evidence: &Evidence,
) -> Result<Plan, FileFault> {
    let table = Table::read(&text::decode(bytes)?)?;
    plan(&table, name, settings, catalog, evidence)
}
