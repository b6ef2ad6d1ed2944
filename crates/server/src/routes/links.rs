//! One-time links. Each purpose has an address of its own that uses them.

pub mod invitation;
pub mod look;
