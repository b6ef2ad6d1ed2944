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

/// Two totals of a score, and the standing that the second one gives where it is another.
pub fn both(confirmed: &str, entered: &str, standing: Option<&str>) -> String {
    let standing = standing.map_or(String::new(), |standing| format!(": {standing}"));
    format!("{confirmed} points confirmed, {entered} with your own entries{standing}.")
}

/// What would be said, and the standing where it is another, with what the organization entered.
pub fn with_entries(standing: Option<&str>, sentence: &str) -> String {
    let standing = standing.map_or(String::new(), |standing| format!("{standing}. "));
    format!("With your own entries: {standing}{sentence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_entered_is_told_beside_what_is_confirmed() {
        assert_eq!(
            both("58", "72", Some("Qualified")),
            "58 points confirmed, 72 with your own entries: Qualified."
        );
        assert_eq!(
            both("56.5", "61", None),
            "56.5 points confirmed, 61 with your own entries."
        );
        assert_eq!(
            with_entries(Some("In progress"), "All requirements met."),
            "With your own entries: In progress. All requirements met."
        );
        assert_eq!(
            with_entries(None, "2 requirements open."),
            "With your own entries: 2 requirements open."
        );
    }
}
