//! Exports of other systems, read row by row.
//!
//! Pure, so that a page can show what a file would change before anything is uploaded, and the
//! server then does exactly that: bytes become a [`Table`], a table becomes rows of a kind, and a
//! [`Plan`] says for every line whether it adds, changes, repeats or is refused, and what the
//! evidence would be. What a file leaves open (is 03/04 in March or in April?) is asked and never
//! guessed.

mod addresses;
mod amount;
mod blame;
mod cells;
mod certificates;
mod changes;
mod difference;
mod document;
mod exports;
mod fault;
mod file;
mod json;
mod kind;
mod ledger;
mod likeness;
mod lines;
mod linked;
mod parts;
mod people;
mod plan;
mod quotes;
mod removal;
mod resemblance;
mod said;
mod settings;
mod shape;
mod table;
mod text;
mod time;
mod titles;
mod usage;
mod value;

pub use changes::{Changes, NotUndone};
pub use difference::Difference;
pub use fault::{FileFault, Problem, Reason};
pub use kind::Kind;
pub use plan::{Counts, Line, LineOutcome, Plan, Progress};
pub use settings::{DateOrder, DecimalMark, Question, Rows, Settings, SimilarNames};
pub use shape::list_for_object;
pub use table::Table;
pub use text::{LARGEST, MOST_ROWS};

use membership_domain::{Catalog, Evidence};

/// Reads a file and says what it would change.
///
/// `name` is the file's, and becomes the source of what it adds. `progress` is told how many rows
/// of how many are read, and says whether to go on.
///
/// # Errors
/// A file that is neither a table of a known kind nor JSON, or is too large; and
/// [`FileFault::Stopped`].
pub fn read(
    bytes: &[u8],
    name: &str,
    settings: Settings,
    catalog: &Catalog,
    evidence: &Evidence,
    progress: Progress<'_>,
) -> Result<Plan, FileFault> {
    let text = text::decode(bytes)?;
    if settings.rows.is_some() || document::is_one(&text) {
        return document::plan(&text, settings, catalog, evidence, progress);
    }
    exports::plan(
        Table::read(&text)?,
        name,
        settings,
        catalog,
        evidence,
        progress,
    )
}
