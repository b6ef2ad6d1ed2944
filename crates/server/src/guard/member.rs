//! Who asks, as a member of the organization that the address names.

use membership_domain::evidence::Writer;
use membership_domain::id::{OrganizationId, UserId};
use membership_domain::roles::{Grant, TokenRefusal};
use membership_store::audit::{self, Action, Actor};
use membership_store::tokens::Token;
use serde_json::Map;

use super::everywhere;
use crate::http::observe::RequestId;
use crate::http::problem::{Answer, ApiError};
use crate::sessions::{self, Caller};
use crate::trail::{self, Cause, What};
use crate::{App, tokens};

/// Who asks.
#[derive(Clone, Debug)]
pub enum Asker {
    /// A person, in a session.
    Person(Caller),
    /// A machine, with a token.
    Token(Token),
}

/// The caller as a member of the path's organization.
#[derive(Clone, Debug)]
pub struct Member {
    /// Who asks.
    pub by: Asker,
    /// For which organization.
    pub organization: OrganizationId,
    /// With which roles there, and where each of them holds. Of a person it is never empty; of a
    /// token it is those of who made it, and none of a feed.
    pub grants: Vec<Grant>,
    /// By which request.
    pub request_id: RequestId,
}

impl Member {
    /// The person who asks: what only people do is refused to tokens.
    pub fn person(&self) -> Answer<&Caller> {
        match &self.by {
            Asker::Person(caller) => Ok(caller),
            Asker::Token(_) => Err(tokens::refused(TokenRefusal::PeopleOnly)),
        }
    }

    /// The person who asks, or for whom: nobody of the organization for a feed.
    pub fn user(&self) -> Option<UserId> {
        match &self.by {
            Asker::Person(caller) => Some(caller.user.id),
            Asker::Token(token) => token.created_by,
        }
    }

    /// By what one asker is told from others, people and tokens.
    pub fn id(&self) -> UserId {
        match &self.by {
            Asker::Person(caller) => caller.user.id,
            Asker::Token(token) => token.id.cast(),
        }
    }

    /// What people call who asks.
    pub fn name(&self) -> &str {
        match &self.by {
            Asker::Person(caller) => &caller.user.name,
            Asker::Token(token) => &token.name,
        }
    }

    /// As whom they write evidence.
    pub fn writer(&self) -> Writer {
        match &self.by {
            Asker::Person(_) => Writer::of(&everywhere(&self.grants)),
            Asker::Token(token) if token.is_feed() => Writer::Confirming,
            Asker::Token(_) => Writer::Partner,
        }
    }

    /// An audit entry of what they do for the organization, with no details.
    pub fn entry(&self, app: &App, action: Action, subject: impl ToString) -> Answer<audit::Entry> {
        let organization = Some(self.organization);
        match &self.by {
            Asker::Person(caller) => {
                let (id, session) = (&self.request_id, &caller.session);
                sessions::entry(app, id, session, organization, action, subject)
            }
            Asker::Token(token) => Ok(audit::Entry {
                actor: Actor::Token,
                by: Some(token.id.to_string()),
                user: token.created_by,
                organization,
                request_id: self.request_id.0.clone(),
                ..trail::entry(&app.clock, action, subject)?
            }),
        }
    }

    /// Tells the audit log that data left in a form for other programs, before it does.
    pub async fn tell_export(&self, app: &App, subject: &str, format: &str) -> Answer<()> {
        self.exported(app, Action::EvidenceExport, subject, format)
            .await
    }

    /// The same of the audit log itself.
    pub async fn tell_audit_export(&self, app: &App, format: &str) -> Answer<()> {
        self.exported(app, Action::AuditExport, "audit", format)
            .await
    }

    async fn exported(&self, app: &App, action: Action, subject: &str, format: &str) -> Answer<()> {
        let id = &self.request_id;
        let (token, cause) = match &self.by {
            Asker::Person(caller) => (None, Cause::person(&caller.session, id)),
            Asker::Token(token) => (Some(token.id), Cause::stranger(id)),
        };
        let what = What {
            action,
            user: self.user(),
            token,
            organization: Some(self.organization),
            subject: subject.to_owned(),
        };
        let detail = Map::from_iter([("format".to_owned(), format.into())]);
        trail::tell(app, cause, what, detail).await
    }
}

impl From<TokenRefusal> for ApiError {
    fn from(why: TokenRefusal) -> Self {
        tokens::refused(why)
    }
}
