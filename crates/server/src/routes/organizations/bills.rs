//! Bills: what was ordered, sold and received, as documents.

pub mod file;
pub mod list;

/// The bill of the address.
pub type Named = crate::http::path_id::PathId<membership_domain::id::Bill>;
