//! Bills as documents: a PDF that people read and pay, and an e-invoice for machines (EN 16931, in
//! UBL 2.1). Both say what was frozen in the [`Bill`](membership_domain::purchase::bill::Bill) and
//! nothing else: the same bill gives the same bytes at any time and on any machine.

#![cfg_attr(
    not(test),
    deny(
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::unwrap_used
    )
)]

mod content;
mod countries;
mod draw;
mod fonts;
pub mod pdf;
mod place;
mod sheet;
mod shown;
mod style;
mod typeset;
pub mod ubl;
mod words;

#[cfg(test)]
#[path = "../tests/bills/mod.rs"]
mod bills;
