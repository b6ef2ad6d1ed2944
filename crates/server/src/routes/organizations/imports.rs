//! Imports of exports into an organization's evidence.

#[cfg(test)]
mod again;
pub mod create;
#[cfg(test)]
mod identity;
pub mod list;
pub mod preview;
#[cfg(test)]
mod tests;
pub mod undo;

use std::collections::BTreeSet;
use std::mem;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use membership_contract::import::{Import, ImportReport, Undone};
use membership_contract::problem::FieldError;
use membership_contract::text::en;
use membership_domain::Catalog;
use membership_domain::id::{TokenId, UserId};
use membership_import::{
    DateOrder, DecimalMark, Plan, Question, Reason, Rows, Settings, SimilarNames, read,
};
use membership_store::{imports as history, members, tokens};
use serde::de::DeserializeOwned;

use crate::App;
use crate::conversions::person as person_named;
use crate::evidence::Snapshot;
use crate::guard::Member;
use crate::http::params::Params;
use crate::http::problem::{Answer, ApiError, fitting, shortened};
use crate::http::query::Pairs;
use crate::openapi::takes::{Taken, Takes};
use crate::turns::Watch;

/// Imports as they are told to somebody: with the names of people, and what they may not undo.
async fn told(app: &App, to: &Member, imports: Vec<history::Import>) -> Answer<Vec<Import>> {
    let undone = imports.iter().filter_map(|import| import.undone);
    let undone = undone.map(|(by, _)| by);
    let all: BTreeSet<UserId> = imports
        .iter()
        .map(|import| import.imported_by)
        .chain(undone)
        .collect();
    let all: Vec<UserId> = all.into_iter().collect();
    let people = members::names(app.store.db(), to.organization, &all).await?;
    let machines: Vec<TokenId> = all.iter().map(|id| id.cast()).collect();
    let tokens = tokens::names(app.store.db(), to.organization, &machines).await?;
    let name = |id: UserId| {
        let person = people.get(&id).cloned();
        let token = || tokens.get(&id.cast()).cloned();
        person_named(person.or_else(token).as_ref())
    };
    let writer = to.writer();
    let tell = |import: history::Import| {
        let kept = import.undone.is_none() && !writer.may_write(import.authority);
        Ok(Import {
            id: import.id,
            name: import.name,
            kind: serde_json::from_value(import.kind.into()).map_err(ApiError::internal)?,
            counts: serde_json::from_str(&import.counts).map_err(ApiError::internal)?,
            imported_by: name(import.imported_by),
            imported_at: import.imported_at,
            undone: (import.undone).map(|(by, at)| Undone { by: name(by), at }),
            kept: kept.then(|| en::UNDO_OF_OTHERS.to_owned()),
        })
    };
    imports.into_iter().map(tell).collect()
}

/// How a file is to be read.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters; `Asked::of` reads them")]
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

/// How a file is to be read, as the query says it.
#[derive(Debug)]
pub struct Asked {
    /// As it was said: the same file read otherwise is another request.
    pairs: Pairs,
    name: String,
    settings: Settings,
}

impl FromRequestParts<App> for Asked {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Answer<Self> {
        let pairs = Params::<Parameters>::from_request_parts(parts, app)
            .await?
            .pairs;
        let member = Member::from_request_parts(parts, app).await?;
        Self::of(app, &member, pairs)
    }
}

impl Takes for Asked {
    fn add(taken: &mut Taken) {
        Params::<Parameters>::add(taken);
    }
}

impl Asked {
    fn of(app: &App, member: &Member, pairs: Pairs) -> Answer<Self> {
        let query = &pairs;
        let mut errors = Vec::new();
        let dates = one_of(query, "dates", "day_first or month_first", &mut errors);
        let decimals = one_of(query, "decimals", "point or comma", &mut errors);
        let names = ("similar_names", "different or refused");
        let similar_names = one_of(query, names.0, names.1, &mut errors);
        let rows = one_of(query, "rows", "add or remove", &mut errors);
        let name = match query.get("name").unwrap_or_default().trim() {
            "" => "import".to_owned(),
            name => name.to_owned(),
        };
        if name.chars().count() > 200 || name.contains(char::is_control) {
            let detail = "Must be one line of at most 200 characters.".to_owned();
            errors.push(FieldError::new("?name", "unexpected", detail));
        }
        if !errors.is_empty() {
            return Err(ApiError::invalid(errors));
        }
        Ok(Self {
            pairs,
            name,
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
    fn plan(
        &self,
        bytes: &[u8],
        known: &Snapshot,
        catalog: &Catalog,
        watch: &Watch,
    ) -> Answer<Plan> {
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
