//! What is wrong with a file that is imported, and what must be asked about it.

use membership_domain::evidence::Fault;
use membership_import::{
    Difference, FileFault, Line, LineOutcome, NotUndone, Problem, Question, Reason,
};

use super::{counted, evidence_fault};

/// The result of a line that can be used.
#[must_use]
pub fn line_outcome(line: &Line) -> String {
    let said = match line.outcome {
        LineOutcome::Added => "Added",
        LineOutcome::Changed if line.changes.is_empty() => "Changed",
        LineOutcome::Changed => return format!("Changed: {}", line_changes(line)),
        LineOutcome::Removed => "Removed",
        LineOutcome::Unchanged => "No change",
        LineOutcome::Repeated { line } => return format!("Left out: repeats line {line}"),
        LineOutcome::Older => "Left out: something newer is on record",
        LineOutcome::NoCertificate => "Left out: an exam or a course, not a certificate",
        LineOutcome::NotActive => "Left out: its status says the certificate isn't active",
        LineOutcome::Own => "Left out: the profile belongs to the organization",
    };
    said.to_owned()
}

/// What a line changes of what was known: `users 40 \u{2192} 45`.
#[must_use]
pub fn line_changes(line: &Line) -> String {
    let all: Vec<String> = line.changes.iter().map(difference).collect();
    all.join("; ")
}

fn difference(difference: &Difference) -> String {
    let Difference {
        field,
        before,
        after,
    } = difference;
    let value = |value: &str| match (field.as_str(), value.parse::<i64>()) {
        (_, _) if value.is_empty() => "none".to_owned(),
        ("revenue_cents", Ok(cents)) => {
            format!("${}.{:02}", cents / 100, cents.unsigned_abs() % 100)
        }
        _ => value.to_owned(),
    };
    let field = match field.as_str() {
        "revenue_cents" => "revenue".to_owned(),
        other => other.trim_end_matches("_on").replace('_', " "),
    };
    if before == after {
        // Lists are told by how much there is in them.
        format!("{field} changed")
    } else {
        format!("{field} {} \u{2192} {}", value(before), value(after))
    }
}

/// Why a file cannot be read, and what would help.
#[must_use]
pub fn file_fault(fault: &FileFault) -> String {
    match fault {
        FileFault::Empty => "The file is empty.".to_owned(),
        FileFault::TooLarge { most } => format!(
            "The file is larger than {} MB. Export fewer months at a time.",
            most / (1024 * 1024)
        ),
        FileFault::TooManyRows { have, most } => {
            format!("The file has {have} rows; the limit is {most}. Export fewer months at a time.")
        }
        FileFault::Archive => "This is an archive or a workbook. Unpack it, or save the sheet as \
                               CSV."
            .to_owned(),
        FileFault::NoTable => "This file isn't a table. Export it as CSV or TSV.".to_owned(),
        FileFault::NotJson { line, detail } if detail.starts_with("EOF") => {
            format!("The file was cut off on line {line}. Export it again.")
        }
        FileFault::NotJson { line, detail } => {
            format!("This evidence file isn't valid: line {line}, {detail}.")
        }
        FileFault::Encoding { line } => {
            format!("Line {line} is in an unknown encoding. Save the file as UTF-8.")
        }
        FileFault::Unclosed { line } => format!(
            "Quotes that open on line {line} never close: the file was cut off. Export it again."
        ),
        FileFault::Stopped => "Reading the file took too long and was stopped. Split it into \
                               smaller files, or export fewer months at a time."
            .to_owned(),
        FileFault::DoubleColumn { name } => {
            format!("Two columns are called \u{201c}{name}\u{201d}. Rename or remove one of them.")
        }
        FileFault::UnknownColumns {
            certificates,
            usage,
        } => format!(
            "The columns match neither kind of table. Certifications also need {}; customers and \
             usage also need {}.",
            lacking(certificates),
            lacking(usage)
        ),
    }
}

