//! The tables, one file each.

pub mod audit_entry;
pub mod evidence;
pub mod evidence_piece;
pub mod import;
pub mod installation;
pub mod location;
pub mod organization;
pub mod role_grant;
pub mod session;
pub mod user;
