//! The words of the form for a person.

pub const NEW: &str = "Add a person";
pub const ABOUT: &str = "What you save is checked like an imported file, and can be undone under \
    Imports.";
pub const NAME: &str = "Full name";
pub const EMAIL: &str = "Work email (optional)";
pub const LINKED: &str = "Learning profile linked on (optional)";
pub const LINKED_HINT: &str = "Whoever has not linked it does not count.";
pub const LEFT: &str = "Left on (optional)";
pub const LEFT_HINT: &str = "Nothing counts from that day on.";
pub const CERTIFICATES: &str = "Certificates";
pub const CERTIFICATE: &str = "Certificate";
pub const CHOOSE: &str = "Choose";
pub const EARNED: &str = "Earned on";
pub const LAST: &str = "Last day (optional)";
pub const ADD: &str = "Add a certificate";
pub const REMOVE: &str = "Remove";
pub const SAVE: &str = "Save";
pub const CANCEL: &str = "Cancel";
pub const NO_NAME: &str = "Enter the full name.";
pub const NO_EMAIL: &str = "Enter an address with an @, or none.";
pub const STALE: &str = "Somebody changed the evidence while you typed. Nothing was saved, and \
    nothing you typed is lost. Saving anyway replaces this person alone.";
pub const SAVE_ANYWAY: &str = "Save anyway";

pub fn certificate(number: usize) -> String {
    format!("certificate {number}")
}

pub fn incomplete(number: usize) -> String {
    format!("Choose certificate {number} and the day on which it was earned, or remove it.")
}

pub fn by_hand(name: &str) -> String {
    format!("By hand: {name}")
}

pub fn saved(name: &str) -> String {
    format!("{name} is saved.")
}
