//! The words of the lists of evidence.

use crate::format;

pub const LISTS: &str = "Evidence";
pub const PEOPLE: &str = "People";
pub const CERTIFICATIONS: &str = "Certifications";
pub const CUSTOMERS: &str = "Customers";
pub const USAGE: &str = "Usage";
pub const IMPORTS: &str = "Imports";
pub const PEOPLE_ABOUT: &str = "The people known to work for you, and the areas where each one \
    counts today.";
pub const CERTIFICATIONS_ABOUT: &str = "Every certificate that someone holds or held. A person \
    counts once in an area, with one certificate.";
pub const CUSTOMERS_ABOUT: &str = "Your customers, how you are connected to them, and where their \
    usage counts.";
pub const USAGE_ABOUT: &str = "What customers used, month by month. Only some months are measured.";
pub const COUNTS: &str = "Counting";
pub const COUNTINGS: &[(&str, &str)] = &[("", "All"), ("yes", "Counts"), ("no", "Doesn't count")];
pub const AREA: &str = "Area or program";
pub const ANY_AREA: &str = "Any area or program";
pub const METRIC: &str = "Metric";
pub const ANY_METRIC: &str = "Any metric";
pub const AUTHORITY: &str = "Authority";
pub const AUTHORITIES: &[(&str, &str)] = &[
    ("", "All"),
    ("claimed", "Claimed by you"),
    ("confirmed", "Confirmed by the program owner"),
    ("made_here", "Made here by the workspace"),
];
pub const BASIS: &str = "Entries that count";
pub const BASES: &[(&str, &str)] = &[("", "All entries"), ("decision", "Confirmed ones")];
/// After where a row counts, where no decision counts it there.
pub const ENTERED: &str = " (with what you entered)";
pub const STATE: &str = "State";
pub const PEOPLE_STATES: &[(&str, &str)] = &[
    ("", "All"),
    ("linked", "Linked"),
    ("not_linked", "Not linked"),
    ("left", "Left"),
    ("expiring", "With a certificate that ends within 180 days"),
    ("expired", "With an expired certificate"),
];
pub const CERTIFICATION_STATES: &[(&str, &str)] = &[
    ("", "All"),
    ("valid", "Valid"),
    ("expiring", "Ends within 180 days"),
    ("expired", "Expired"),
    ("not_linked", "Holder not linked"),
];
pub const NOTHING: &str = "No evidence yet. Import a file to begin.";
pub const TO_IMPORTS: &str = "Import a file";
pub const NAME: &str = "Name";
pub const ADD_PERSON: &str = "Add a person";
pub const ADD_CUSTOMER: &str = "Add a customer";
pub const EMAIL: &str = "Email";
pub const LINKED: &str = "Learning profile";
pub const IS_LINKED: &str = "Linked";
pub const LINKED_SINCE: &str = "Linked since";
pub const NOT_LINKED: &str = "Not linked";
pub const VALID: &str = "Valid certificates";
pub const PERSON: &str = "Person";
pub const CERTIFICATE: &str = "Certificate";
pub const LEVEL: &str = "Level";
pub const EARNED: &str = "Earned";
pub const EXPIRES: &str = "Last day";
pub const NEVER: &str = "Doesn't expire";
pub const SOURCE: &str = "Source";
pub const CUSTOMER: &str = "Customer";
pub const ASSOCIATIONS: &str = "Associations";
pub const ASSOCIATION: &str = "Association";
pub const MONTHS: &str = "Months";
pub const MONTH: &str = "Month";
pub const ROWS: &str = "Rows of usage";
pub const NO_USAGE: &str = "No usage";
pub const WORKLOAD: &str = "Workload";
pub const REVENUE: &str = "Revenue";
pub const TENANT: &str = "Tenant";
pub const USERS: &str = "Users";
pub const SEATS: &str = "Active seats";
pub const COUNTS_IN: &str = "Counts in";
pub const NOT_IN: &str = "Doesn't count in";
pub const NOWHERE: &str = "Nowhere";
pub const NO_CERTIFICATE: &str = "Nowhere: no certificate";

/// So many areas and programs more.
pub fn more(places: usize) -> String {
    format!(" and {places} more")
}

pub fn and_more(names: &[String], more: usize) -> String {
    format!("{} and {more} more", names.join(", "))
}

pub fn left(day: &str) -> String {
    format!("Left {day}")
}

pub fn claimed_left(day: &str) -> String {
    format!("Left {day} (claimed)")
}

pub fn months(first: &str, last: &str) -> String {
    format!("{first} to {last}")
}

pub fn of(some: u64, all: u64) -> String {
    let number = |count| format::number(i64::try_from(count).unwrap_or(i64::MAX));
    format!("{} of {}", number(some), number(all))
}

#[cfg(test)]
mod tests {
    use membership_lists::EXPIRING_DAYS;

    use super::*;

    #[test]
    fn what_ends_soon_ends_within_the_days_of_the_lists() {
        let within = format!("within {EXPIRING_DAYS} days");
        for states in [PEOPLE_STATES, CERTIFICATION_STATES] {
            let mut states = states.iter();
            let soon = states.find(|(state, _)| *state == "expiring");
            assert!(soon.is_some_and(|(_, label)| label.ends_with(&within)));
        }
    }
}
