//! Answers what the pages ask, for one partner, without a server: for previews without an account.
//!
//! The addresses, bodies and refusals are the API's, so that the same pages work on both. Pure:
//! whoever calls keeps what is known, says what time it is, and does so in the browser's worker.

mod answer;
mod evidence;
pub mod guided;
mod history;
mod imports;
mod known;
mod lists;
mod overview;
mod request;

pub use answer::Answer;
pub use known::{Known, ORGANIZATION};
pub use request::Request;

use chrono::NaiveDate;
use membership_contract::paths;
use membership_domain::{Catalog, Evidence};
use membership_lists::{Kept, List, Trace};

use self::answer::Said;

/// The rules, and what is known of one partner.
pub struct Local {
    catalog: Catalog,
    /// What is known.
    pub known: Known,
    /// Where the evidence counts on a day, once it was asked, and what pages of lists share.
    trace: Option<(NaiveDate, Trace, Kept)>,
}

impl Local {
    /// One that answers everything.
    #[must_use]
    pub fn new(catalog: Catalog, known: Known) -> Self {
        Self {
            catalog,
            known,
            trace: None,
        }
    }

    fn tag(&self) -> String {
        self.known.tag()
    }

    /// Answers one request.
    pub fn answer(&mut self, request: &Request<'_>) -> Answer {
        if let Some(answer) = self.known.answer(request) {
            return answer;
        }
        let known = request.tag.filter(|_| request.method == "GET");
        let said = self.route(request).unless(known);
        Answer::of(said, request)
    }

    fn route(&mut self, request: &Request<'_>) -> Said {
        let own = paths::organization(ORGANIZATION);
        let (method, path) = (request.method, request.path());
        let below = path
            .strip_prefix(&own)
            .and_then(|rest| rest.strip_prefix('/'));
        let steps: Vec<&str> = below
            .map(|rest| rest.split('/').collect())
            .unwrap_or_default();
        match (method, steps.as_slice()) {
            ("PUT", ["evidence"]) => self.replace_evidence(request),
            ("GET", ["people", id]) => self.person(&request::decoded(id)),
            ("GET", ["customers", id]) => self.customer(&request::decoded(id)),
            ("GET", ["overview"]) => self.overview(request),
            ("GET", ["imports"]) => self.imports(),
            ("POST", ["imports"]) => self.import(request),
            ("POST", ["imports", id, "undo"]) => self.undo(id, request),
            ("GET", [name]) => match List::of_name(name) {
                Some(list) => self.list(list, request),
                None => Said::not_found(),
            },
            _ => Said::not_found(),
        }
    }

    /// Takes over another state of what is known.
    fn replace(&mut self, evidence: Evidence) {
        self.known.evidence = evidence;
        self.known.history.revision += 1;
        self.known.changed = true;
        self.trace = None;
    }
}

#[cfg(test)]
mod tests;
