//! The audit log of an organization, as pages and tables show it.

use chrono::{DateTime, SecondsFormat, Utc};
use membership_domain::audit::Actor;
use membership_domain::id::{EntryId, SessionId, UserId};
use serde::{Deserialize, Serialize};

/// A page of the log, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditPage {
    /// At most as many as `limit` asked for.
    pub items: Vec<AuditEntry>,
    /// Pass it as `cursor` to go on; absent at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// The end of the chain; absent before the first entry is sealed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<AuditHead>,
}

/// The last link of an organization's chain: who has it can tell later that nothing before it was
/// changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditHead {
    /// How many entries are sealed.
    pub position: i64,
    /// The hash of the last one: 64 hexadecimal signs.
    pub hash: String,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEntry {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: EntryId,
    /// When, by the server's clock.
    pub at: DateTime<Utc>,
    /// What did it.
    pub actor: Actor,
    /// Who, where it is a person or acts for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<AuditPerson>,
    /// The id of a token, the kind of a job.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// What people call the token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_name: Option<String>,
    /// In which session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    pub session: Option<SessionId>,
    /// For whom, if it is about somebody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<AuditPerson>,
    /// The code of what was done.
    pub action: String,
    /// To what: an id or a name.
    pub subject: String,
    /// All of it in a sentence.
    pub said: String,
    /// Each field before and after.
    pub changes: Vec<AuditChange>,
    /// Further facts.
    pub facts: Vec<AuditFact>,
    /// The request that did it; empty where none did.
    pub request_id: String,
}

/// Somebody in an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditPerson {
    /// Whose account.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: UserId,
    /// Absent where the person was removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// One field in an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditChange {
    /// Its name.
    pub field: String,
    /// Its name in words.
    pub label: String,
    /// In words; absent where it was not there, or was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// In words; absent where it is not there any more, or was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Whether a value was a removed person's and is erased.
    pub erased: bool,
}

/// A fact in an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditFact {
    /// What it is, in words.
    pub label: String,
    /// In words.
    pub value: String,
}

/// The columns of the log as a table.
pub const COLUMNS: [&str; 9] = [
    "When", "Who", "What", "For whom", "Field", "Before", "After", "Session", "Request",
];

impl AuditEntry {
    /// Its rows in a table: one for each field that changed, and at least one. `who` and `about` are
    /// names, `erased` stands for a value that was erased.
    #[must_use]
    pub fn rows(&self, who: &str, about: &str, erased: &str) -> Vec<Vec<String>> {
        let row = |change: Option<&AuditChange>| {
            let side = |of: fn(&AuditChange) -> &Option<String>| match change {
                Some(change) if change.erased && of(change).is_none() => erased.to_owned(),
                Some(change) => of(change).clone().unwrap_or_default(),
                None => String::new(),
            };
            vec![
                self.at.to_rfc3339_opts(SecondsFormat::AutoSi, true),
                who.to_owned(),
                self.said.clone(),
                about.to_owned(),
                change.map_or_else(String::new, |change| change.label.clone()),
                side(|change| &change.before),
                side(|change| &change.after),
                self.session.map(|id| id.to_string()).unwrap_or_default(),
                self.request_id.clone(),
            ]
        };
        match self.changes.as_slice() {
            [] => vec![row(None)],
            changes => changes.iter().map(|change| row(Some(change))).collect(),
        }
    }
}
