//! What an organization asks of its people when they sign in.

pub mod read;
pub mod replace;
