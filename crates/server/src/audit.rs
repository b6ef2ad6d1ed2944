//! The audit log as it is read: what is asked of it, its entries in words, and its exports.

mod export;
mod seek;
mod told;

pub use export::{chain, table};
pub use seek::{Asked, cursor};
pub use told::told;

#[cfg(test)]
mod tests;
