//! Where the rows of a list come from: what is read, and how a row is said.

use std::sync::Arc;

use leptos::prelude::*;

use super::Detail;
use crate::api::remote::Load;

/// What is known of the rows.
#[derive(Clone)]
pub struct Source {
    /// Whether they are there.
    pub load: Signal<Load>,
    /// Asks for them again.
    pub retry: Callback<()>,
    /// A page of them, once they are there. Tracks.
    pub lines: Arc<dyn Fn() -> Option<Lines> + Send + Sync>,
}

impl Source {
    /// Rows that `lines` makes of what was read.
    pub fn of(
        load: Signal<Load>,
        retry: Callback<()>,
        lines: impl Fn() -> Option<Lines> + Send + Sync + 'static,
    ) -> Self {
        Self {
            load,
            retry,
            lines: Arc::new(lines),
        }
    }
}

/// A page of rows, in the words of its list.
pub struct Lines {
    /// The rows.
    pub all: Vec<Line>,
    /// How many are found in all; none where the API does not count them.
    pub total: Option<u64>,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// A row: as many cells as the list has columns, and what it says on demand.
pub struct Line {
    /// What stands in the columns.
    pub cells: Vec<AnyView>,
    /// What a press at its end shows.
    pub detail: Option<Detail>,
}
