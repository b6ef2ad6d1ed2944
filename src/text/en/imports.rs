//! The words of imports.

use membership_import::{Counts, Kind};

use crate::format;

pub const TITLE: &str = "Import evidence";
pub const ABOUT: &str = "Import exports of certifications and usage, or an evidence file. Your \
    browser reads the file and shows every line first; nothing changes until you import it.";
pub const FILE: &str = "New import";
pub const CHOOSE: &str = "File";
pub const HINT: &str = "CSV or TSV with column names in the first row, or an evidence file. Up \
    to 32 MB. You can also drop it here.";
pub const FORMATS_TITLE: &str = "File formats";
pub const FORMATS_ABOUT: &str = "A table has one of these two forms. Columns can be in any order; \
    case, spaces, and punctuation in their names don't matter, and other columns are ignored. \
    Write days as 2023-10-31 and months as 2023-10.";
pub const FORMATS_CAPTION: &str = "Columns of tables you can import";
pub const TABLE: &str = "Table";
pub const NEEDED: &str = "Required columns";
pub const USED_TOO: &str = "Optional columns";
/// A table, its columns that must be there, and others.
pub const FORMATS: &[(&str, &str, &str)] = &[
    (
        "Certifications",
        "TrainingTitle; TrainingCompletionDate; CorpEmail, Email, Email (personal), or MCPID; \
         IndividualLastName or Name",
        "IndividualFirstName, TrainingActivityId, TrainingType, ExpirationDate, ActivationStatus",
    ),
    (
        "Customers and usage",
        "Customer or Customer ID; Workload or Service; Association; Month",
        "Tenant, Subscription, Revenue (US dollars), Users, Seats, Active",
    ),
];
pub const JSON_ABOUT: &str = "An evidence file can hold everything: people, customers, \
    usage, memberships, offers, references, audits, invitations, statements, figures, and past \
    scores. You can import these small examples unchanged, and undo them:";
pub const READING: &str = "Reading the file";
pub const CANCEL: &str = "Cancel";
pub const CANCELED: &str = "Reading was canceled. Nothing was changed.";
pub const SENDING: &str = "Sending the file";
pub const SENT: &str = "The file is sent and is being imported.";
pub const SENDING_CANCELED: &str = "Sending was canceled. See the history for what was imported.";
pub const NO_WORKER: &str = "This browser can't read files in the background. Use a current \
    version of Chrome, Edge, Firefox, or Safari.";
pub const OLDER: &str = "This page is out of date. Nothing was changed. Reload it, then choose the \
    file again.";
pub const RELOAD: &str = "Reload the page";
pub const OPEN: &str = "Answer this before we read the file:";
pub const DATES: &[(&str, &str)] = &[
    ("", "Choose"),
    ("day_first", "The day: 31/12/2023"),
    ("month_first", "The month: 12/31/2023"),
];
pub const DECIMALS: &[(&str, &str)] = &[
    ("", "Choose"),
    ("point", "A point: 1,234.50"),
    ("comma", "A comma: 1.234,50"),
];
pub const NAMES: &[(&str, &str)] = &[
    ("", "Choose"),
    ("different", "Yes, each name is a different customer"),
    (
        "refused",
        "Not all: leave these lines out so I can correct the names",
    ),
];
pub const NOTHING_NEW: &str = "This file changes nothing. Choose another file.";
pub const ONLY_LEFT: &str = "Nothing to import: every line that can be read is left out, as the \
    counts above show.";
pub const NO_ROWS: &str = "The file has no rows.";
pub const NO_LINES: &str = "The file has column names but no lines. Export it again.";
pub const REST_KNOWN: &str = "The lines that can be used change nothing. Fix the other lines in \
    the file, then choose it again.";
pub const UNREADABLE: &str = "The file was changed or moved after it was read, so nothing was \
    imported. Choose it again.";
pub const ALL_REFUSED: &str =
    "No line can be used. Fix the lines above in the file, then choose it again.";
pub const STALE: &str = "Someone changed the evidence while you were looking. Nothing was \
    imported.";
