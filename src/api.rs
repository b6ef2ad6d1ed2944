//! The way to the server: requests, their errors, and values that load themselves.
//!
//! - [`request`]: one request and its answer; everything else goes through it.
//! - [`abort`]: how a request ends before its answer.
//! - [`connection`]: whether the server can be reached, for the whole page.
//! - [`remote`]: a value behind a GET that reloads, retries and is aborted on clean-up.
//! - [`action`]: a write that a person started.
//! - [`reader`]: a file, read in a worker.
//! - [`upload`]: a file on its way, and how much of it is sent.
//! - [`local`]: what answers in a preview without an account.
//! - [`cache`]: what was read before, by address, with its `ETag`.
//! - [`ahead`]: what the next page will need.

mod abort;
pub mod action;
pub mod ahead;
pub mod boot;
pub mod cache;
pub mod connection;
mod error;
pub mod json;
pub mod local;
pub mod reader;
mod reading;
pub mod remote;
pub mod request;
mod turn;
mod upload;

pub use abort::Abort;
pub use action::action;
pub use error::ApiError;
pub use remote::{Remote, evidence, existing, remote};
pub use request::{Body, Method, Reply, send};
pub use turn::turn;
pub use upload::Upload;
