//! Answers what the pages ask, for one partner, without a server: for previews without an account.
//!
//! The addresses, bodies and refusals are the API's, so that the same pages work on both. Pure:
//! whoever calls keeps what is known, says what time it is, and does so in the browser's worker.

mod answer;
mod evidence;
pub mod guided;
mod history;
mod imports;
mod lists;
mod overview;
mod request;

pub use answer::Answer;
pub use request::Request;

use chrono::{DateTime, NaiveDate, Utc};
use membership_contract::clock::Clock;
use membership_contract::paths;
use membership_contract::session::{Session, SessionOrganization, User};
use membership_domain::roles::Role;
use membership_domain::{Catalog, Evidence};
use membership_lists::{List, Trace};
use uuid::Uuid;

use self::answer::Said;
use self::history::History;

/// The one organization, as addresses name it.
pub const ORGANIZATION: Uuid = Uuid::nil();

/// What the organization is called while its evidence does not say.
const NAMELESS: &str = "Your company";

/// The rules, and what is known of one partner.
pub struct Local {
    catalog: Catalog,
    evidence: Evidence,
    history: History,
    /// Whether something has to be kept that was not given back yet.
    changed: bool,
    /// Where the evidence counts on a day, once it was asked.
    trace: Option<(NaiveDate, Trace)>,
}

impl Local {
    /// From JSON: the catalog, and what [`Local::kept`] gave, if anything.
    ///
    /// # Errors
    /// A catalog of another shape. What was kept by another version and cannot be read any more
    /// is left out.
    pub fn new(catalog: &str, kept: Option<(&str, &str)>) -> Result<Self, serde_json::Error> {
        let read = kept.and_then(|(evidence, history)| {
            let evidence = serde_json::from_str(evidence).ok()?;
            Some((evidence, serde_json::from_str(history).ok()?))
        });
        let changed = read.is_none();
        let (evidence, history) = read.unwrap_or_default();
        Ok(Self {
            catalog: serde_json::from_str(catalog)?,
            evidence,
            history,
            changed,
            trace: None,
        })
    }

    /// What has to be kept, as JSON, once after each change: evidence and history.
    pub fn kept(&mut self) -> Option<(String, String)> {
        if !std::mem::take(&mut self.changed) {
            return None;
        }
        let evidence = serde_json::to_string(&self.evidence).ok()?;
        Some((evidence, serde_json::to_string(&self.history).ok()?))
    }

    /// The tag of the evidence.
    #[must_use]
    pub fn tag(&self) -> String {
        format!("\"{}\"", self.history.revision)
    }

    /// Answers one request.
    pub fn answer(&mut self, request: &Request<'_>) -> Answer {
        let known = request.tag.filter(|_| request.method == "GET");
        let said = self.route(request).unless(known);
        Answer::of(said, request)
    }

    fn route(&mut self, request: &Request<'_>) -> Said {
        let own = paths::organization(ORGANIZATION);
        let (method, path) = (request.method, request.path());
        match (method, path) {
            ("GET", paths::SESSION) => return Said::json(&self.session()),
            ("GET", paths::CLOCK) => {
                return Said::json(&Clock {
                    now: request.now,
                    settable: false,
                });
            }
            _ => {}
        }
        let below = path
            .strip_prefix(&own)
            .and_then(|rest| rest.strip_prefix('/'));
        let steps: Vec<&str> = below
            .map(|rest| rest.split('/').collect())
            .unwrap_or_default();
        match (method, steps.as_slice()) {
            ("GET", ["evidence"]) => self.read_evidence(request),
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

    /// Somebody without a name, who may do everything with the one organization.
    fn session(&self) -> Session {
        let name = match self.evidence.profile.name.trim() {
            "" => NAMELESS,
            name => name,
        };
        Session {
            user: User {
                id: Uuid::nil(),
                name: String::new(),
                email: String::new(),
            },
            organizations: vec![SessionOrganization {
                id: ORGANIZATION,
                name: name.to_owned(),
                partner_id: self.evidence.profile.partner_id.clone().unwrap_or_default(),
                roles: vec![Role::GlobalAdmin],
            }],
            expires: DateTime::<Utc>::MAX_UTC,
        }
    }

    /// Takes over another state of what is known.
    fn replace(&mut self, evidence: Evidence) {
        self.evidence = evidence;
        self.history.revision += 1;
        self.trace = None;
        self.changed = true;
    }
}

#[cfg(test)]
mod tests;
