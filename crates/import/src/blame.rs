//! Which rows of a file make evidence wrong.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use membership_domain::evidence::{Fault, FaultCode, check, check_against};
use membership_domain::{Catalog, Evidence};

use crate::Rows;
use crate::document::{Origin, Round};
use crate::fault::Reason;
use crate::file::problem;

impl Round<'_> {
    /// Refuses the rows that make the evidence wrong. `finely`: only those that do it, as far as
    /// they can be told; otherwise all of the parts in which something is wrong.
    pub(crate) fn refuse_faults(&mut self, known: &Evidence, catalog: &Catalog, finely: bool) {
        let faults = check_against(known, &self.plan.evidence, self.settings.writer, catalog);
        let before = self.refused.len();
        if finely {
            self.refuse_by_value(&faults, catalog);
            // Who is refused for something else takes no address.
            if self.refused.len() == before
                && self.settings.rows.is_none_or(|rows| rows == Rows::Add)
            {
                self.keep_addresses(&known.people);
            }
        }
        if self.refused.len() == before {
            self.refuse_parts(&faults);
        }
    }

    /// Refuses rows with a wrong value: the one at which it is found, or where that one is no row
    /// of the file, those of the file that have the same value.
    fn refuse_by_value(&mut self, faults: &[Fault], catalog: &Catalog) {
        let mut elsewhere = BTreeSet::new();
        for fault in faults.iter().filter(|fault| !is_of_an_address(fault)) {
            if !self.refuse_place(fault) {
                elsewhere.insert(fault.kind());
            }
        }
        if elsewhere.is_empty() {
            return;
        }
        for fault in check(&self.plan.evidence, catalog) {
            if elsewhere.contains(&fault.kind()) {
                self.refuse_place(&fault);
            }
        }
    }

    /// Refuses all rows of the parts in which something is wrong; of all parts, where these have
    /// none.
    fn refuse_parts(&mut self, faults: &[Fault]) {
        let by_part: BTreeMap<&str, &Fault> =
            faults.iter().map(|fault| (steps(fault).0, fault)).collect();
        let first = faults.first();
        let origins: Vec<(&'static str, Origin)> = (self.origins.iter())
            .chain(
                self.repeats
                    .iter()
                    .flat_map(|(at, all)| all.iter().map(move |one| (at, one))),
            )
            .map(|((part, _), origin)| (*part, *origin))
            .collect();
        let any = origins.iter().any(|(part, _)| by_part.contains_key(part));
        for (part, origin) in origins {
            let of_part = by_part.get(part).copied();
            let fault = if any { of_part } else { first };
            if let Some(fault) = fault {
                self.refuse_at(part, origin, fault, None);
            }
        }
    }

    /// Refuses the row of the file at which something is wrong, with all that say the same again;
    /// otherwise they would be taken in its place, one in each round. Whether there is one.
    pub(crate) fn refuse_place(&mut self, fault: &Fault) -> bool {
        let (part, place, rest) = steps(fault);
        let part = self.met.iter().copied().find(|met| *met == part);
        let at = part.zip(place);
        let Some((at, origin)) = at.and_then(|at| Some((at, *self.origins.get(&at)?))) else {
            return false;
        };
        let part = at.0;
        let repeats = self.repeats.remove(&at).unwrap_or_default();
        for origin in std::iter::once(origin).chain(repeats) {
            self.refuse_at(part, origin, fault, rest);
        }
        true
    }

    fn refuse_at(&mut self, part: &'static str, origin: Origin, fault: &Fault, rest: Option<&str>) {
        let Entry::Vacant(free) = self.refused.entry((part.into(), Some(origin.index))) else {
            return;
        };
        let (index, value) = (Some(origin.index), fault.value.clone());
        let reason = Reason::Invalid { code: fault.code };
        let mut problem = problem(part, index, origin.line, value, reason);
        if let (Some(column), Some(rest)) = (&mut problem.column, rest) {
            column.push('/');
            column.push_str(rest);
        }
        free.insert(problem);
    }
}

/// Who has an address is told by looking at all who have it, not by which of them comes later.
fn is_of_an_address(fault: &Fault) -> bool {
    fault.code == FaultCode::Duplicate && fault.pointer.ends_with("/email")
}

/// The part, the place in it, and the rest of a pointer.
fn steps(fault: &Fault) -> (&str, Option<usize>, Option<&str>) {
    let mut steps = fault.pointer.splitn(4, '/').skip(1);
    let part = steps.next().unwrap_or_default();
    let place = steps.next().and_then(|place| place.parse().ok());
    (part, place, steps.next())
}
