//! What the audit log is told. What anybody can cause again and again is told by a [`Tally`], so
//! that nobody can fill the disk with it.

mod tally;

use membership_domain::id::SessionId;
use membership_store::audit::{self, Action, Actor, FieldChange, Salt, Whose};
use membership_store::sessions::Session;
use serde_json::{Map, Value};

use crate::clock::Clock;
use crate::http::observe::RequestId;
use crate::http::problem::Answer;
use crate::random::{self, NoRandomness};
use crate::{App, sessions, write};

pub use tally::{Tally, What};

use tally::Worth;

/// An entry of the server itself: without an organization or more facts, which the caller adds.
pub fn entry(
    clock: &Clock,
    action: Action,
    subject: impl ToString,
) -> Result<audit::Entry, NoRandomness> {
    let (id, salt) = (random::id(clock.real())?, Salt::of(random::bytes()?));
    Ok(audit::Entry::of(id, clock.now(), action, subject, salt))
}

/// An entry of somebody at the command line: the program does not know who may start it.
pub fn of_operator(
    clock: &Clock,
    action: Action,
    subject: impl ToString,
) -> Result<audit::Entry, NoRandomness> {
    Ok(audit::Entry {
        actor: Actor::Operator,
        ..entry(clock, action, subject)?
    })
}

/// By what something is caused again and again.
#[derive(Clone, Debug)]
pub struct Cause {
    /// In which session, where somebody is signed in: then the user of [`What`] did it. Without a
    /// session, and without a token in [`What`], it is about them.
    pub session: Option<SessionId>,
    /// By which request.
    pub request_id: RequestId,
    /// From which network, where that matters. It is kept as a value of the person that it is about.
    pub from: Option<String>,
}

impl Cause {
    /// Somebody who is signed in.
    pub fn person(session: &Session, request_id: &RequestId) -> Self {
        Self {
            session: Some(sessions::public_id(session)),
            ..Self::stranger(request_id)
        }
    }

    /// A request of nobody knows whom, or of a token, which [`What`] names.
    pub fn stranger(request_id: &RequestId) -> Self {
        Self {
            session: None,
            request_id: request_id.clone(),
            from: None,
        }
    }
}

/// Tells of something that somebody did, unless it was told often enough today. The entry has its
/// count on this server and this day; what cannot be counted is told each time without one, so that
/// nobody can keep it out by filling the tally.
pub async fn tell(
    app: &App,
    cause: Cause,
    what: What,
    mut detail: Map<String, Value>,
) -> Answer<()> {
    match app.tally.count(&what, app.clock.real()) {
        Worth::Entry(count) => drop(detail.insert("count".to_owned(), count.into())),
        Worth::Uncounted => {}
        Worth::Enough => return Ok(()),
    };
    append(app, cause, what, detail).await
}

async fn append(app: &App, cause: Cause, what: What, detail: Map<String, Value>) -> Answer<()> {
    let (actor, user, about) = match (cause.session, what.token) {
        (Some(_), _) => (Actor::Person, what.user, None),
        (None, Some(_)) => (Actor::Token, what.user, None),
        (None, None) => (Actor::Server, None, what.user),
    };
    let whose = what.user.map_or(Whose::somebody(), Whose::of);
    let from = cause.from.map(|from| {
        let from = FieldChange::of("from", Value::Null, from);
        from.personal(&whose)
    });
    let entry = audit::Entry {
        actor,
        by: what.token.map(|id| id.to_string()),
        user,
        session: cause.session,
        about,
        changes: from.into_iter().collect(),
        organization: what.organization,
        detail: Value::Object(detail),
        request_id: cause.request_id.0,
        ..entry(&app.clock, what.action, what.subject)?
    };
    Ok(write::tell(&app.store, entry).await?)
}

/// As [`tell`], for refusals: without making them wait, because how long one takes must not tell
/// what it found, and without making more of them when the database does not answer. What cannot be
/// counted is left out: strangers cause refusals, and could fill the disk.
pub fn tell_refusal(app: &App, cause: Cause, what: What, mut detail: Map<String, Value>) {
    let Worth::Entry(count) = app.tally.count(&what, app.clock.real()) else {
        return;
    };
    detail.insert("count".to_owned(), count.into());
    let app = app.clone();
    tokio::spawn(async move {
        if append(&app, cause, what, detail).await.is_err() {
            tracing::warn!("a refusal is missing in the audit log");
        }
    });
}

#[cfg(test)]
mod tests {
    use membership_contract::paths;

    use super::*;
    use crate::testing::{Outcome, TestApp};

    #[tokio::test]
    async fn a_full_tally_keeps_no_export_out_of_the_log() -> Outcome {
        TestApp::each(async |app| {
            for number in 0..tally::KINDS {
                let what = What {
                    action: Action::ClockSet,
                    user: None,
                    token: None,
                    organization: None,
                    subject: number.to_string(),
                };
                app.app.tally.count(&what, app.app.clock.real());
            }
            let browser = app.signed_in("global-admin@contoso.example").await?;
            let id = app.organization("Contoso").await?;
            let table = paths::list(id, "people") + "?format=csv";
            for _ in 0..2 {
                assert_eq!(browser.get(&table).await?.status, 200);
            }
            let told = app.told("evidence.export", 2).await?;
            assert_eq!(told.len(), 2);
            assert!(told.iter().all(|entry| entry.detail.get("count").is_none()));
            Ok(())
        })
        .await
    }
}
