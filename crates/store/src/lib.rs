//! What is kept: entities, migrations, and one repository per aggregate.
//!
//! The same code runs on SQLite (the embedded default) and on PostgreSQL. Reading functions take
//! [`Store::db`]; writing functions take a [`Write`], which can only be committed together with
//! an [`audit::Entry`]. Time and ids are passed in: this crate has neither a clock nor chance.

mod application;
pub mod audit;
mod connect;
mod entities;
mod error;
pub mod evidence;
pub mod grants;
pub mod idempotency;
pub mod imports;
mod migrations;
pub mod organizations;
mod permissions;
pub mod purpose;
pub mod sessions;
#[cfg(feature = "testing")]
pub mod testing;
pub mod users;
mod write;

pub use application::GRANTS;
pub use connect::Store;
pub use error::StoreError;
pub use write::Write;
