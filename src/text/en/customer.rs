//! The words of the forms for a customer, and for what it used in a month.

pub const NEW: &str = "Add a customer";
pub const ID: &str = "ID (optional)";
pub const ID_HINT: &str = "As in your exports. Leave this empty to have one made.";
pub const NAME: &str = "Company name";
pub const ASSOCIATIONS: &str = "Associations";
pub const ASSOCIATION: &str = "Association";
pub const WORKLOAD: &str = "Workload";
pub const ALL: &str = "All workloads";
pub const SINCE: &str = "Since";
pub const PERCENT: &str = "Active seats on that day, in percent (optional)";
pub const ADD: &str = "Add an association";
pub const USAGE: &str = "See usage";
pub const ADD_USAGE: &str = "Add a month of usage";

pub const MONTH: &str = "Month";
pub const MONTH_HINT: &str = "Year and month, such as 2023-10.";
pub const TENANT: &str = "Tenant (optional)";
pub const TENANT_HINT: &str = "Leave this empty if the customer has only one.";
pub const SUBSCRIPTION: &str = "Subscription (optional)";
pub const REVENUE: &str = "Revenue in US dollars (optional)";
pub const USERS: &str = "Users (optional)";
pub const SEATS: &str = "Paid seats (optional)";
pub const ACTIVE: &str = "Active seats (optional)";
pub const NO_MONTH: &str = "Enter the year and the month, such as 2023-10.";
pub const NO_WORKLOAD: &str = "Choose the workload.";
pub const NO_ASSOCIATION: &str = "Choose the association.";
pub const NO_DOLLARS: &str = "Enter dollars with a point before the cents, such as 1,234.50, or \
    leave this empty.";
pub const NO_SINCE: &str = "Enter the day it began.";
pub const NO_PERCENT: &str = "Enter percent as a number, such as 12.5, or leave this empty.";
pub const GONE: &str = "Customer not found";
pub const ALL_CUSTOMERS: &str = "See all customers";
pub const USAGE_GONE: &str = "Row of usage not found";
pub const ALL_USAGE: &str = "See all usage";

pub fn id(id: &str) -> String {
    format!("ID: {id}")
}

pub fn association(number: usize) -> String {
    format!("association {number}")
}

/// What is asked for, without that it may be left out.
pub fn no_count(label: &str) -> String {
    let label = label.trim_end_matches(" (optional)");
    format!("{label}: enter a whole number, or leave it empty.")
}

pub fn with_usage(rows: &str) -> String {
    format!("Also remove its {rows} of usage")
}

/// Why it cannot be removed alone.
pub fn usage_left(name: &str, rows: &str) -> String {
    let check = with_usage(rows);
    format!("{name} has {rows} of usage. To remove both, check \u{201c}{check}\u{201d}.")
}

/// What a row of usage is called, where the customer is known.
pub fn usage_of(customer: &str, month: &str) -> String {
    format!("{customer}, {month}")
}
