//! Bank statements: read, kept byte for byte, each entry once; matched by references, and given to
//! their orders.
//!
//! What comes in is kept first and applied afterwards, an organization at a time, so that a file of
//! thousands of entries holds nobody up, and a server that dies in between has lost nothing.

pub mod apply;
pub mod decide;
pub mod import;
#[cfg(test)]
mod look_alikes;
pub mod sight;

use membership_domain::purchase::bank::BankRefusal;

use membership_contract::refusal::Refusal;

/// What a state does not allow.
fn refused(why: BankRefusal) -> Refusal {
    Refusal::BankEntry(why.0)
}
