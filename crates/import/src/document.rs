//! Evidence as JSON: what a preview exported, or another workspace.
//!
//! Rows add to what is known or replace it, like the rows of any other file; unless they are sent
//! to be new, or to be taken away.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use membership_domain::evidence::Authority;
use membership_domain::{Catalog, Evidence, Month, sort};

use crate::difference::Difference;
use crate::fault::{FileFault, Problem, Reason};
use crate::file::{File, PROFILE, Refused, problem};
use crate::parts::{Row, every_part, keep, places};
use crate::plan::{Line, LineOutcome, Plan, Progress, STRIDE};
use crate::text::MOST_ROWS;
use crate::{Kind, Rows, Settings, said};

/// Whether a text is meant to be JSON.
pub(crate) fn is_one(text: &str) -> bool {
    text.trim_start().starts_with('{')
}

/// Says what a document would change.
pub(crate) fn plan(
    text: &str,
    settings: Settings,
    catalog: &Catalog,
    evidence: &Evidence,
    progress: Progress<'_>,
) -> Result<Plan, FileFault> {
    let file = File::read(text)?;
    let all = file.rows_in_all();
    if all > MOST_ROWS {
        let (have, most) = (all, MOST_ROWS);
        return Err(FileFault::TooManyRows { have, most });
    }
    let mut refused = Refused::new();
    let by = settings.writer.gives();
    let found = Found::read(&file, by, progress, all, &mut refused)?;
    // What is wrong with a row can depend on others, as usage does on its customer: what is left
    // is looked at again until nothing more is refused. Each round leaves fewer rows, and after the
    // last one that looks closely, none of a part in which something is wrong.
    let mut rounds = 0;
    loop {
        if !progress(all, all) {
            return Err(FileFault::Stopped);
        }
        let before = refused.len();
        let mut round = Round {
            found: &found,
            refused: &mut refused,
            settings,
            gone: BTreeMap::new(),
            origins: BTreeMap::new(),
            repeats: BTreeMap::new(),
            met: Vec::new(),
            plan: Plan {
                kind: Kind::Evidence,
                questions: Vec::new(),
                lines: Vec::new(),
                problems: Vec::new(),
                evidence: evidence.clone(),
            },
        };
        every_part!(take(&mut round));
        round.keep_needed(evidence);
        rounds += 1;
        round.refuse_faults(evidence, catalog, rounds < ROUNDS);
        let mut plan = round.plan;
        if refused.len() == before {
            plan.lines.extend(found.own(&file));
            plan.problems.extend(refused.into_values());
            sort::sort_by_key(&mut plan.problems, |problem| problem.line);
            sort::sort_by_key(&mut plan.lines, |line| line.line);
            return Ok(plan);
        }
    }
}

/// After so many, whole parts are refused: rows depend on each other, but not in long chains.
const ROUNDS: u32 = 12;

/// Where a row stands in the file.
#[derive(Clone, Copy)]
pub(crate) struct Origin {
    /// In its part, from 0.
    pub index: usize,
    pub line: u64,
}

/// The rows of a file that can be read, each once.
struct Found {
    rows: Evidence,
    /// By part, where its rows stand in the file.
    origins: BTreeMap<&'static str, Vec<Origin>>,
}

impl Found {
    /// Reads all rows and refuses those that cannot be read. Those that do not say who says them
    /// are said `by` somebody.
    fn read(
        file: &File<'_>,
        by: Authority,
        progress: Progress<'_>,
        all: usize,
        refused: &mut Refused,
    ) -> Result<Self, FileFault> {
        let mut found = Self {
            rows: Evidence::default(),
            origins: BTreeMap::new(),
        };
        let mut done = 0;
        let mut goes_on = || {
            done += 1;
            !(done - 1_usize).is_multiple_of(STRIDE) || progress(done - 1, all)
        };
        every_part!(read_part(file, by, &mut found, refused, &mut goes_on));
        for (part, raw) in &file.parts {
            if part != PROFILE && !found.origins.contains_key(part.as_str()) {
                let line = file.line(raw);
                let problem = problem(part, None, line, part.clone(), Reason::UnknownPart);
                refused.insert((part.clone().into(), None), problem);
            }
        }
        if goes_on() {
            Ok(found)
        } else {
            Err(FileFault::Stopped)
        }
    }

    /// The part that is left out.
    fn own(&self, file: &File<'_>) -> Option<Line> {
        let raw = file.parts.get(PROFILE)?;
        Some(Line {
            line: file.line(raw),
            outcome: LineOutcome::Own,
            about: PROFILE.to_owned(),
            changes: Vec::new(),
        })
    }
}

/// Reads the rows of one part.
fn read_part<R: Row>(
    file: &File<'_>,
    by: Authority,
    found: &mut Found,
    refused: &mut Refused,
    goes_on: &mut dyn FnMut() -> bool,
) {
    let origins = found.origins.entry(R::PART).or_default();
    let rows = file.rows(R::PART).unwrap_or_else(|problem| {
        refused.insert((R::PART.into(), None), problem);
        Vec::new()
    });
    let list = R::list(&mut found.rows);
    for (index, raw) in rows.into_iter().enumerate() {
        if !goes_on() {
            return;
        }
        match file.row(index, raw) {
            Ok(mut row) => {
                said::unless(&mut row, raw, by);
                list.push(row);
                let line = file.line(raw);
                origins.push(Origin { index, line });
            }
            Err(problem) => {
                refused.insert((R::PART.into(), Some(index)), problem);
            }
        }
    }
}