/// Columns that are missing, each with what would do as well.
fn lacking(columns: &[String]) -> String {
    let all: Vec<&str> = (columns.iter())
        .map(|column| match column.as_str() {
            "CorpEmail" => "CorpEmail, Email, or MCPID",
            "IndividualLastName" => "IndividualLastName or Name",
            "Customer" => "Customer or Customer ID",
            "Workload" => "Workload or Service",
            other => other,
        })
        .collect();
    all.join("; ")
}

/// Why a line is refused.
#[must_use]
pub fn line_refused(problem: &Problem) -> String {
    let value = &problem.value;
    match &problem.reason {
        Reason::Cells { have, need } => format!(
            "The line has {}; the file has {}.",
            counted(*have, "cell", "cells"),
            counted(*need, "column", "columns")
        ),
        Reason::Missing => "Must not be empty.".to_owned(),
        Reason::NotADay => {
            format!("\u{201c}{value}\u{201d} isn't a date that this file's format allows.")
        }
        Reason::NotAMonth => format!("\u{201c}{value}\u{201d} isn't a month. Write it as 2023-10."),
        Reason::NotANumber => format!("\u{201c}{value}\u{201d} isn't a number."),
        Reason::NotDollars => {
            format!("Revenue must be in US dollars, and \u{201c}{value}\u{201d} isn't.")
        }
        Reason::NotWhole => format!("\u{201c}{value}\u{201d} isn't a whole number."),
        Reason::InTheFuture => {
            format!(
                "\u{201c}{value}\u{201d} is in the future. Only what has already happened \
                     counts."
            )
        }
        Reason::UnknownCertificate => {
            format!("The catalog has no certificate \u{201c}{value}\u{201d}.")
        }
        Reason::UnknownWorkload => {
            format!("The catalog has no workload \u{201c}{value}\u{201d}.")
        }
        Reason::UnknownAuthority => format!(
            "\u{201c}{value}\u{201d} isn't an authority. Use claimed or confirmed, or leave it \
             empty."
        ),
        Reason::UnknownAssociation => format!(
            "\u{201c}{value}\u{201d} isn't an association. Use CSP direct bill, CSP indirect \
             reseller, DPOR, PAL, CPOR usage, CPOR advisor, or CPOR revenue."
        ),
        Reason::Known => format!(
            "\u{201c}{value}\u{201d} already exists. Change that one in its list, or enter another."
        ),
        Reason::NotThere => {
            format!("\u{201c}{value}\u{201d} no longer exists, so there's nothing to remove.")
        }
        Reason::Needed { usage, references } => needed(value, *usage, *references),
        Reason::NotReadable { detail } => unread(detail),
        Reason::NoList => "Must be a list of rows, in brackets.".to_owned(),
        Reason::UnknownPart => format!("Evidence has no part \u{201c}{value}\u{201d}."),
        Reason::OtherPerson { name } => {
            format!("\u{201c}{value}\u{201d} belongs to {name}.")
        }
        Reason::OtherCustomer { name } => {
            let tenant = match value.as_str() {
                "" => "This tenant".to_owned(),
                value => format!("Tenant \u{201c}{value}\u{201d}"),
            };
            format!("{tenant} belongs to {name}. Name that customer, or another tenant.")
        }
        Reason::SeveralCustomers => format!(
            "Several customers are called \u{201c}{value}\u{201d}. Add a Customer ID column to say \
             which one."
        ),
        Reason::IdOfOther { name } => {
            format!("\u{201c}{value}\u{201d} is the ID of {name}. Correct the ID or the name.")
        }
        Reason::LooksLike { address } => format!(
            "\u{201c}{value}\u{201d} looks like {address}, spelled with other letters. Correct the \
             address."
        ),
        Reason::Resembles { name } => format!(
            "\u{201c}{value}\u{201d} resembles the customer \u{201c}{name}\u{201d}. If they are \
             the same customer, use the same name; if not, answer that they are different."
        ),
        Reason::RoundedId => format!(
            "A spreadsheet rounded this ID to {value}. Format the column as text and export it \
             again."
        ),
        Reason::StrayQuotes => {
            format!("Remove the quotes around {value}.")
        }
        Reason::SeveralCertificates => format!(
            "Several certificates are called \u{201c}{value}\u{201d}. Add the level to the title, \
             or the exam's code."
        ),
        Reason::OtherCertificate { title } => format!(
            "The line names two certificates: \u{201c}{value}\u{201d} and {title}. Correct the \
             title or the code."
        ),
        Reason::OtherLevel => format!(
            "\u{201c}{value}\u{201d} ends with a level that doesn't fit this code. Correct the \
             title or the code."
        ),
        Reason::Contradicts { line } => {
            format!(
                "Line {line} says something else about the same item, here or in another column. \
                 Keep one of the two lines."
            )
        }
        Reason::Invalid { code } => evidence_fault(&Fault {
            pointer: problem.column.clone().unwrap_or_default(),
            code: *code,
            value: value.clone(),
        }),
    }
}

