//! What evidence got wrong.

use membership_domain::evidence::{Fault, FaultCode};

/// What is wrong with a value of the evidence; the fault's pointer says where.
#[must_use]
pub fn evidence_fault(fault: &Fault) -> String {
    let value = &fault.value;
    match fault.code {
        FaultCode::Empty => "Must not be empty.".to_owned(),
        FaultCode::TooLong => "Must not be longer than 200 characters.".to_owned(),
        FaultCode::Formula if value.trim_start().starts_with(['=', '@', '+', '-']) => {
            "Must not begin like a spreadsheet formula.".to_owned()
        }
        FaultCode::Formula => "Must not have what looks like a spreadsheet formula after a \
                               semicolon, a tab, or a line break."
            .to_owned(),
        FaultCode::Invisible => match code_point(value) {
            Some(code) => format!("Remove the invisible character {code}."),
            None => "Use plain spaces only.".to_owned(),
        },
        FaultCode::NotAnAddress => {
            format!(
                "\u{201c}{value}\u{201d} isn't a valid email. Write it as name@contoso.example."
            )
        }
        FaultCode::Duplicate if fault.pointer.ends_with("/email") => {
            format!("\u{201c}{value}\u{201d} is the email of someone already on record.")
        }
        FaultCode::Duplicate => format!("\u{201c}{value}\u{201d} already exists."),
        FaultCode::UnknownCertificate => {
            format!("The catalog has no certificate \u{201c}{value}\u{201d}.")
        }
        FaultCode::UnknownWorkload => {
            format!("The catalog has no workload \u{201c}{value}\u{201d}.")
        }
        FaultCode::UnknownPack => format!("The program has no pack \u{201c}{value}\u{201d}."),
        FaultCode::UnknownProgram => format!("The catalog has no program \u{201c}{value}\u{201d}."),
        FaultCode::UnknownScore => format!("The catalog has no score \u{201c}{value}\u{201d}."),
        FaultCode::UnknownKey => format!("No program uses \u{201c}{value}\u{201d}."),
        FaultCode::NeedsLocation => format!(
            "\u{201c}{value}\u{201d} is reported by location. Add the location and its region."
        ),
        FaultCode::UnknownCustomer => {
            format!("No customer has the ID \u{201c}{value}\u{201d}.")
        }
        FaultCode::EndsBeforeStart => {
            let start = match &fault.pointer {
                at if at.ends_with("/left_on") => "the day the learning profile was linked",
                at if at.starts_with("/people/") => "the day it was earned",
                _ => "the day it begins",
            };
            format!("{value} is before {start}.")
        }
        FaultCode::ImpossibleDay => format!(
            "{value} is out of range. Use a year from 1990 to \
                                             2100."
        ),
        FaultCode::Negative => format!("{value} must not be negative."),
        FaultCode::TooLarge => format!("{value} is too large."),
        FaultCode::MoreActiveThanPaid => {
            format!("{value} active seats are more than the paid seats.")
        }
    }
}

/// The first code point by which a hidden character is shown: `U+200B`.
fn code_point(shown: &str) -> Option<&str> {
    let (_, rest) = shown.split_once("[U+")?;
    let (digits, _) = rest.split_once(']')?;
    let at = digits.as_ptr().addr() - shown.as_ptr().addr();
    shown.get(at - "U+".len()..at + digits.len())
}