/// One look at all rows that are not refused yet.
pub(crate) struct Round<'a> {
    found: &'a Found,
    pub refused: &'a mut Refused,
    /// What becomes of the rows, and which day it is.
    pub settings: Settings,
    /// By part and place in what is known, where a row that is taken away is from.
    pub gone: BTreeMap<(&'static str, usize), Origin>,
    /// By part and place in the evidence, where a row that is new or changed is from.
    pub origins: BTreeMap<(&'static str, usize), Origin>,
    /// By the same, where the rows are that say it once more.
    pub repeats: BTreeMap<(&'static str, usize), Vec<Origin>>,
    /// The parts that evidence has.
    pub met: Vec<&'static str>,
    pub plan: Plan,
}

/// Takes the rows of one part.
fn take<R: Row>(round: &mut Round<'_>) {
    round.met.push(R::PART);
    let list = R::list(&mut round.plan.evidence);
    let mut places = places(list);
    // By place in the evidence, the line of this file that was taken for it.
    let mut taken = BTreeMap::new();
    let found = round.found;
    let origins = found.origins.get(R::PART).into_iter().flatten();
    for (row, origin) in R::rows(&found.rows).iter().zip(origins) {
        let Origin { index, line } = *origin;
        let at = (R::PART.into(), Some(index));
        if round.refused.contains_key(&at) {
            continue;
        }
        let list = R::list(&mut round.plan.evidence);
        let about = row.about();
        let known = places.get(&row.key()).copied();
        if round.settings.rows == Some(Rows::Remove) {
            let kept = known.and_then(|place| list.get(place)?.kept_from(round.settings.writer));
            if let Some(code) = kept {
                let reason = Reason::Invalid { code };
                let problem = problem(R::PART, Some(index), line, about, reason);
                round.refused.insert(at, problem);
            } else if let Some(place) = known {
                // Named twice, it is taken away once.
                if let Entry::Vacant(gone) = round.gone.entry((R::PART, place)) {
                    gone.insert(*origin);
                    let outcome = LineOutcome::Removed;
                    round.plan.lines.push(Line {
                        line,
                        outcome,
                        about,
                        changes: Vec::new(),
                    });
                }
            } else {
                let problem = problem(R::PART, Some(index), line, about, Reason::NotThere);
                round.refused.insert(at, problem);
            }
            continue;
        }
        let repeated = known.and_then(|place| repeated(list.get(place)?, row));
        let row = repeated.as_ref().unwrap_or(row);
        // What was known already stays as it is.
        let is_new = known.is_none_or(|place| list.get(place) != Some(row));
        if let Some(problem) = ahead(&round.settings, index, line, row).filter(|_| is_new) {
            round.refused.insert(at, problem);
            continue;
        }
        let mut changes = Vec::new();
        let (place, outcome) = match known {
            None => {
                places.insert(row.key(), list.len());
                list.push(row.clone());
                (list.len() - 1, LineOutcome::Added)
            }
            Some(place) if round.settings.rows.is_some() && !taken.contains_key(&place) => {
                let known = list.get(place).map(Row::about).unwrap_or_default();
                let problem = problem(R::PART, Some(index), line, known, Reason::Known);
                round.refused.insert(at, problem);
                continue;
            }
            Some(place) if list.get(place) == Some(row) => match taken.get(&place) {
                Some(line) => (place, LineOutcome::Repeated { line: *line }),
                None => (place, LineOutcome::Unchanged),
            },
            Some(place) => match (taken.get(&place).copied(), list.get_mut(place)) {
                (None, Some(old)) => {
                    changes = Difference::between(old, row);
                    *old = row.clone();
                    (place, LineOutcome::Changed)
                }
                (earlier, _) => {
                    let reason = Reason::Contradicts {
                        line: earlier.unwrap_or_default(),
                    };
                    let problem = problem(R::PART, Some(index), line, about, reason);
                    round.refused.insert(at, problem);
                    continue;
                }
            },
        };
        taken.entry(place).or_insert(line);
        match outcome {
            LineOutcome::Added | LineOutcome::Changed => {
                round.origins.insert((R::PART, place), *origin);
            }
            LineOutcome::Repeated { .. } => {
                let repeats = round.repeats.entry((R::PART, place)).or_default();
                repeats.push(*origin);
            }
            _ => {}
        }
        round.plan.lines.push(Line {
            line,
            outcome,
            about,
            changes,
        });
    }
    let gone = &round.gone;
    keep(R::list(&mut round.plan.evidence), &|place| {
        !gone.contains_key(&(R::PART, place))
    });
}

/// A row as it is known, as far as it only says again what somebody of more weight said.
fn repeated<R: Row>(known: &R, row: &R) -> Option<R> {
    (known != row).then(|| {
        let mut row = row.clone();
        row.adopt(known);
        row
    })
}

/// What of a row has not happened yet.
fn ahead<R: Row>(settings: &Settings, index: usize, line: u64, row: &R) -> Option<Problem> {
    settings.today?;
    let (field, day) = row
        .past()
        .into_iter()
        .find(|(_, day)| settings.is_ahead(*day))?;
    let value = match field.as_str() {
        "month" => Month::of(day).to_string(),
        _ => day.to_string(),
    };
    let mut problem = problem(R::PART, Some(index), line, value, Reason::InTheFuture);
    problem.column = problem.column.map(|place| place + "/" + &field);
    Some(problem)
}
