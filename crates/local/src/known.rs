//! What is known of one partner, and the questions that need no rules: those of every page.

use membership_contract::clock::Clock;
use membership_contract::evidence::pack;
use membership_contract::paths;
use membership_contract::problem::code;
use membership_contract::session::{Session, SessionOrganization, User};
use membership_domain::Evidence;
use membership_domain::id::{OrganizationId, UserId};
use membership_domain::roles::Role;

use crate::answer::{Answer, Said};
use crate::history::History;
use crate::request::Request;

/// The one organization, as addresses name it.
pub const ORGANIZATION: OrganizationId = OrganizationId::nil();

/// What the organization is called while its evidence does not say.
const NAMELESS: &str = "Your company";

/// Nobody is signed out of a browser's own data.
const NEVER: &str = "9999-12-31T23:59:59Z";

/// There is no overview of nothing. It takes no rules to say so, and the pages begin elsewhere then.
const NOTHING: &str = "Nothing has been entered yet. Import a file or enter a few numbers first.";

/// What is known of one partner. It is a type of its own, so that a browser can answer with it
/// before the rules and all that needs them are there.
pub struct Known {
    pub(crate) evidence: Evidence,
    pub(crate) history: History,
    /// Whether something has to be kept that was not given back yet.
    pub(crate) changed: bool,
}

impl Known {
    /// From what [`Known::kept`] gave, if anything. What was kept by another version and cannot be
    /// read any more is left out.
    #[must_use]
    pub fn new(kept: Option<(&str, &str)>) -> Self {
        let read = kept.and_then(|(evidence, history)| {
            let evidence = serde_json::from_str(evidence).ok()?;
            Some((evidence, serde_json::from_str(history).ok()?))
        });
        let changed = read.is_none();
        let (evidence, history) = read.unwrap_or_default();
        Self {
            evidence,
            history,
            changed,
        }
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

    /// Answers a request, if that needs no rules.
    #[must_use]
    pub fn answer(&self, request: &Request<'_>) -> Option<Answer> {
        if request.method != "GET" {
            return None;
        }
        let said = match request.path() {
            paths::SESSION => Said::json(&self.session()),
            paths::CLOCK => Said::json(&Clock {
                now: request.now,
                settable: false,
            }),
            path if path == paths::evidence(ORGANIZATION) => self.read_evidence(request),
            path if path == paths::overview(ORGANIZATION) && self.is_nothing() => {
                Said::Refused(404, code::NOT_FOUND, NOTHING.to_owned(), Vec::new())
            }
            _ => return None,
        };
        Some(Answer::of(said.unless(request.tag), request))
    }

    /// Whether nobody has entered anything yet.
    fn is_nothing(&self) -> bool {
        self.evidence == Evidence::default()
    }

    fn read_evidence(&self, request: &Request<'_>) -> Said {
        if request.parameters().get("format") != Some("packed") {
            return Said::json(&self.evidence).tagged(self.tag());
        }
        match pack(&self.evidence) {
            Ok(packed) => Said::Packed(packed, self.tag()),
            Err(why) => Said::Refused(500, code::INTERNAL, why, Vec::new()),
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
                id: UserId::nil(),
                name: String::new(),
                email: String::new(),
            },
            organizations: vec![SessionOrganization {
                id: ORGANIZATION,
                name: name.to_owned(),
                partner_id: self.evidence.profile.partner_id.clone().unwrap_or_default(),
                roles: vec![Role::GlobalAdmin],
                second_factor_missing: false,
            }],
            expires: NEVER.to_owned(),
        }
    }
}
