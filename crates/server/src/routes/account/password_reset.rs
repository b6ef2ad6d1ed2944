//! Another password for somebody who forgot theirs, with a link that is mailed.

pub mod apply;
pub mod request;
#[cfg(test)]
mod tests;
