//! The words of bank files.

use membership_contract::desk::Imported;

use crate::format;

pub const TITLE: &str = "Statements";
pub const ABOUT: &str = "Import files of the bank: camt.053 statements and camt.054 notifications. \
    What was imported before changes nothing.";
pub const IMPORT: &str = "Import";
pub const CHOOSE: &str = "Bank files";
pub const HINT: &str = "XML, one or several. You can also drop them here.";
pub const SENDING: &str = "Sending";
pub const READING: &str = "The file is read, and its entries go to their orders\u{2026}";
pub const CANCEL: &str = "Cancel";
pub const RESULTS: &str = "Imported now";
pub const UNREADABLE: &str = "This file changed since you chose it, or can't be read. Choose it \
    again. Nothing of it was imported.";
pub const DECIDE: &str = "Decide what waits";

pub const IMPORTED: &str = "Imported statements";
pub const NONE: &str = "No statement yet";
pub const NONE_WHY: &str = "Import the first file of the bank above. It takes a few seconds.";
pub const ACCOUNT: &str = "Account";
pub const STATEMENT: &str = "Statement";
pub const DAYS: &str = "Days";
pub const ENTRIES: &str = "Entries";
pub const CHECKED: &str = "Balances";
pub const WHEN: &str = "Imported";
pub const ADDS_UP: &str = "Add up";
pub const DOES_NOT: &str = "Don't add up";
pub const NOTIFICATION: &str = "Notification, has none";

pub const GAPS: &str = "Statements are missing";
pub const GAPS_WHY: &str = "The closing balance of one statement isn't the opening balance of the \
    next. Ask the bank for what is in between, and import it.";

pub fn sent(done: u32, all: u32) -> String {
    let percent = (u64::from(done) * 100)
        .checked_div(u64::from(all))
        .unwrap_or(0);
    format!("{percent}% sent")
}

/// What a file brought, and what became of entries that an earlier one had left.
pub fn brought(of: &Imported) -> String {
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let entries = format::counted(count(of.entries), "entry", "entries");
    let known = of.entries.saturating_sub(of.new);
    let mut said = vec![match (of.entries, known) {
        _ if of.is_known => "This exact file was imported before.".to_owned(),
        (0, _) => "The file has no booked entries.".to_owned(),
        (_, 0) => format!("{entries}, all new."),
        (_, known) if known == of.entries => format!("{entries}, all known from an earlier file."),
        (_, known) => format!(
            "{entries}: {} new, {} known from an earlier file.",
            format::number(count(of.new)),
            format::number(count(known)),
        ),
    }];
    if of.matched + of.waiting > 0 || of.new > 0 {
        let whose = if of.new > 0 {
            ""
        } else {
            "Of earlier entries, "
        };
        let matched = match of.matched {
            1 => "1 went to its order".to_owned(),
            many => format!("{} went to their orders", format::number(count(many))),
        };
        let waiting = match of.waiting {
            1 => "1 waits for a decision".to_owned(),
            many => format!("{} wait for a decision", format::number(count(many))),
        };
        said.push(format!("{whose}{matched}, {waiting}."));
    } else if of.entries > 0 || of.is_known {
        said.push("Nothing was changed.".to_owned());
    }
    if of.later > 0 {
        let later = format::counted(count(of.later), "entry", "entries");
        said.push(format!("{later} more are matched in the next minutes."));
    }
    said.join(" ")
}

pub fn not_adding_up(many: u64) -> String {
    let them = match many {
        1 => "A statement doesn't".to_owned(),
        many => format!(
            "{} statements don't",
            format::number(i64::try_from(many).unwrap_or(i64::MAX))
        ),
    };
    format!(
        "{them} add up: the entries don't lead from the opening to the closing balance. Ask the \
         bank for the file again."
    )
}

/// What lies between two statements: so much came in, or went out.
pub fn gap(
    account: &str,
    after: Option<&str>,
    before: Option<&str>,
    (amount, came_in): (&str, bool),
) -> String {
    let days = match (after, before) {
        (Some(after), Some(before)) => format!("between {after} and {before}"),
        (Some(after), None) => format!("after {after}"),
        (None, Some(before)) => format!("before {before}"),
        (None, None) => "on days that aren't known".to_owned(),
    };
    let moved = match came_in {
        true => "more came in than went out",
        false => "more went out than came in",
    };
    format!("{account}: {amount} {moved} {days}")
}

pub fn refused(name: &str) -> String {
    format!("{name} wasn't imported.")
}
