//! The operator's desk.

pub mod bank_entries;
pub mod books;
pub mod orders;
pub mod parked;
pub mod statements;
pub mod summary;
#[cfg(test)]
mod tests;
