//! The words of the keyboard.

pub const KEYS: &str = "Keyboard";
pub const ABOUT: &str = "Single keys work while you aren't typing in a field.";
pub const USE: &str = "Use single keys";
pub const NEXT: &str = "Next entry";
pub const PREVIOUS: &str = "Previous entry";
pub const ACCEPT: &str = "Choose the first suggestion";
pub const ASSIGN: &str = "Assign to an order";
pub const RETURN: &str = "Mark for return";
pub const RETURNED: &str = "Sent back";
pub const FEE: &str = "Bank fee";
pub const DECIDE: &str = "Decide and go to the next entry";
pub const UNDO: &str = "Undo the last decision";
pub const FIND: &str = "Find in the queue";
pub const ALL: &str = "All keys";
pub const ON: &str = "Single keys are on.";
pub const OFF: &str = "Single keys are off.";
