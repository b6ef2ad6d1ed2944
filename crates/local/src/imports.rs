//! Imports, their history, and the way back.

use membership_contract::import::{Import, ImportReport, Undone};
use membership_contract::page::Page;
use membership_contract::problem::{FieldError, code};
use membership_contract::text::en;
use membership_domain::Evidence;
use membership_domain::evidence::{Profile, Writer, check, check_against};
use membership_domain::id::ImportId;
use membership_import::{Changes, Settings, read};
use serde::Deserialize;
use serde_json::json;

use crate::answer::Said;
use crate::history::Imported;
use crate::{Local, Request};

/// Who does things where nobody has a name.
const YOU: &str = "You";

impl Local {
    /// All of them, newest first: nobody imports more in one browser than fit on a page.
    pub(crate) fn imports(&self) -> Said {
        let items = self.known.history.imports.iter().rev();
        let items = items.map(|imported| imported.import.clone()).collect();
        Said::json(&Page::<Import> { items, next: None }).tagged(self.tag())
    }

    pub(crate) fn import(&mut self, request: &Request<'_>) -> Said {
        if let Err(stale) = self.expect(request) {
            return stale;
        }
        let parameters = request.parameters();
        let settings = json!({
            "dates": parameters.get("dates"),
            "decimals": parameters.get("decimals"),
            "similar_names": parameters.get("similar_names"),
            "rows": parameters.get("rows"),
        });
        let mut settings: Settings = match serde_json::from_value(settings) {
            Ok(settings) => settings,
            Err(error) => {
                return Said::invalid(vec![FieldError::new("?", "unexpected", error.to_string())]);
            }
        };
        settings.today = Some(request.now.date_naive());
        settings.writer = Writer::Preview;
        let name = parameters.get("name").unwrap_or("import");
        let (catalog, known) = (&self.catalog, &self.known.evidence);
        let plan = match read(request.body, name, settings, catalog, known, &|_, _| true) {
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
            self.known.history.imports.push(Imported {
                import: Import {
                    id: self.next_id(),
                    name: name.to_owned(),
                    kind: plan.kind,
                    counts: report.counts,
                    imported_by: YOU.to_owned(),
                    imported_at: request.now,
                    undone: None,
                    kept: None,
                },
                changes: Changes::between(&self.known.evidence, &evidence),
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
        if self.known.evidence != Evidence::default() {
            return None;
        }
        let document: Document = serde_json::from_slice(body).ok()?;
        // One that could not be kept as a whole document is left out here too.
        let alone = Evidence {
            profile: document.profile,
            ..Evidence::default()
        };
        check(&alone, &self.catalog)
            .is_empty()
            .then_some(alone.profile)
    }

    fn next_id(&self) -> ImportId {
        ImportId::from_u128(self.known.history.imports.len() as u128 + 1)
    }

    pub(crate) fn undo(&mut self, id: &str, request: &Request<'_>) -> Said {
        let mut imports = self.known.history.imports.iter_mut();
        let Some(found) = imports.find(|one| one.import.id.to_string() == id) else {
            return Said::not_found();
        };
        if found.import.undone.is_some() {
            return Said::json(&found.import);
        }
        let evidence = match found.changes.undo(&self.known.evidence) {
            Ok(evidence) => evidence,
            Err(why) => return conflict(en::not_undone(&why)),
        };
        let known = &self.known.evidence;
        if let Some(fault) = check_against(known, &evidence, Writer::Preview, &self.catalog).first()
        {
            return conflict(en::depended_on(&en::evidence_fault(fault)));
        }
        found.import.undone = Some(Undone {
            by: YOU.to_owned(),
            at: request.now,
        });
        let said = Said::json(&found.import);
        self.replace(evidence);
        said
    }
}

fn conflict(detail: String) -> Said {
    Said::Refused(409, code::CONFLICT, detail, Vec::new())
}
