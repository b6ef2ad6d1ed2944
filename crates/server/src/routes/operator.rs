//! The operator's desk.

#[cfg(test)]
mod bad_input;
pub mod bank_entries;
pub mod books;
#[cfg(test)]
mod card_money_tests;
#[cfg(test)]
mod decision_tests;
pub mod orders;
pub mod parked;
#[cfg(test)]
mod proof_tests;
#[cfg(test)]
mod statement_tests;
pub mod statements;
pub mod summary;
#[cfg(test)]
mod testing;