/// Why a customer cannot be removed.
fn needed(name: &str, usage: usize, references: usize) -> String {
    let some = |count: usize, one: &str, many: &str| (count > 0).then(|| counted(count, one, many));
    let all = [
        some(usage, "row of usage", "rows of usage"),
        some(references, "reference", "references"),
    ];
    let all: Vec<String> = all.into_iter().flatten().collect();
    let first = if usage + references == 1 {
        "it first; it refers"
    } else {
        "them first; they refer"
    };
    format!(
        "{name} has {}. Remove {first} to this customer.",
        all.join(" and ")
    )
}

/// What a reader of days says of what is none.
const NO_DAY: [&str; 5] = [
    "input is out of range",
    "input contains invalid characters",
    "input is not enough for unique date and time",
    "premature end of input",
    "trailing input",
];

/// Why a value of JSON cannot be read, from what the reader says of it: `invalid value: integer
/// \`-5\`, expected u64`.
#[must_use]
pub fn unread(detail: &str) -> String {
    let (what, expected) = detail.split_once(", expected ").unwrap_or((detail, ""));
    if let Some(name) = what.strip_prefix("missing field ") {
        return format!("{name} is missing.");
    }
    if let Some(name) = what.strip_prefix("unknown field ") {
        return format!("Unknown field {name}; expected {expected}.");
    }
    let wanted = match expected {
        "" if NO_DAY.contains(&what) => "a day, such as 2023-10-31",
        "" => return format!("Can't be read: {what}."),
        "u8" => "a whole number from 0 to 255",
        "u16" | "u32" | "u64" | "usize" => "a whole number, 0 or more",
        "i8" | "i16" | "i32" | "i64" => "a whole number",
        "a sequence" => "a list",
        "a string" => "text",
        "a boolean" => "true or false",
        "a map" => "an object with names",
        kind if kind.starts_with("struct ") => "an object with names",
        one => one,
    };
    match what.split('`').nth(1) {
        Some(given) => format!("Must be {wanted}, not `{given}`."),
        None => format!("Must be {wanted}."),
    }
}

/// What must be answered before the file can be read.
#[must_use]
pub fn question(question: &Question) -> String {
    match question {
        Question::Dates {
            column,
            line,
            value,
        } => format!("Line {line} has {value} in {column}: does the day come first, or the month?"),
        Question::Decimals {
            column,
            line,
            value,
        } => format!(
            "Line {line} has {value} in {column}: are decimals written with a point, or with a \
             comma?"
        ),
        Question::Names {
            line, value, other, ..
        } => format!(
            "Line {line} has the customer \u{201c}{value}\u{201d}, which resembles \
             \u{201c}{other}\u{201d}. Are customers with similar names different customers?"
        ),
    }
}

