//! The words that all forms for a row of evidence share.

pub const ABOUT: &str = "What you save is checked like an imported file. You can undo it under \
    Imports.";
pub const GONE_WHY: &str = "The address may be mistyped, or the row was removed. See Imports for \
    what changed.";
pub const CHOOSE: &str = "Choose";
pub const UNFINISHED: &str = "The date isn't complete. Complete it or clear it.";
pub const REMOVE_ABOUT: &str = "You can restore it under Imports.";
pub const SAVE: &str = "Save";
pub const CANCEL: &str = "Cancel";
pub const TYPED: &str = "You typed this earlier, and it isn't saved yet.";
pub const TYPED_AND_CHANGED: &str = "You typed this earlier, and it isn't saved yet. The saved row \
    has changed since.";
pub const START_OVER: &str = "Start over";
pub const STALE: &str = "Someone else changed the evidence. Nothing was saved, and what you typed \
    is kept. Continuing changes only this row.";
pub const ANYWAY: &str = "Save anyway";
pub const REMOVE_ANYWAY: &str = "Remove anyway";

/// What is wrong with a line.
pub fn line(name: &str, wrong: &[&str]) -> String {
    format!("{name}: {} You can also remove it.", wrong.join(" "))
}

pub fn by_hand(name: &str) -> String {
    format!("By hand: {name}")
}

pub fn by_hand_removed(name: &str) -> String {
    format!("By hand: {name} removed")
}

pub fn saved(name: &str) -> String {
    format!("{name} is saved.")
}

pub fn removed(name: &str) -> String {
    format!("{name} is removed.")
}

pub fn remove(name: &str) -> String {
    format!("Remove {name}")
}

pub fn sure(name: &str) -> String {
    format!("Yes, remove {name}")
}
