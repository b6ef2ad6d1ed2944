//! Rows that are taken away, named by evidence as JSON that holds them.

use std::collections::BTreeMap;

use membership_domain::Evidence;
use membership_domain::evidence::{Customer, Reference, Usage};

use crate::Kind;
use crate::fault::{FileFault, Reason};
use crate::file::{File, PROFILE, Refused, problem};
use crate::parts::{Row, every_part, places};
use crate::plan::{Line, Outcome, Plan};

/// Says what would be taken away.
pub(crate) fn plan(text: &str, evidence: &Evidence) -> Result<Plan, FileFault> {
    let file = File::read(text)?;
    let mut removal = Removal {
        file: &file,
        found: BTreeMap::new(),
        refused: Refused::new(),
        met: vec![PROFILE],
    };
    every_part!(find(&mut removal, evidence));
    removal.unknown_parts();
    removal.keep_needed(evidence);
    let Removal { found, refused, .. } = removal;
    let mut left = evidence.clone();
    every_part!(remove(&found, &mut left));
    let lines = found.into_values().map(|(_, line)| line);
    let mut plan = Plan {
        kind: Kind::Evidence,
        questions: Vec::new(),
        lines: lines.collect(),
        problems: refused.into_values().collect(),
        evidence: left,
    };
    plan.problems.sort_by_key(|problem| problem.line);
    plan.lines.sort_by_key(|line| line.line);
    Ok(plan)
}

/// By part and place in the evidence, the place in the file and what is said of it.
type Found = BTreeMap<(&'static str, usize), (usize, Line)>;

struct Removal<'a, 't> {
    file: &'a File<'t>,
    found: Found,
    refused: Refused,
    /// The parts that evidence has.
    met: Vec<&'static str>,
}

fn find<R: Row>(removal: &mut Removal<'_, '_>, evidence: &Evidence) {
    removal.met.push(R::PART);
    let rows = match removal.file.rows(R::PART) {
        Ok(rows) => rows,
        Err(problem) => {
            let at = (R::PART.to_owned(), None);
            removal.refused.insert(at, problem);
            return;
        }
    };
    if rows.is_empty() {
        return;
    }
    let places = places(R::rows(evidence));
    for (index, raw) in rows.into_iter().enumerate() {
        let line = removal.file.line(raw);
        let found = removal.file.row::<R>(index, raw).and_then(|row| {
            let about = row.about();
            match places.get(&row.key()) {
                Some(place) => Ok((*place, about)),
                None => Err(problem(R::PART, Some(index), line, about, Reason::NotThere)),
            }
        });
        match found {
            Ok((place, about)) => {
                let outcome = Outcome::Removed;
                let said = Line {
                    line,
                    outcome,
                    about,
                };
                removal.found.insert((R::PART, place), (index, said));
            }
            Err(problem) => {
                let at = (R::PART.to_owned(), Some(index));
                removal.refused.insert(at, problem);
            }
        }
    }
}

fn remove<R: Row>(found: &Found, evidence: &mut Evidence) {
    let mut place = 0;
    R::list(evidence).retain(|_| {
        place += 1;
        !found.contains_key(&(R::PART, place - 1))
    });
}

impl Removal<'_, '_> {
    /// Names the parts that evidence does not have.
    fn unknown_parts(&mut self) {
        for (part, raw) in &self.file.parts {
            if !self.met.contains(&part.as_str()) {
                let line = self.file.line(raw);
                let problem = problem(part, None, line, part.clone(), Reason::UnknownPart);
                self.refused.insert((part.clone(), None), problem);
            }
        }
    }

    /// Refuses customers that other rows, which stay, are about.
    fn keep_needed(&mut self, evidence: &Evidence) {
        for (place, customer) in evidence.customers.iter().enumerate() {
            let at = (Customer::PART, place);
            if !self.found.contains_key(&at) {
                continue;
            }
            let stays = |part, place: usize| !self.found.contains_key(&(part, place));
            let used = evidence.usage.iter().enumerate();
            let usage = used
                .filter(|(place, row)| row.customer == customer.id && stays(Usage::PART, *place))
                .count();
            // A reference names its customer as people do.
            let names = [&customer.name, &customer.id];
            let named = evidence.references.iter().enumerate();
            let references = named
                .filter(|(place, row)| {
                    names.contains(&&row.customer) && stays(Reference::PART, *place)
                })
                .count();
            if usage + references == 0 {
                continue;
            }
            if let Some((index, said)) = self.found.remove(&at) {
                let reason = Reason::Needed { usage, references };
                let about = customer.name.clone();
                let problem = problem(at.0, Some(index), said.line, about, reason);
                self.refused.insert((at.0.to_owned(), Some(index)), problem);
            }
        }
    }
}
