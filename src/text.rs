//! The words of the pages, one folder for each language. Sentences that the server says too
//! (refusals, explanations) are in the contract's text module, not here.

mod en;

pub use en::*;
