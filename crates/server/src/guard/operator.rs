//! The program owner's people at the desk.

use membership_contract::refusal::Refusal;
use membership_domain::id::{OrganizationId, UserId};
use membership_store::audit::{self, Action};
use membership_store::{operators, second_factors};
use serde_json::Map;

use crate::App;
use crate::change::Done;
use crate::http::observe::RequestId;
use crate::http::problem::Answer;
use crate::sessions::{self, Caller};
use crate::trail::{self, Cause, What};

/// An operator in a session.
#[derive(Clone, Debug)]
pub struct Operator {
    /// Who, in which session.
    pub caller: Caller,
    /// By which request.
    pub request_id: RequestId,
}

/// Lets an operator through. Who is none does not learn that there is a desk; one without two-step
/// sign-in is told to set it up.
pub async fn admitted(app: &App, caller: &Caller, request_id: RequestId) -> Answer<Operator> {
    let db = app.store.db();
    let told = |subject: &str| {
        let what = What {
            action: Action::AccessRefuse,
            user: Some(caller.user.id),
            token: None,
            organization: None,
            subject: subject.to_owned(),
        };
        let cause = Cause::person(&caller.session, &request_id);
        trail::tell_refusal(app, cause, what, Map::new());
    };
    if !operators::is_one(db, caller.user.id).await? {
        told("operator");
        return Err(Refusal::NotAnOperator.into());
    }
    if second_factors::confirmed(db, caller.user.id)
        .await?
        .is_none()
    {
        told("second_factor");
        return Err(Refusal::SecondFactorMissing.into());
    }
    Ok(Operator {
        caller: caller.clone(),
        request_id,
    })
}

impl Operator {
    /// Who.
    pub fn id(&self) -> UserId {
        self.caller.user.id
    }

    /// The audit entry of what they do, for an organization where it is about one.
    pub fn entry(
        &self,
        app: &App,
        organization: Option<OrganizationId>,
        done: Done,
    ) -> Answer<audit::Entry> {
        let (id, session) = (&self.request_id, &self.caller.session);
        Ok(audit::Entry {
            about: done.about,
            changes: done.changes,
            detail: done.detail,
            ..sessions::entry(app, id, session, organization, done.action, done.subject)?
        })
    }
}
