//! The words of the form for a person.

pub const NEW: &str = "Add a person";
pub const NAME: &str = "Full name";
pub const EMAIL: &str = "Work email (optional)";
pub const LINKED: &str = "Learning profile linked on (optional)";
pub const LINKED_HINT: &str = "People without a linked profile don't count.";
pub const LEFT: &str = "Left on (optional)";
pub const LEFT_HINT: &str = "Nothing counts from that day on.";
pub const CERTIFICATES: &str = "Certificates";
pub const CERTIFICATE: &str = "Certificate";
pub const EARNED: &str = "Earned on";
pub const LAST: &str = "Last day (optional)";
pub const ADD: &str = "Add a certificate";
pub const GONE: &str = "Person not found";
pub const ALL: &str = "See all people";
pub const NO_CERTIFICATE: &str = "Choose the certificate.";
pub const DATES_KEPT: &str = "Confirmed. This decides when certificates count, so only the program \
    owner can change it.";
pub const CLAIMED_LEFT: &str = "Left on, by your own entry (optional)";
pub const CLAIMED_LEFT_HINT: &str = "Previews count it. Decisions count it once the program owner \
    confirms it.";
pub const NO_EARNED: &str = "Enter the day it was earned.";

pub fn certificate(number: usize) -> String {
    format!("certificate {number}")
}
