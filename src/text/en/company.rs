//! The words of company data and locations.

use membership_contract::text::en;
use membership_domain::company::Verified;
use membership_domain::evidence::Verification;

use crate::format;

pub const TITLE: &str = "Company";
pub const DATA: &str = "Company data";
pub const EDIT: &str = "Edit company data";
pub const EDIT_ABOUT: &str = "Enter the data as your registry has it. You see what a change causes \
    before it's saved.";
pub const NOT_YOURS: &str = "Only a Global admin or an Account admin can change this. Ask one of \
    them under My access.";
pub const SUSPENDED: &str = "The account is suspended, so nothing can be changed. Only support can \
    lift that.";
pub const NAME: &str = "Legal name";
pub const COUNTRY: &str = "Country or region";
pub const STREET: &str = "Street and number";
pub const CITY: &str = "City";
pub const POSTAL_CODE: &str = "Postal code (optional)";
pub const REGION: &str = "State or province (optional)";
pub const ADDRESS: &str = "Address";
pub const CONTACT: &str = "Primary contact";
pub const CONTACT_ABOUT: &str = "Verification questions go to this person.";
pub const CONTACT_NAME: &str = "Full name";
pub const CONTACT_EMAIL: &str = "Work email";
pub const CONTACT_PHONE: &str = "Phone (optional)";
pub const NOT_ENTERED: &str = "Not entered yet";
pub const VERIFICATION: &str = "Verification";
pub const CHOOSE: &str = "Choose";
pub const SAVE: &str = "Save";
pub const SAVE_AND_VERIFY: &str = "Save and verify again";
pub const CANCEL: &str = "Cancel";
pub const BACK: &str = "Change something first";
pub const CAUSES: &str = "What this change causes";
pub const UNCHANGED: &str = "No changes yet. Change a field, or cancel.";
pub const SAVED: &str = "The company data is saved.";
pub const STALE: &str = "Someone else changed the company data. Nothing was saved, and what \
    you typed is kept.";

pub const LOCATIONS: &str = "Locations";
pub const LOCATION: &str = "Location";
pub const PARTNER_ID: &str = "PartnerID";
pub const NO_LOCATIONS: &str = "No locations yet.";
pub const ADD_LOCATION: &str = "Add a location";
pub const NEW_ABOUT: &str = "It gets its own PartnerID. Nothing is verified again.";
pub const LOCATION_NAME: &str = "Business name at this location";
pub const LOCATION_ADDRESS: &str = "Address in one line";
pub const GONE: &str = "Location not found";
pub const GONE_WHY: &str = "The address may be mistyped, or the location was removed.";
pub const TO_COMPANY: &str = "See the company";
pub const ANOTHER: &str = "The organization has another location.";

/// A PartnerID that stays.
pub fn keeps(partner_id: &str) -> String {
    format!("PartnerID {partner_id}, which it keeps. Nothing is verified again.")
}

pub fn another_in(country: &str) -> String {
    format!("Another location is in the organization's country, {country}.")
}

pub fn remove_about(partner_id: &str) -> String {
    format!("Its PartnerID {partner_id} goes with it. A location you add later gets another one.")
}

/// Asking for the removal of a location.
pub mod removal {
    pub const REASON: &str = "Why it should be removed";
    pub const DECIDED: &str = "The program owner decides, and you get the answer by email.";
    pub const WITHDRAW: &str = "Withdraw the request";
    pub const WITHDRAWN: &str = "The request is withdrawn.";

    pub fn ask(name: &str) -> String {
        format!("Ask to remove {name}")
    }

    pub fn asked(name: &str) -> String {
        format!("You asked for the removal of {name}. The program owner decides.")
    }

    pub fn waits(by: &str) -> String {
        format!("{by} asked for the removal of this location. The program owner decides.")
    }
}

pub const STAYS: &str = "This location can't be removed now.";

pub fn saved(name: &str) -> String {
    format!("{name} is saved.")
}

pub fn verification(state: Verification) -> &'static str {
    match state {
        Verification::NotStarted => "Not started",
        Verification::Pending => "In verification",
        Verification::Accepted => "Verified",
        Verification::Rejected => "Rejected",
        Verification::Suspended => "Suspended",
    }
}

/// What is being verified.
pub fn in_verification(parts: &[Verified]) -> String {
    let parts: Vec<&str> = parts.iter().map(|one| en::verified(*one)).collect();
    format!("Being verified: {}.", format::list(&parts))
}

/// What the organization asks of people who sign in.
pub mod sign_in {
    pub const TITLE: &str = "Sign-in";
    pub const REQUIRED: &str = "Admins need two-step sign-in";
    pub const NOT_REQUIRED: &str = "Two-step sign-in is up to each person";
    pub const ABOUT: &str = "Admins without it see nothing of the organization until they set it \
        up. That applies at once, also where they're signed in already.";
    pub const REQUIRE: &str = "Require it for admins";
    pub const LEAVE: &str = "Stop requiring it";
    pub const YOURS: &str = "Go to your account";
}
