//! What is wrong with a file that is imported, and what must be asked about it.

use membership_domain::evidence::Fault;
use membership_import::{FileFault, Problem, Question, Reason};

use super::evidence_fault;

/// Why a file cannot be read, and what would help.
#[must_use]
pub fn file_fault(fault: &FileFault) -> String {
    match fault {
        FileFault::Empty => "There is nothing in the file.".to_owned(),
        FileFault::TooLarge { most } => format!(
            "The file is larger than {} MB. Export fewer months at a time.",
            most / (1024 * 1024)
        ),
        FileFault::Archive => "This is an archive or a workbook. Unpack it, or save the sheet as \
                               CSV."
            .to_owned(),
        FileFault::NoTable => "This is no text with columns. Export it as CSV or TSV.".to_owned(),
        FileFault::NotJson { line, detail } => {
            format!("This begins like JSON and is none: line {line}, {detail}.")
        }
        FileFault::Encoding { line } => {
            format!("Line {line} is in an encoding that cannot be known. Save the file as UTF-8.")
        }
        FileFault::Unclosed { line } => format!(
            "Quotes that open on line {line} never close: the file was cut off. Export it again."
        ),
        FileFault::DoubleColumn { name } => {
            format!("Two columns are called \u{201c}{name}\u{201d}.")
        }
        FileFault::UnknownColumns {
            certificates,
            usage,
        } => format!(
            "These are the columns of no known export. For certificates, {} would be needed as \
             well; for usage, {}.",
            certificates.join(", "),
            usage.join(", ")
        ),
    }
}

/// Why a line is refused.
#[must_use]
pub fn line_refused(problem: &Problem) -> String {
    let value = &problem.value;
    match &problem.reason {
        Reason::Cells { have, need } => format!("{have} cells, where there are {need} columns."),
        Reason::Missing => "Must not be empty.".to_owned(),
        Reason::NotADay => format!("\u{201c}{value}\u{201d} is no day of the calendar."),
        Reason::NotAMonth => format!("\u{201c}{value}\u{201d} is no month, such as 2023-10."),
        Reason::NotANumber => format!("\u{201c}{value}\u{201d} is no number."),
        Reason::NotWhole => format!("\u{201c}{value}\u{201d} is no whole number."),
        Reason::Formula => "Begins like a formula of a spreadsheet.".to_owned(),
        Reason::UnknownCertificate => {
            format!("The catalog has no certificate \u{201c}{value}\u{201d}.")
        }
        Reason::UnknownWorkload => {
            format!("The catalog has no workload \u{201c}{value}\u{201d}.")
        }
        Reason::UnknownAssociation => format!(
            "\u{201c}{value}\u{201d} is no association: use CSP tier 1, CSP tier 2, DPOR, PAL, \
             CPOR usage, CPOR advisor or CPOR revenue."
        ),
        Reason::Known => format!(
            "\u{201c}{value}\u{201d} is there already. Change that one where it is listed, or enter \
             another."
        ),
        Reason::NotThere => {
            format!("\u{201c}{value}\u{201d} is not there any more: nothing is left to remove.")
        }
        Reason::Needed { usage, references } => needed(value, *usage, *references),
        Reason::NotReadable { detail } => format!("Not as evidence has it: {detail}."),
        Reason::NoList => "Must be a list of rows, in brackets.".to_owned(),
        Reason::UnknownPart => format!("Evidence has no part \u{201c}{value}\u{201d}."),
        Reason::OtherPerson { name } => {
            format!("\u{201c}{value}\u{201d} is the address of {name}.")
        }
        Reason::Contradicts { line } => {
            format!("Line {line} says something else about the same.")
        }
        Reason::Invalid { code } => evidence_fault(&Fault {
            pointer: String::new(),
            code: *code,
            value: value.clone(),
        }),
    }
}

/// Why a customer cannot be removed.
fn needed(name: &str, usage: usize, references: usize) -> String {
    let counted = |count: usize, one: &str, many: &str| {
        let what = if count == 1 { one } else { many };
        (count > 0).then(|| format!("{count} {what}"))
    };
    let all = [
        counted(usage, "row of usage", "rows of usage"),
        counted(references, "reference", "references"),
    ];
    let all: Vec<String> = all.into_iter().flatten().collect();
    let they = if usage + references == 1 {
        "it"
    } else {
        "them"
    };
    format!(
        "{name} has {}. Remove {they} first: they would be about nobody.",
        all.join(" and ")
    )
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
    }
}

/// Why an import cannot be undone: these rows were changed again.
#[must_use]
pub fn changed_since(rows: &[String]) -> String {
    const NAMED: usize = 3;
    let named: Vec<&str> = rows.iter().take(NAMED).map(String::as_str).collect();
    let others = rows.len().saturating_sub(NAMED);
    let more = if others == 0 {
        String::new()
    } else {
        format!(" and {others} more")
    };
    format!(
        "What it changed was changed again since: {}{more}. Undo the later import first, or change \
         these by hand.",
        named.join("; ")
    )
}

/// Why an import cannot be undone: what is left would not hold together; `fault` says what.
#[must_use]
pub fn depended_on(fault: &str) -> String {
    format!(
        "Something that came later depends on it: {fault} Undo the later import first, or remove \
         that by hand."
    )
}
