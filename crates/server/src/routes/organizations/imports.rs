//! Imports of exports into an organization's evidence.

pub mod create;
#[cfg(test)]
mod identity;
pub mod list;
pub mod preview;
#[cfg(test)]
mod tests;
pub mod undo;

use std::collections::BTreeMap;
use std::mem;

use axum::http::StatusCode;
use membership_contract::import::{Import, ImportReport, Undone};
use membership_contract::problem::{FieldError, code};
use membership_contract::text::en;
use membership_domain::Catalog;
use membership_import::{
    DateOrder, DecimalMark, NotUndone, Plan, Question, Reason, Rows, Settings, SimilarNames, read,
};
use membership_store::{imports as history, users};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::evidence::Known;
use crate::App;
use crate::guard::Member;
use crate::http::problem::{Answer, ApiError, fitting, shortened};
use crate::http::query::Pairs;
use crate::turns::Watch;

/// Imports as they are told: with the names of people.
async fn told(app: &App, imports: Vec<history::Import>) -> Answer<Vec<Import>> {
    let mut names = BTreeMap::new();
    for import in &imports {
        let undone_by = import.undone.map(|(by, _)| by);
        for id in undone_by.into_iter().chain([import.imported_by]) {
            if let std::collections::btree_map::Entry::Vacant(free) = names.entry(id) {
                let user = users::by_id(app.store.db(), id).await?;
                free.insert(user.map(|user| user.name).unwrap_or_default());
            }
        }
    }
    let name = |id: Uuid| names.get(&id).cloned().unwrap_or_default();
    let tell = |import: history::Import| {
        Ok(Import {
            id: import.id,
            name: import.name,
            kind: serde_json::from_value(import.kind.into()).map_err(ApiError::internal)?,
            counts: serde_json::from_str(&import.counts).map_err(ApiError::internal)?,
            imported_by: name(import.imported_by),
            imported_at: import.imported_at,
            undone: (import.undone).map(|(by, at)| Undone { by: name(by), at }),
        })
    };
    imports.into_iter().map(tell).collect()
}

/// Why an import cannot be undone: rows stand against it.
pub(super) fn not_undone(why: &NotUndone) -> ApiError {
    ApiError::new(StatusCode::CONFLICT, code::CONFLICT, en::not_undone(why))
}

/// Why an import cannot be undone: what is left would not hold together, or it has rows that are
/// not the writer's.
pub(super) fn depended_on(refused: ApiError) -> ApiError {
    let Some(first) = refused.errors().first() else {
        return refused;
    };
    let detail = match first.code.as_str() {
        "authority" | "confirmed" | "made_here" => en::UNDO_OF_OTHERS.to_owned(),
        _ => en::depended_on(&first.detail),
    };
    ApiError::new(StatusCode::CONFLICT, code::CONFLICT, detail)
}

/// How a file is to be read.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(
    dead_code,
    reason = "describes the parameters; `Asked::of` reads them strictly"
)]
pub struct Parameters {
    /// The file's name: the source of what it adds
    name: Option<String>,
    /// day_first or month_first
    dates: Option<DateOrder>,
    /// point or comma
    decimals: Option<DecimalMark>,
    /// different or refused: how customers without an id are taken whose names resemble each
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

/// How a file is to be read.
struct Asked {
    name: String,
    settings: Settings,
}

impl Asked {
    /// What the query says.
    fn of(app: &App, member: &Member, query: &Pairs) -> Answer<Self> {
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
            return Err(ApiError::invalid(errors));
        }
        Ok(Self {
            name: name.to_owned(),
            settings: Settings {
                dates,
                decimals,
                similar_names,
                rows,
                today: Some(app.clock.now().date_naive()),
                writer: member.writer(),
            },
        })
    }

    /// What the file would change. Takes long; stops where nobody waits for it any more.
    fn plan(&self, bytes: &[u8], known: &Known, catalog: &Catalog, watch: &Watch) -> Answer<Plan> {
        let go_on = |_, _| watch.goes_on();
        let (name, evidence) = (&self.name, known.evidence(watch)?);
        let plan = read(bytes, name, self.settings, catalog, &evidence, &go_on);
        plan.map_err(|fault| {
            let detail = en::file_fault(&fault);
            ApiError::invalid(vec![FieldError::new("", "unreadable", detail)])
        })
    }
}

/// So many characters of a text in a report: it can repeat what was sent.
const LONGEST: usize = 200;

/// So many characters of the sentence about a line.
const LONGEST_DETAIL: usize = 500;

/// The lines that can be used, and the refused ones, take so many bytes of a report.
const LINES_SIZE: usize = 28 * 1024;

/// The report of a plan, short whatever the file has.
fn report(plan: &Plan, imported: bool) -> ImportReport {
    let mut report = ImportReport::of(plan, imported);
    let short = |text: &mut String| *text = shortened(mem::take(text), LONGEST);
    for line in &mut report.lines {
        short(&mut line.about);
        for change in &mut line.changes {
            short(&mut change.before);
            short(&mut change.after);
        }
    }
    for refused in &mut report.refused {
        refused.column.iter_mut().for_each(short);
        short(&mut refused.value);
        refused.detail = shortened(mem::take(&mut refused.detail), LONGEST_DETAIL);
        if let Some(reason) = &mut refused.reason {
            match reason {
                Reason::OtherPerson { name }
                | Reason::OtherCustomer { name }
                | Reason::IdOfOther { name }
                | Reason::Resembles { name } => short(name),
                Reason::NotReadable { detail } => short(detail),
                _ => {}
            }
        }
    }
    for question in &mut report.questions {
        let (Question::Dates { column, value, .. }
        | Question::Decimals { column, value, .. }
        | Question::Names { column, value, .. }) = question;
        short(column);
        short(value);
    }
    report.lines = fitting(mem::take(&mut report.lines), LINES_SIZE);
    report.refused = fitting(mem::take(&mut report.refused), LINES_SIZE);
    report
}
