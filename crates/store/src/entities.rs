//! The tables, one file each.

use membership_domain::Id;
use membership_domain::roles::Role;

use crate::StoreError;

pub mod attempt;
pub mod audit_entry;
pub mod audit_head;
pub mod audit_link;
pub mod audit_pending;
pub mod audit_personal;
pub mod bank_entry;
pub mod bank_feed;
pub mod bank_file;
pub mod bill;
pub mod bill_series;
pub mod billing_profile;
pub mod booking;
pub mod booking_line;
pub mod claim;
pub mod demo_clock;
pub mod evidence;
pub mod evidence_piece;
pub mod gateway_event;
pub mod idempotency_key;
pub mod import;
pub mod installation;
pub mod invitation;
pub mod link;
pub mod link_token;
pub mod location;
pub mod mail;
pub mod member;
pub mod operator;
pub mod order;
pub mod organization;
pub mod partner_id;
pub mod proof;
pub mod receipt;
pub mod recovery_code;
pub mod request;
pub mod role_grant;
pub mod role_grant_location;
pub mod sandbox_payment;
pub mod second_factor;
pub mod session;
pub mod statement;
pub mod term;
pub mod token;
pub mod user;

/// An id from a column that may be empty, which is read as text: the type of ids has no empty value.
pub fn optional_id<T>(stored: Option<String>) -> Result<Option<Id<T>>, StoreError> {
    stored.map(id).transpose()
}

/// An id from a column that is read as text.
pub fn id<T>(value: String) -> Result<Id<T>, StoreError> {
    let id = value.parse();
    id.map_err(|_| StoreError::Unreadable { what: "id", value })
}

/// A role from its code.
pub fn role(code: &str) -> Result<Role, StoreError> {
    Role::from_code(code).ok_or_else(|| StoreError::Unreadable {
        what: "role",
        value: code.to_owned(),
    })
}

/// What a column has as JSON.
pub fn read_json<T: serde::de::DeserializeOwned>(
    what: &'static str,
    value: &str,
) -> Result<T, StoreError> {
    serde_json::from_str(value).map_err(|error| StoreError::Unreadable {
        what,
        value: error.to_string(),
    })
}

/// What a column gets as JSON.
pub fn json<T: serde::Serialize>(what: &'static str, value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Unreadable {
        what,
        value: error.to_string(),
    })
}

/// A value from its code.
pub fn coded<T>(
    what: &'static str,
    code: &str,
    read: fn(&str) -> Option<T>,
) -> Result<T, StoreError> {
    read(code).ok_or_else(|| StoreError::Unreadable {
        what,
        value: code.to_owned(),
    })
}
