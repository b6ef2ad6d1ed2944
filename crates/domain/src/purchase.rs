//! Buying: what is on offer and why not, quotes, orders, payments, terms, bills and books.
//!
//! Everything that can change is a machine: a table of states and commands, and one function that
//! says what a command does. Pages ask the same function whether a control can be used.

pub mod attempt;
pub mod bank;
pub mod bill;
pub mod ledger;
pub mod offers;
pub mod order;
pub mod profile;
pub mod proof;
pub mod quote;
pub mod sale;
pub mod term;
