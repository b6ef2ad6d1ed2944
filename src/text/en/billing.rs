//! The words of the billing profile.

use crate::format;

pub const ABOUT: &str = "To whom things are sold, and where bills go. Changes hold for later \
    orders; what was ordered or billed stays as it is.";
pub const SOLD_TO: &str = "Sold to";
pub const BILL_TO: &str = "Bill to";
pub const BILL_TO_OTHER: &str = "Send bills to another company or address";
pub const BILL_TO_NAME: &str = "Name of the company or department";
pub const EMAIL: &str = "Email for copies of bills";
pub const TAX_ID: &str = "Tax ID";
pub const TAX_ID_LABEL: &str = "Tax ID (optional)";
pub const TAX_ID_HINT: &str = "Without it, some sales are taxed that otherwise aren't.";
pub const NO_TAX_ID: &str = "None";
pub const SAVE: &str = "Save the billing profile";
pub const CANCEL: &str = "Cancel";
pub const SAVED: &str = "The billing profile is linked.";
pub const STALE: &str = "Someone else changed the billing profile. Nothing was saved, and what you \
    typed is kept.";
pub const NOT_LINKED: &str = "No billing profile is linked yet";
pub const NOT_LINKED_WHY: &str = "Nothing that costs money can be ordered until a Global admin \
    links one.";
pub const LINKED: &str = "Linked";
pub const NO_ADMIN: &str = "Only a Global admin can link or change it, and this organization has \
    none. Contact support.";

pub fn country(name: &str) -> String {
    format!("{name}: the company's country, whose prices and taxes hold.")
}

/// What a tax id of a country is called, with an example.
pub fn tax_id(name: &str, example: &str) -> String {
    format!("{name} (optional), such as {example}")
}

pub fn who_can(admins: &[String]) -> String {
    let who = format::choice(admins);
    format!("Only a Global admin can link or change it: ask {who}.")
}
