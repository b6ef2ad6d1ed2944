//! The words of the overview.

pub const TITLE: &str = "Overview";
pub const DO_NEXT: &str = "Do next";
pub const NOTHING_TO_DO: &str = "Nothing to do now. See Deadlines for what's next.";
pub const STANDS: &str = "Your status";
pub const EXPLORE: &str = "Explore programs";
pub const DEADLINES: &str = "Deadlines";
pub const NO_DEADLINES: &str = "No deadlines within a year.";
pub const CHANGED: &str = "What changed";
pub const OPEN: &str = "Open";
pub const SEE: &str = "See why";
pub const TODAY: &str = "Today";
pub const NO_DAY: &str = "Any time";

pub fn about(organization: &str, day: &str) -> String {
    format!("{organization} · as of {day}")
}

pub fn measured(month_end: &str) -> String {
    format!(" · usage measured through {month_end}")
}

pub fn since(day: &str) -> String {
    format!("Since {day}")
}

pub fn nothing_changed(day: &str) -> String {
    format!("No score or membership changed since {day}.")
}

/// Specializations that are not all told here.
pub fn begun(count: usize) -> String {
    match count {
        1 => "1 specialization in progress".to_owned(),
        more => format!("{more} specializations in progress"),
    }
}

pub fn action_about(action: &str, what: &str) -> String {
    format!("{action}: {what}")
}

/// Two totals of a score.
pub fn both(confirmed: &str, entered: &str) -> String {
    format!("{confirmed} points confirmed, {entered} with your own entries.")
}

/// A sentence that would hold with what the organization entered itself.
pub fn with_entries(sentence: &str) -> String {
    format!("With your own entries: {sentence}")
}

/// A standing that would be with that.
pub fn stands_with_entries(standing: &str) -> String {
    format!("With your own entries: {standing}.")
}
