//! The words of every list.

use crate::format;

pub const SEARCH: &str = "Search";
pub const FILTERS: &str = "Filters";
pub const DETAILS: &str = "Details";
pub const UNKNOWN: &str = "This address asks for something that doesn't exist";
pub const UNKNOWN_WHY: &str = "It may be mistyped, or what it names may have been renamed.";
pub const NONE: &str = "No rows";
pub const NONE_FITS: &str = "Nothing matches your search and filters.";
pub const SHOW_ALL: &str = "Show all";
pub const NEXT: &str = "Next page";
pub const FIRST: &str = "First page";
pub const PAGES: &str = "Pages";
pub const CSV: &str = "Download these rows (CSV)";

pub fn details_of(name: &str) -> String {
    format!("Details of {name}")
}

pub fn found(total: u64) -> String {
    format::counted(i64::try_from(total).unwrap_or(i64::MAX), "row", "rows")
}

/// Which of all rows are shown, from 1.
pub fn shown(first: u64, last: u64, total: u64) -> String {
    let number = |count| format::number(i64::try_from(count).unwrap_or(i64::MAX));
    let (first, last) = (number(first), number(last));
    format!("{first}\u{2013}{last} of {}", found(total))
}

/// What is found without one of the filters.
pub fn without(filter: &str, rows: &str) -> String {
    format!("Without \u{201c}{filter}\u{201d}: {rows}")
}