pub const COMPARE: &str = "Compare again";
pub const DOWNLOAD_REFUSED: &str = "Download all refused lines (CSV)";
pub const LINES: &str = "Lines that can be used";
pub const DOWNLOAD_LINES: &str = "Download all of these lines (CSV)";
pub const LINE: &str = "Line";
pub const VALUE: &str = "Value in the file";
pub const REASON: &str = "Reason";
pub const ABOUT_WHAT: &str = "About";
pub const BECOMES: &str = "Result";
pub const HISTORY: &str = "Import history";
pub const HISTORY_CAPTION: &str = "Imports, newest first";
pub const NO_HISTORY: &str = "Nothing imported yet.";
pub const FILE_NAME: &str = "File";
pub const WHEN: &str = "When";
pub const WHO: &str = "Who";
pub const WHAT: &str = "Lines";
pub const BACK: &str = "Undo";
pub const UNDO: &str = "Undo";
pub const UNDONE: &str = "Undone";
pub const KEPT: &str = "Can't be undone";

/// Where in a line something is refused.
pub fn column(kind: Kind) -> &'static str {
    match kind {
        Kind::Evidence => "Place",
        Kind::Certificates | Kind::Usage => "Column",
    }
}

/// What a button does that saves an example.
pub fn save(name: &str) -> String {
    format!("Save the example {name}")
}

pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Certificates => "Certifications",
        Kind::Usage => "Customers and usage",
        Kind::Evidence => "Evidence file",
    }
}

pub fn read(done: u32, total: u32) -> String {
    if total == 0 {
        return "Opening the file".to_owned();
    }
    let number = |count: u32| format::number(i64::from(count));
    format!("{} of {} lines read", number(done), number(total))
}

/// Bytes, of so many.
pub fn sent(sent: u32, all: u32) -> String {
    let megabytes = |bytes: u32| {
        let tenths = bytes / 100_000;
        format::decimal(&format!("{}.{}", tenths / 10, tenths % 10))
    };
    format!("{} of {} MB sent", megabytes(sent), megabytes(all))
}

pub fn summary(counts: &Counts) -> String {
    let all = [
        (counts.added, "added"),
        (counts.changed, "changed"),
        (counts.removed, "removed"),
        (counts.unchanged, "unchanged"),
        (counts.left, "left out"),
        (counts.refused, "refused"),
    ];
    let said: Vec<String> = all
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{} {what}", number(*count)))
        .collect();
    if said.is_empty() {
        "No lines".to_owned()
    } else {
        said.join(" · ")
    }
}

pub fn import(lines: u64) -> String {
    format!("Import {}", counted(lines))
}

pub fn imported(name: &str, lines: u64) -> String {
    format!(
        "{name} is imported: {}. Scores are up to date.",
        counted(lines)
    )
}

pub fn left_out(lines: u64) -> String {
    format!(
        "{} can't be used and will be left out. You can fix the file and choose it again.",
        counted(lines)
    )
}

pub fn refused(shown: usize, all: u64) -> String {
    first("Refused lines", shown, all)
}

pub fn used(shown: usize, all: u64) -> String {
    first("Lines that can be used", shown, all)
}

pub fn undone(by: &str, at: &str) -> String {
    format!("Undone by {by}, {at}")
}

pub fn undo_this(name: &str) -> String {
    format!(" the import of {name}")
}

pub fn was_undone(name: &str) -> String {
    format!("The import of {name} was undone.")
}

pub fn no_answer(status: u16) -> String {
    let what = match status {
        0 => "Your current evidence couldn't be loaded.",
        401 => "You were signed out.",
        _ => "The service refused to load your current evidence.",
    };
    format!("{what} Nothing was changed. Choose the file again.")
}

fn first(what: &str, shown: usize, all: u64) -> String {
    if all > shown as u64 {
        format!("{what}: the first {shown} of {}", number(all))
    } else {
        what.to_owned()
    }
}

fn counted(lines: u64) -> String {
    format::counted(i64::try_from(lines).unwrap_or(i64::MAX), "line", "lines")
}

fn number(count: u64) -> String {
    format::number(i64::try_from(count).unwrap_or(i64::MAX))
}