/// Why an import cannot be undone.
#[must_use]
pub fn not_undone(why: &NotUndone) -> String {
    match why {
        NotUndone::ChangedSince(rows) => format!(
            "These rows were changed again later: {}. Undo the later import first, or change them \
             by hand.",
            first(rows)
        ),
        NotUndone::Needed(rows) => depended_on(&format!(
            "some usage needs an association that would be removed: {}.",
            first(rows)
        )),
    }
}

/// The first of these, and how many more there are.
fn first(rows: &[String]) -> String {
    const NAMED: usize = 3;
    let named: Vec<&str> = rows.iter().take(NAMED).map(String::as_str).collect();
    let more = match rows.len().saturating_sub(NAMED) {
        0 => String::new(),
        others => format!(" and {others} more"),
    };
    named.join("; ") + &more
}

/// Why an import cannot be undone by a partner.
pub const UNDO_OF_OTHERS: &str = "The program owner confirmed rows of this import. Only the \
    program owner can undo it.";

/// Why an import cannot be undone: what is left would not hold together; `fault` says what.
#[must_use]
pub fn depended_on(fault: &str) -> String {
    format!(
        "Something else depends on this import: {fault} Undo a later import first, or remove what \
         depends on it by hand."
    )
}

/// What was sent takes too long to go through; `seconds` is how long it may take.
#[must_use]
pub fn too_slow(seconds: &str) -> String {
    format!(
        "This took longer than {seconds} seconds and was stopped, because others wait too. Send \
         fewer rows at a time."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_line_changes_is_told() {
        let change = |field: &str, before: &str, after: &str| Difference {
            field: field.to_owned(),
            before: before.to_owned(),
            after: after.to_owned(),
        };
        let line = |outcome, changes| Line {
            line: 3,
            outcome,
            about: "Ada".to_owned(),
            changes,
        };
        let changes = vec![
            change("revenue_cents", "1050", "5"),
            change("expires_on", "", "2024-05-02"),
            change("certificates", "2", "2"),
        ];
        assert_eq!(
            line_outcome(&line(LineOutcome::Changed, changes)),
            "Changed: revenue $10.50 \u{2192} $0.05; expires none \u{2192} 2024-05-02; \
             certificates changed"
        );
        let repeated = line(LineOutcome::Repeated { line: 2 }, Vec::new());
        assert_eq!(line_outcome(&repeated), "Left out: repeats line 2");
    }

    #[test]
    fn columns_that_are_missing_are_told_with_what_would_do_as_well() {
        let told = file_fault(&FileFault::UnknownColumns {
            certificates: vec!["CorpEmail".to_owned()],
            usage: vec!["Customer".to_owned(), "Month".to_owned()],
        });
        assert_eq!(
            told,
            "The columns match neither kind of table. Certifications also need CorpEmail, Email, \
             or MCPID; customers and usage also need Customer or Customer ID; Month."
        );
    }

    #[test]
    fn json_that_was_cut_off_is_called_that() {
        let error = serde_json::from_str::<Vec<u8>>("[1,").expect_err("no JSON");
        let (line, detail) = (1, error.to_string());
        let told = file_fault(&FileFault::NotJson { line, detail });
        assert!(told.contains("cut off"), "{told}");
    }

    #[test]
    fn what_a_reader_says_is_said_in_plain_words() {
        for (detail, plain) in [
            (
                "invalid value: integer `-5`, expected u64",
                "Must be a whole number, 0 or more, not `-5`.",
            ),
            ("invalid type: map, expected a string", "Must be text."),
            ("missing field `id`", "`id` is missing."),
            (
                "unknown field `age`, expected one of `id`, `name`",
                "Unknown field `age`; expected one of `id`, `name`.",
            ),
            (
                "unknown variant `x`, expected `pal` or `dpor`",
                "Must be `pal` or `dpor`, not `x`.",
            ),
            (
                "input is out of range",
                "Must be a day, such as 2023-10-31.",
            ),
            ("`13` is not a month", "Can't be read: `13` is not a month."),
        ] {
            assert_eq!(unread(detail), plain);
        }
    }
}
