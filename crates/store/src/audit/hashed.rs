//! An entry as it is hashed and exported: everything that the database has of it, as it stands
//! there, also where this version does not know its action.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::entities::audit_entry::Model;

/// The entry as JSON. Where `docs/AUDIT.md` lists fields, it is these.
pub(super) fn hashed(row: Model) -> Value {
    json!({
        "about": row.about_id,
        "action": row.action,
        "actor": row.actor,
        "at": instant(row.at),
        "by": row.by_id,
        "changes": row.changes.as_deref().map_or_else(|| json!([]), parsed),
        "detail": parsed(&row.detail),
        "id": row.id.0,
        "organization": row.organization_id,
        "request": row.request_id,
        "session": row.session_id,
        "subject": row.subject,
        "user": row.user_id,
    })
}

/// RFC 3339 with microseconds.
fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}

/// What was written as JSON. What somebody made unreadable is a text, and has another hash.
fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()))
}
