//! The words of the audit log.

use crate::format;

pub const TITLE: &str = "Audit log";
pub const ABOUT: &str = "Who changed what, for whom, and each field before and after.";
pub const WHAT: &str = "What";
pub const WHEN: &str = "When";
pub const ACTION: &str = "Action";
pub const ALL_ACTIONS: &str = "All actions";
pub const FROM: &str = "From";
pub const TO: &str = "To";
pub const NOTHING: &str = "Nothing was changed yet.";
pub const FIELDS: &str = "Fields";
pub const FIELD: &str = "Field";
pub const BEFORE: &str = "Before";
pub const AFTER: &str = "After";
pub const NOT_THERE: &str = "Empty";
pub const WHO: &str = "Who";
pub const WHOM: &str = "For whom";
pub const SUBJECT: &str = "Subject";
pub const SESSION: &str = "Session";
pub const REQUEST: &str = "Request";
pub const ALL_BY: &str = "Everything this person did";
pub const ALL_FOR: &str = "Everything done for this person";
pub const NARROWED: &str = "Only what one person did, or what was done for one person.";
pub const EVERYBODY: &str = "Show everybody";
pub const CHAIN: &str = "Proof that nothing was changed";
pub const CHAIN_ABOUT: &str = "Entries are sealed into a chain within seconds. Write the last hash \
    down outside of this system: an export that contains it later was not changed up to there.";
pub const NO_HEAD: &str = "Nothing is sealed yet.";
pub const SEALED: &str = "Entries";
pub const HEAD: &str = "Last hash";
pub const COPY: &str = "Copy the hash";
pub const COPIED: &str = "The hash is copied.";
pub const NOT_COPIED: &str = "Your browser didn't allow copying. Select the hash and copy it.";
pub const JSONL: &str = "Download the chain (JSON Lines)";

pub fn sealed(many: i64) -> String {
    format::counted(many, "entry", "entries")
}
