//! Imports, their history, and the way back.

use membership_contract::import::{Import, ImportReport, Undone};
use membership_contract::page::Page;
use membership_contract::problem::{FieldError, code};
use membership_contract::text::en;
use membership_domain::Evidence;
use membership_domain::evidence::{Profile, check};
use membership_import::{Changes, Settings, read};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::answer::Said;
use crate::history::Imported;
use crate::{Local, Request};

/// Who does things where nobody has a name.
const YOU: &str = "You";

impl Local {
    /// All of them, newest first: nobody imports more in one browser than fit on a page.
    pub(crate) fn imports(&self) -> Said {
        let items = self.history.imports.iter().rev();
        let items = items.map(|imported| imported.import.clone()).collect();
        Said::json(&Page::<Import> { items, next: None }).tagged(self.tag())
    }

    pub(crate) fn import(&mut self, request: &Request<'_>) -> Said {
        if let Err(stale) = self.expect(request) {
            return stale;
        }
        let pairs = request.pairs();
        let get = |name: &str| {
            let found = pairs.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.as_str())
        };
        let settings = json!({"dates": get("dates"), "decimals": get("decimals")});
        let settings: Settings = match serde_json::from_value(settings) {
            Ok(settings) => settings,
            Err(error) => {
                return Said::invalid(vec![FieldError::new("?", "unexpected", error.to_string())]);
            }
        };
        let name = get("name").unwrap_or("import");
        let (catalog, known) = (&self.catalog, &self.evidence);
        let plan = match read(request.body, name, settings, catalog, known, &|_, _| ()) {
            Ok(plan) => plan,
            Err(fault) => {
                let detail = en::file_fault(&fault);
                return Said::invalid(vec![FieldError::new("", "unreadable", detail)]);
            }
        };
        let imported = plan.changes_something();
        let report = ImportReport::of(&plan, imported);
        if imported {
            let mut evidence = plan.evidence;
            if let Some(profile) = self.profile_of(request.body) {
                evidence.profile = profile;
            }
            self.history.imports.push(Imported {
                import: Import {
                    id: self.next_id(),
                    name: name.to_owned(),
                    kind: plan.kind,
                    counts: report.counts,
                    imported_by: YOU.to_owned(),
                    imported_at: request.now,
                    undone: None,
                },
                changes: Changes::between(&self.evidence, &evidence),
            });
            self.replace(evidence);
        }
        Said::json(&report).tagged(self.tag())
    }

    /// Who it is about: of a document that is the first thing known. There is no organization here
    /// that it could belong to otherwise.
    fn profile_of(&self, body: &[u8]) -> Option<Profile> {
        #[derive(Deserialize)]
        struct Document {
            profile: Profile,
        }
        if self.evidence != Evidence::default() {
            return None;
        }
        let document: Document = serde_json::from_slice(body).ok()?;
        Some(document.profile)
    }

    fn next_id(&self) -> Uuid {
        Uuid::from_u128(self.history.imports.len() as u128 + 1)
    }

    pub(crate) fn undo(&mut self, id: &str, request: &Request<'_>) -> Said {
        let place = Uuid::parse_str(id).ok().and_then(|id| {
            let mut imports = self.history.imports.iter();
            imports.position(|imported| imported.import.id == id)
        });
        let Some(place) = place else {
            return Said::not_found();
        };
        let Some(imported) = self.history.imports.get(place) else {
            return Said::not_found();
        };
        if imported.import.undone.is_some() {
            return Said::json(&imported.import);
        }
        let undone = match imported.changes.undo(&self.evidence) {
            Ok(undone) => undone,
            Err(rows) => return conflict(en::changed_since(&rows)),
        };
        // What was wrong before the import is no reason against taking it back.
        let known = check(&self.evidence, &self.catalog);
        let new = check(&undone, &self.catalog);
        if let Some(fault) = new.iter().find(|fault| !known.contains(fault)) {
            return conflict(en::depended_on(&en::evidence_fault(fault)));
        }
        self.replace(undone);
        let by = YOU.to_owned();
        match self.history.imports.get_mut(place) {
            Some(imported) => {
                imported.import.undone = Some(Undone {
                    by,
                    at: request.now,
                });
                Said::json(&imported.import)
            }
            None => Said::Well(Value::Null.to_string(), None),
        }
    }
}

fn conflict(detail: String) -> Said {
    Said::Refused(409, code::CONFLICT, detail, Vec::new())
}
