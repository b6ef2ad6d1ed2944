//! The words around findings; the findings' own sentences are the contract's.

pub const WHAT: &str = "Evidence";
pub const COUNTED: &str = "Counted";
pub const NOT_COUNTED: &str = "Not counted";
pub const WHY: &str = "Why";
pub const ASSUMED: &str = "Assumed met";
pub const HELPS: &str = "What helps";

pub const PEOPLE_ROWS: &str = "See the people who count";
pub const NO_PEOPLE_ROWS: &str = "See the people who don't count";
pub const CUSTOMER_ROWS: &str = "See the customers who count";
pub const NO_CUSTOMER_ROWS: &str = "See the customers who don't count";
pub const USAGE_ROWS: &str = "See the usage that counts";
pub const NO_USAGE_ROWS: &str = "See the usage that doesn't count";

pub fn evidence(counted: &str, not_counted: &str) -> String {
    format!("Evidence: {counted} counted, {not_counted} not")
}

pub fn evidence_for(title: &str) -> String {
    format!("Evidence for {title}")
}

pub fn until(day: &str) -> String {
    format!("Counts until {day}.")
}

pub fn lapses(day: &str) -> String {
    format!("No longer met from {day} if nothing changes.")
}

pub fn was(outcome: &str) -> String {
    format!("Today: {}", outcome.to_ascii_lowercase())
}

pub fn rule(from: &str, source: &str, dated: Option<&str>) -> String {
    let of = dated.map(|day| format!(", {day}")).unwrap_or_default();
    format!("Rule of {from}; source: {source}{of}")
}

pub fn change(amount: &str, more: bool) -> String {
    if more {
        format!("Grew by {amount}.")
    } else {
        format!("Changed by {amount}.")
    }
}

pub const ALL_ROWS: &str = "All rows";

pub fn the_first(shown: &str, total: &str) -> String {
    format!("The first {shown} of {total} rows.")
}
