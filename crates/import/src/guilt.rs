//! Which rows of a file make evidence wrong.

use std::collections::{BTreeMap, BTreeSet};

use membership_domain::evidence::{Fault, FaultCode, check, check_against};
use membership_domain::{Catalog, Evidence};

use crate::Rows;
use crate::document::{Origin, Round};
use crate::fault::Reason;
use crate::file::problem;

impl Round<'_, '_> {
    /// Refuses the rows that make the evidence wrong. `finely`: only those that do it, as far as
    /// they can be told; otherwise all of the parts in which something is wrong.
    pub(crate) fn refuse_faults(&mut self, known: &Evidence, catalog: &Catalog, finely: bool) {
        let faults = check_against(known, &self.plan.evidence, catalog);
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
            match self.origin(fault) {
                Some(origin) => self.refuse(origin, fault),
                None => {
                    elsewhere.insert(fault.kind());
                }
            }
        }
        if elsewhere.is_empty() {
            return;
        }
        for fault in check(&self.plan.evidence, catalog) {
            if let Some(origin) = self.origin(&fault)
                && elsewhere.contains(&fault.kind())
            {
                self.refuse(origin, &fault);
            }
        }
    }

    /// Refuses all rows of the parts in which something is wrong; of all parts, where these have
    /// none.
    fn refuse_parts(&mut self, faults: &[Fault]) {
        let by_part: BTreeMap<&str, &Fault> =
            faults.iter().map(|fault| (steps(fault).0, fault)).collect();
        let origins: Vec<(&str, Origin)> = (self.origins.iter())
            .map(|((part, _), origin)| (*part, *origin))
            .collect();
        let mut any = false;
        for (part, origin) in &origins {
            if let Some(fault) = by_part.get(part) {
                any = true;
                self.refuse_at(part, *origin, fault, None);
            }
        }
        if let Some(fault) = faults.first().filter(|_| !any) {
            for (part, origin) in &origins {
                self.refuse_at(part, *origin, fault, None);
            }
        }
    }

    /// Where the row stands at which something is wrong.
    fn origin(&self, fault: &Fault) -> Option<Origin> {
        let (part, place, _) = steps(fault);
        let origins: &BTreeMap<(&str, usize), Origin> = &self.origins;
        origins.get(&(part, place?)).copied()
    }

    fn refuse(&mut self, origin: Origin, fault: &Fault) {
        let (part, _, rest) = steps(fault);
        self.refuse_at(part, origin, fault, rest);
    }

    fn refuse_at(&mut self, part: &str, origin: Origin, fault: &Fault, rest: Option<&str>) {
        let Origin { index, line } = origin;
        let reason = Reason::Invalid { code: fault.code };
        let mut problem = problem(part, Some(index), line, fault.value.clone(), reason);
        if let (Some(column), Some(rest)) = (&mut problem.column, rest) {
            column.push('/');
            column.push_str(rest);
        }
        let at = (part.to_owned(), Some(index));
        self.refused.entry(at).or_insert(problem);
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
