//! The words of the list of programs and of a program's page.

use membership_domain::assess::Standing;

pub const TITLE: &str = "Programs";
pub const ABOUT: &str = "Everything a partner can join, buy, or earn, by track.";
pub const TRACKS: &str = "Tracks";
pub const ALL: &str = "All";
pub const STATUS: &str = "Status";
pub const ANY_STATUS: &str = "Any";
pub const NONE: &str = "No matching program";
pub const NONE_WHY: &str = "No program matches these words, this track, and this status.";
pub const SHOW_ALL: &str = "Show all programs";
pub const UNKNOWN: &str = "Program not found";
pub const UNKNOWN_WHY: &str = "No program exists at this address.";
pub const REQUIREMENTS: &str = "Requirements";
pub const NO_RULE: &str = "No rules of this program are in force on this day.";
pub const FEE_TERM: &str = "Fee and term";
pub const FEE: &str = "Fee";
pub const TERM: &str = "Term";
pub const RENEWAL: &str = "Renewal window";
pub const BENEFITS_END: &str = "Benefits end";
pub const NO_FEE: &str = "None";
pub const FEE_UNKNOWN: &str = "Not published";
pub const OPEN_ENDED: &str = "Open-ended";
pub const BENEFITS: &str = "Benefits";
pub const NO_BENEFITS: &str = "No benefits are listed.";
pub const BENEFIT: &str = "Benefit";
pub const QUANTITY: &str = "Quantity";
pub const INCLUDED: &str = "Included";
pub const REACHED: &str = "Reached";
pub const TIERS: &str = "Tiers";
pub const NO_TIER: &str = "No tier reached";
pub const LOCATIONS: &str = "Tier of each location";
pub const ENROLLMENT: &str = "Enrollment and renewal";
pub const BY_ITSELF: &str = "Automatic, once all requirements are met";
pub const VALIDATION: &str = "Validated again";
pub const STAGES: &str = "Stages";
pub const FACTS: &str = "Good to know";
pub const ABOUT_PROGRAM: &str = "About";
pub const SEE_SCORE: &str = "See the score";
pub const SEE_OFFERS: &str = "See offers";

pub fn tier(name: &str) -> String {
    format!("Tier reached: {name}")
}

pub fn found(count: usize) -> String {
    match count {
        1 => "1 program".to_owned(),
        more => format!("{more} programs"),
    }
}

pub fn per_term(fee: &str, recurring: bool) -> String {
    if recurring {
        format!("{fee} a year")
    } else {
        fee.to_owned()
    }
}

pub fn days(days: u32) -> String {
    membership_contract::text::en::counted(days as usize, "day", "days")
}

/// A window in days around the anniversary.
pub fn window(opens: i32, closes: i32) -> String {
    format!("{} to {}", around(opens), around(closes))
}

pub fn around(days: i32) -> String {
    match days {
        0 => "on the anniversary".to_owned(),
        1 => "the day after the anniversary".to_owned(),
        -1 => "the day before the anniversary".to_owned(),
        later if later > 0 => format!("{later} days after the anniversary"),
        earlier => format!("{} days before the anniversary", -earlier),
    }
}

/// Which anniversaries ask for a new audit or new references.
pub fn validation(every: u32, from: &str) -> String {
    match every {
        1 => format!("at every anniversary from {from}"),
        2 => format!("at every second anniversary, from {from}"),
        more => format!("every {more} years, from {from}"),
    }
}

/// The heading of a benefit, with the stage from which it is there.
pub fn from_stage(group: &str, stage: &str) -> String {
    format!("{group}, from {stage}")
}

pub fn benefits_of(pack: &str) -> String {
    format!("Benefits: {pack}")
}

/// A status as it is chosen in the filter; standings as the list shows them differ by kind.
pub const STATUSES: &[(&str, &str, &[Standing])] = &[
    ("held", "Held", &[Standing::Held, Standing::RenewalDue]),
    ("qualified", "Qualified", &[Standing::Qualified]),
    ("in-progress", "In progress", &[Standing::InProgress]),
    ("not-started", "Not started", &[Standing::NotStarted]),
];

#[cfg(test)]
mod tests {
    #[test]
    fn a_term_of_one_day_is_one_day() {
        assert_eq!(super::days(1), "1 day");
        assert_eq!(super::days(365), "365 days");
    }
}
