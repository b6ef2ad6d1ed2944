//! The words of the areas and their scores.

pub const TITLE: &str = "Designations";
pub const ABOUT: &str = "Six solution areas, each with a partner capability score. A designation \
    requires a score at the pass mark and every metric above zero.";
pub const UNKNOWN: &str = "Solution area not found";
pub const UNKNOWN_WHY: &str = "No score exists at this address.";
pub const ALL_AREAS: &str = "See all areas";
pub const TRACKS: &str = "Tracks of this score";
pub const METRICS: &str = "Metrics";
pub const FORECAST: &str = "If nothing changes";
pub const NO_FORECAST: &str = "The total stays the same for a year.";
pub const PROGRAM: &str = "See the program";
pub const COUNTS: &str = "counts";

pub fn of_needed(need: &str) -> String {
    format!("of {need} needed")
}

pub fn bar(total: &str, most: &str, need: &str) -> String {
    format!("{total} of {most}, {need} needed")
}

pub fn track(name: &str, total: &str, counts: bool) -> String {
    if counts {
        format!("{name}: {total} ({COUNTS})")
    } else {
        format!("{name}: {total}")
    }
}

pub fn measured(day: &str) -> String {
    format!("Usage measured through {day}")
}

pub const NOTHING_MEASURED: &str = "No usage measured yet";

pub fn short(points: &str) -> String {
    format!("{points} short")
}

pub fn without_cap(points: &str) -> String {
    format!("Capped. Without the cap it would be {points}.")
}
