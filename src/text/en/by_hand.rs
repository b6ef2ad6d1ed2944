//! The words that all forms for a row of evidence share.

pub const ABOUT: &str = "What you save is checked like an imported file. You can undo it under \
    Imports.";
pub const GONE_WHY: &str = "The address may be mistyped, or the row was removed. See Imports for \
    what changed.";
pub const CHOOSE: &str = "Choose";
pub const REMOVE_ABOUT: &str = "You can restore it under Imports.";
pub const KEPT_CONFIRMED: &str = "Confirmed. Only the program owner can change or remove this; ask \
    them to correct it.";
pub const KEPT_MADE_HERE: &str = "Made by the workspace. It can't be changed or removed by hand.";
pub const KEPT_PART: &str = "Part of this isn't yours to remove: it's confirmed, and only the \
    program owner can remove it.";
pub const SAVE: &str = "Save";
pub const CANCEL: &str = "Cancel";
pub const STALE: &str = "Someone else changed the evidence. Nothing was saved, and what you typed \
    is kept. Saving anyway changes only this row.";

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
