//! Programs, evidence and rules: what a partner may have, and why.
//!
//! Pure: no clock, no chance, no input or output, no framework. The same code runs in the
//! browser and on the server, and gives the same bytes on both.

pub mod agenda;
pub mod assess;
pub mod audit;
pub mod catalog;
pub mod codes;
pub mod company;
pub mod dates;
pub mod evidence;
pub mod hypothesis;
pub mod id;
pub mod invitation;
pub mod json;
pub mod later;
pub mod link;
pub mod member;
pub mod money;
pub mod month;
pub mod number;
pub mod purchase;
pub mod request;
pub mod roles;
pub mod second_factor;
pub mod shared;
pub mod sort;
pub mod text;
pub mod verification;

pub use assess::{Assessment, Basis, assess};
pub use catalog::Catalog;
pub use evidence::Evidence;
pub use hypothesis::Hypothesis;
pub use id::Id;
pub use money::{Currency, Money};
pub use month::Month;
pub use number::Number;
pub use shared::Shared;
