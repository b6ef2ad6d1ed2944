//! Bank files and creditor references.
//!
//! Pure: bytes in, data out. [`statement::read`] reads bank statements (ISO 20022 camt.053) and
//! notifications of credits and debits (camt.054), versions 02 and 08, and says for each
//! transaction what is known of it. [`mod@reference`] makes creditor references (ISO 11649) and
//! finds them in what people write.
//!
//! Money is never lost on the way: a file with an entry that cannot be read is refused as a whole,
//! with the place and the reason, and the parts of a batch are taken apart only where they add up.

#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic
    )
)]

mod batch;
mod decode;
mod detail;
mod document;
mod element;
mod entry;
mod identity;
mod locate;
mod ntry;
mod ordinals;
mod parts;
pub mod reference;
mod source;
mod stmt;
#[cfg(feature = "testing")]
pub mod testing;
mod types;
mod unreadable;
mod value;
mod xml;

/// Statements and notifications, read from a bank's file.
pub mod statement {
    pub use crate::decode::LARGEST;
    pub use crate::document::{MOST_STATEMENTS, read};
    pub use crate::entry::{
        BatchTotal, Charge, Direction, Entry, EntryStatus, Exchanged, Party, Place, ReturnReason,
        TransactionIds,
    };
    pub use crate::ntry::MOST_ENTRIES;
    pub use crate::source::{DEEPEST, MOST_ELEMENTS};
    pub use crate::types::{AccountId, Balance, Statement, StatementKind};
    pub use crate::unreadable::{Reason, Unreadable};
    pub use crate::value::{LONGEST_CODE, LONGEST_TEXT};
}

pub use statement::{Entry, Statement, Unreadable};
