//! Evidence as JSON: what a preview exported, or another workspace.
//!
//! Rows add to what is known or replace it, like the rows of any other file; unless they are sent
//! to be new, or to be taken away.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use membership_domain::{Catalog, Evidence, Month, order};

use crate::difference::Difference;
use crate::fault::{FileFault, Problem, Reason};
use crate::file::{File, PROFILE, Refused, problem};
use crate::parts::{Row, every_part, keep, places};
use crate::plan::{Line, Outcome, Plan, Progress, STRIDE};
use crate::text::MOST_ROWS;
use crate::{Kind, Rows, Settings};

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
    // Further rounds go through fewer rows, and only where some are refused: the first is told.
    let mut told = Some((progress, all));
    let mut refused = Refused::new();
    // What is wrong with a row can depend on others, as usage does on its customer: what is left
    // is looked at again until nothing more is refused. Each round leaves fewer rows.
    let mut rounds = 0;
    loop {
        let before = refused.len();
        let mut round = Round {
            file: &file,
            refused: &mut refused,
            settings,
            gone: BTreeMap::new(),
            origins: BTreeMap::new(),
            met: Vec::new(),
            progress: told.take(),
            done: 0,
            stopped: false,
            plan: Plan {
                kind: Kind::Evidence,
                questions: Vec::new(),
                lines: Vec::new(),
                problems: Vec::new(),
                evidence: evidence.clone(),
            },
        };
        every_part!(take(&mut round));
        if round.stopped {
            return Err(FileFault::Stopped);
        }
        round.unknown_parts();
        round.keep_needed(evidence);
        rounds += 1;
        round.refuse_faults(evidence, catalog, rounds < ROUNDS);
        let mut plan = round.plan;
        if refused.len() == before {
            plan.problems.extend(refused.into_values());
            order::sort_by_key(&mut plan.problems, |problem| problem.line);
            order::sort_by_key(&mut plan.lines, |line| line.line);
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

/// One look at all rows that are not refused yet.
pub(crate) struct Round<'a, 't> {
    file: &'a File<'t>,
    pub refused: &'a mut Refused,
    /// What becomes of the rows, and which day it is.
    pub settings: Settings,
    /// By part and place in what is known, where a row that is taken away is from.
    pub gone: BTreeMap<(&'static str, usize), Origin>,
    /// By part and place in the evidence, where a row that is new or changed is from.
    pub origins: BTreeMap<(&'static str, usize), Origin>,
    /// The parts that evidence has.
    met: Vec<&'static str>,
    /// Who is told how far it is, of how many rows.
    progress: Option<(Progress<'a>, usize)>,
    /// So many rows were looked at.
    done: usize,
    /// Whether it was told to stop.
    stopped: bool,
    pub plan: Plan,
}

/// Takes the rows of one part.
fn take<R: Row>(round: &mut Round<'_, '_>) {
    round.met.push(R::PART);
    let rows = match round.file.rows(R::PART) {
        Ok(rows) => rows,
        Err(problem) => {
            round.refused.insert((R::PART.to_owned(), None), problem);
            return;
        }
    };
    let list = R::list(&mut round.plan.evidence);
    let mut places = places(list);
    // By place in the evidence, the line of this file that was taken for it.
    let mut taken = BTreeMap::new();
    for (index, raw) in rows.into_iter().enumerate() {
        round.tell();
        if round.stopped {
            return;
        }
        let at = (R::PART.to_owned(), Some(index));
        if round.refused.contains_key(&at) {
            continue;
        }
        let row: R = match round.file.row(index, raw) {
            Ok(row) => row,
            Err(problem) => {
                round.refused.insert(at, problem);
                continue;
            }
        };
        let list = R::list(&mut round.plan.evidence);
        let line = round.file.line(raw);
        let about = row.about();
        let known = places.get(&row.key()).copied();
        if round.settings.rows == Some(Rows::Remove) {
            if let Some(place) = known {
                // Named twice, it is taken away once.
                if let Entry::Vacant(gone) = round.gone.entry((R::PART, place)) {
                    gone.insert(Origin { index, line });
                    let outcome = Outcome::Removed;
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
        if let Some(problem) = ahead(&round.settings, index, line, &row) {
            round.refused.insert(at, problem);
            continue;
        }
        let mut changes = Vec::new();
        let (place, outcome) = match known {
            None => {
                places.insert(row.key(), list.len());
                list.push(row);
                (list.len() - 1, Outcome::Added)
            }
            Some(place) if round.settings.rows.is_some() && !taken.contains_key(&place) => {
                let known = list.get(place).map(Row::about).unwrap_or_default();
                let problem = problem(R::PART, Some(index), line, known, Reason::Known);
                round.refused.insert(at, problem);
                continue;
            }
            Some(place) if list.get(place) == Some(&row) => match taken.get(&place) {
                Some(line) => (place, Outcome::Repeated { line: *line }),
                None => (place, Outcome::Unchanged),
            },
            Some(place) => match (taken.get(&place).copied(), list.get_mut(place)) {
                (None, Some(old)) => {
                    changes = Difference::between(old, &row);
                    *old = row;
                    (place, Outcome::Changed)
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
        if matches!(outcome, Outcome::Added | Outcome::Changed) {
            round
                .origins
                .insert((R::PART, place), Origin { index, line });
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

impl Round<'_, '_> {
    /// Says now and then how far it is.
    fn tell(&mut self) {
        if let Some((progress, all)) = self.progress
            && self.done.is_multiple_of(STRIDE)
        {
            self.stopped |= !progress(self.done, all);
        }
        self.done += 1;
    }

    /// Names the parts that evidence does not have, and the one that is left out.
    fn unknown_parts(&mut self) {
        for (part, raw) in &self.file.parts {
            let line = self.file.line(raw);
            if part == PROFILE {
                self.plan.lines.push(Line {
                    line,
                    outcome: Outcome::Own,
                    about: part.clone(),
                    changes: Vec::new(),
                });
            } else if !self.met.contains(&part.as_str()) {
                let problem = problem(part, None, line, part.clone(), Reason::UnknownPart);
                self.refused.insert((part.clone(), None), problem);
            }
        }
    }
}
