//! What is kept: entities, migrations, and one repository per aggregate.
//!
//! The same code runs on SQLite (the embedded default) and on PostgreSQL. Reading functions take
//! [`Store::db`]; writing functions take a [`Write`], which can only be committed together with
//! an [`audit::Entry`]. Time and ids are passed in: this crate has neither a clock nor chance.

mod application;
pub mod attempts;
pub mod audit;
pub mod bank;
pub mod bank_feeds;
pub mod billing;
pub mod bills;
pub mod books;
pub mod claims;
mod connect;
pub mod demo_clock;
mod entities;
mod error;
pub mod evidence;
#[cfg(feature = "testing")]
mod faults;
pub mod grants;
pub mod idempotency;
pub mod imports;
mod inspect;
pub mod invitations;
pub mod jobs;
mod key;
pub mod links;
pub mod mails;
pub mod members;
mod migrate;
mod migrations;
pub mod operators;
pub mod orders;
pub mod organizations;
pub mod partner_ids;
mod permissions;
pub mod proofs;
pub mod purpose;
pub mod receipts;
pub mod requests;
pub mod sandbox;
pub mod second_factors;
pub mod sessions;
pub mod sign_in_policy;
mod tables;
pub mod terms;
#[cfg(feature = "testing")]
pub mod testing;
pub mod tokens;
pub mod tries;
pub mod users;
mod write;

pub use application::GRANTS;
pub use connect::{Store, Usage};
pub use error::StoreError;
pub use migrate::Holder;
/// What is read from: the database, or a write.
pub use sea_orm::ConnectionTrait as Connection;
pub use tables::Tables;
pub use write::Write;
