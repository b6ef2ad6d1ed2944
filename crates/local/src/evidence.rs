//! The evidence as a whole, and somebody in it.

use membership_contract::problem::{FieldError, code};
use membership_contract::text::en;
use membership_domain::Evidence;
use membership_domain::evidence::check;

use crate::answer::Said;
use crate::history::History;
use crate::{Local, Request};

impl Local {
    /// A new start: what was imported before cannot be taken back any more.
    pub(crate) fn replace_evidence(&mut self, request: &Request<'_>) -> Said {
        if let Err(stale) = self.expect(request) {
            return stale;
        }
        let evidence: Evidence = match serde_json::from_slice(request.body) {
            Ok(evidence) => evidence,
            Err(error) => {
                return Said::invalid(vec![FieldError::new("", "unexpected", error.to_string())]);
            }
        };
        let faults = check(&evidence, &self.catalog);
        if !faults.is_empty() {
            let errors = faults.iter().map(|fault| {
                let detail = en::evidence_fault(fault);
                FieldError::new(fault.pointer.clone(), "invalid", detail)
            });
            return Said::invalid(errors.collect());
        }
        self.known.history = History {
            revision: self.known.history.revision,
            ..History::default()
        };
        self.replace(evidence);
        Said::json(&self.known.evidence).tagged(self.tag())
    }

    pub(crate) fn person(&self, id: &str) -> Said {
        let found = self
            .known
            .evidence
            .people
            .iter()
            .find(|person| person.id == id);
        found.map_or_else(Said::not_found, |person| {
            Said::json(person).tagged(self.tag())
        })
    }

    /// Refuses a writer who does not know the present state: perhaps another tab wrote it.
    pub(crate) fn expect(&self, request: &Request<'_>) -> Result<(), Said> {
        if request.tag == Some(&self.tag()) {
            return Ok(());
        }
        let detail = "This was changed since it was read, perhaps in another tab. Read it again.";
        let refused = Said::Refused(412, code::STALE, detail.to_owned(), Vec::new());
        Err(refused)
    }
}
