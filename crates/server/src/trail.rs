//! What the audit log is told. What anybody can cause again and again is told by a [`Tally`], so
//! that nobody can fill the disk with it.

mod tally;

use membership_store::audit;
use serde_json::{Map, Value};

use crate::App;
use crate::chance::{self, NoChance};
use crate::clock::Clock;
use crate::http::observe::RequestId;
use crate::http::problem::Answer;

pub use tally::{Tally, What};

/// An entry of the server itself, or of its operator: without a user, an organization or more
/// facts, which the caller adds.
pub fn entry(
    clock: &Clock,
    action: &str,
    subject: impl ToString,
) -> Result<audit::Entry, NoChance> {
    Ok(audit::Entry {
        id: chance::id(clock.real())?,
        at: clock.now(),
        user: None,
        organization: None,
        action: action.to_owned(),
        subject: subject.to_string(),
        detail: serde_json::json!({}),
        request_id: String::new(),
    })
}

/// Tells of something that somebody did or tried, unless it was told often enough today. The entry
/// has its count on this server and this day.
pub async fn tell(
    app: &App,
    request_id: &RequestId,
    what: What,
    mut detail: Map<String, Value>,
) -> Answer<()> {
    let Some(count) = app.tally.count(&what, app.clock.real()) else {
        return Ok(());
    };
    detail.insert("count".to_owned(), count.into());
    let entry = audit::Entry {
        user: what.user,
        organization: what.organization,
        detail: Value::Object(detail),
        request_id: request_id.0.clone(),
        ..entry(&app.clock, what.action, what.subject)?
    };
    Ok(app.store.write().await?.commit(entry).await?)
}

/// As [`tell`], for refusals: without making them wait, because how long one takes must not tell
/// what it found, and without making more of them when the database does not answer.
pub fn tell_refusal(app: &App, request_id: &RequestId, what: What, detail: Map<String, Value>) {
    let (app, request_id) = (app.clone(), request_id.clone());
    tokio::spawn(async move {
        if tell(&app, &request_id, what, detail).await.is_err() {
            tracing::warn!("a refusal is missing in the audit log");
        }
    });
}
