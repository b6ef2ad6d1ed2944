//! The tables, one file each.

use uuid::Uuid;

use crate::StoreError;

pub mod audit_entry;
pub mod demo_clock;
pub mod evidence;
pub mod evidence_piece;
pub mod idempotency_key;
pub mod import;
pub mod installation;
pub mod location;
pub mod organization;
pub mod partner_id;
pub mod role_grant;
pub mod session;
pub mod user;

/// An id from a column that may be empty, which is read as text: the type of ids has no empty value.
pub fn optional_id(stored: Option<String>) -> Result<Option<Uuid>, StoreError> {
    let Some(value) = stored else { return Ok(None) };
    let id = Uuid::parse_str(&value);
    id.map(Some)
        .map_err(|_| StoreError::Unreadable { what: "id", value })
}
