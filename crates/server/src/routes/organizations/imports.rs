//! Imports of exports into an organization's evidence.

pub mod create;
pub mod list;
pub mod preview;
#[cfg(test)]
mod tests;
pub mod undo;

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::http::StatusCode;
use membership_contract::import::{Import, Undone};
use membership_contract::problem::{FieldError, code};
use membership_contract::text::en;
use membership_domain::Evidence;
use membership_import::{
    DateOrder, DecimalMark, NotUndone, Plan, Rows, Settings, SimilarNames, read,
};
use membership_store::{imports as history, users};
use serde::de::DeserializeOwned;
use tokio::sync::{Semaphore, SemaphorePermit};
use uuid::Uuid;

use crate::App;
use crate::http::problem::{Answer, Refused};
use crate::http::query::Pairs;

/// Imports as they are told: with the names of people.
async fn told(app: &App, imports: Vec<history::Import>) -> Answer<Vec<Import>> {
    let mut names = BTreeMap::new();
    for import in &imports {
        let undone_by = import.undone.map(|(by, _)| by);
        for id in undone_by.into_iter().chain([import.imported_by]) {
            if let std::collections::btree_map::Entry::Vacant(free) = names.entry(id) {
                let user = users::by_id(app.store.read(), id).await?;
                free.insert(user.map(|user| user.name).unwrap_or_default());
            }
        }
    }
    let name = |id: Uuid| names.get(&id).cloned().unwrap_or_default();
    let tell = |import: history::Import| {
        Ok(Import {
            id: import.id,
            name: import.name,
            kind: serde_json::from_value(import.kind.into()).map_err(Refused::internal)?,
            counts: serde_json::from_str(&import.counts).map_err(Refused::internal)?,
            imported_by: name(import.imported_by),
            imported_at: import.imported_at,
            undone: (import.undone).map(|(by, at)| Undone { by: name(by), at }),
        })
    };
    imports.into_iter().map(tell).collect()
}

/// Why an import cannot be undone: rows stand against it.
pub(super) fn not_undone(why: &NotUndone) -> Refused {
    Refused::new(StatusCode::CONFLICT, code::CONFLICT, en::not_undone(why))
}

/// Why an import cannot be undone: what is left would not hold together.
pub(super) fn depended_on(refused: Refused) -> Refused {
    let Some(first) = refused.errors().first() else {
        return refused;
    };
    let detail = en::depended_on(&first.detail);
    Refused::new(StatusCode::CONFLICT, code::CONFLICT, detail)
}

/// How a file is to be read.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(
    dead_code,
    reason = "describes the parameters; `Sent::of` reads them strictly"
)]
pub struct Parameters {
    /// The file's name: the source of what it adds
    name: Option<String>,
    /// day_first or month_first
    dates: Option<DateOrder>,
    /// point or comma
    decimals: Option<DecimalMark>,
    /// different or refused: what becomes of customers without an id whose names resemble each
    /// other; asked where it matters
    similar_names: Option<SimilarNames>,
    /// add or remove: rows of evidence as JSON must be new, or are taken away; without it they are
    /// added, or replace what is known
    rows: Option<Rows>,
}

/// An answer that is one of a few words; none where it is left out or empty.
fn one_of<T: DeserializeOwned>(
    query: &Pairs,
    name: &str,
    words: &str,
    errors: &mut Vec<FieldError>,
) -> Option<T> {
    let given = query.get(name).filter(|given| !given.is_empty())?;
    let read = serde_json::from_value(given.into());
    if read.is_err() {
        let detail = format!("Must be {words}.");
        errors.push(FieldError::new(format!("?{name}"), "unexpected", detail));
    }
    read.ok()
}

/// Files that are read at the same time; others wait. A file takes many times its size while it is
/// read, and the evidence beside it.
static READ_AT_ONCE: Semaphore = Semaphore::const_new(2);

/// A file as it was sent, and how it is to be read.
struct Sent {
    bytes: Bytes,
    name: String,
    settings: Settings,
    /// Until it is read.
    _turn: SemaphorePermit<'static>,
}

impl Sent {
    /// A file whose turn it is.
    async fn of(app: &App, query: &Pairs, bytes: Bytes) -> Answer<Self> {
        query.only(&["name", "dates", "decimals", "similar_names", "rows"])?;
        let given = |name: &str| query.get(name).unwrap_or_default();
        let mut errors = Vec::new();
        let dates = one_of(query, "dates", "day_first or month_first", &mut errors);
        let decimals = one_of(query, "decimals", "point or comma", &mut errors);
        let names = ("similar_names", "different or refused");
        let similar_names = one_of(query, names.0, names.1, &mut errors);
        let rows = one_of(query, "rows", "add or remove", &mut errors);
        let name = match given("name").trim() {
            "" => "import",
            name => name,
        };
        if name.chars().count() > 200 || name.contains(char::is_control) {
            let detail = "Must be one line of at most 200 characters.".to_owned();
            errors.push(FieldError::new("?name", "unexpected", detail));
        }
        if !errors.is_empty() {
            return Err(Refused::invalid(errors));
        }
        Ok(Self {
            bytes,
            name: name.to_owned(),
            settings: Settings {
                dates,
                decimals,
                similar_names,
                rows,
                today: Some(app.clock.now().date_naive()),
            },
            _turn: READ_AT_ONCE.acquire().await.map_err(Refused::internal)?,
        })
    }

    /// What the file would change. Reading takes a moment, so not on the thread of other requests.
    async fn plan(self, app: &App, evidence: Evidence) -> Answer<Plan> {
        let catalog = app.catalog.clone();
        let work = move || {
            read(
                &self.bytes,
                &self.name,
                self.settings,
                &catalog.catalog,
                &evidence,
                &|_, _| true,
            )
        };
        let plan = tokio::task::spawn_blocking(work)
            .await
            .map_err(Refused::internal)?;
        plan.map_err(|fault| {
            let detail = en::file_fault(&fault);
            Refused::invalid(vec![FieldError::new("", "unreadable", detail)])
        })
    }
}
