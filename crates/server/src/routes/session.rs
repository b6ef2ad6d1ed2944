//! Signing in and out.

pub mod proof;
pub mod read;
pub mod sign_in;
pub mod sign_out;
#[cfg(test)]
mod tests;
