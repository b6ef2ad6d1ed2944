//! What evidence got wrong.

use membership_domain::evidence::{Authority, Fault, FaultCode, LONGEST_TEXT, YEARS};

/// Who says something.
#[must_use]
pub fn authority(authority: Authority) -> &'static str {
    match authority {
        Authority::Claimed => "Claimed",
        Authority::Confirmed => "Confirmed",
        Authority::MadeHere => "Made here",
    }
}

/// What is wrong with a value of the evidence; the fault's pointer says where.
#[must_use]
pub fn evidence_fault(fault: &Fault) -> String {
    let value = &fault.value;
    let named = named(fault);
    match fault.code {
        FaultCode::Empty => empty(&fault.pointer).to_owned(),
        FaultCode::TooLong => format!("Must not be longer than {LONGEST_TEXT} characters."),
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
                at if at.ends_with("left_on") => "the day the learning profile was linked",
                at if at.starts_with("/people/") => "the day it was earned",
                _ => "the day it begins",
            };
            format!("{value} is before {start}.")
        }
        FaultCode::ImpossibleDay => {
            let (first, last) = (YEARS.start(), YEARS.end());
            format!("{value} is out of range. Use a year from {first} to {last}.")
        }
        FaultCode::Negative => format!("{value} must not be negative."),
        FaultCode::TooLarge => format!("{value} is too large."),
        FaultCode::MoreActiveThanPaid => {
            format!("{value} active seats are more than the paid seats.")
        }
        FaultCode::Authority => "Only the program owner can confirm this. Enter it as claimed: it \
                                 counts in decisions once the program owner confirms it."
            .to_owned(),
        FaultCode::Confirmed => format!(
            "The program owner confirmed {named}, and only the program owner can change or remove \
             it. Leave it as it is, and ask the program owner to correct it."
        ),
        FaultCode::MadeHere => format!(
            "The workspace itself entered {named}, and nobody can change or remove it by hand. \
             Leave it as it is."
        ),
    }
}

/// That something is missing, by what it is where one word for it is clear.
fn empty(pointer: &str) -> &'static str {
    let names = pointer.ends_with("/name");
    match pointer {
        at if names && at.starts_with("/people/") => "Enter the full name.",
        at if names && at.starts_with("/customers/") => "Enter the company's name.",
        _ => "Must not be empty.",
    }
}

/// The row that a sentence is about. In a table its line says which.
fn named(fault: &Fault) -> String {
    if fault.value.is_empty() || !fault.pointer.starts_with('/') {
        return "this".to_owned();
    }
    format!("\u{201c}{}\u{201d}", fault.value)
}

/// The first code point by which a hidden character is shown: `U+200B`.
fn code_point(shown: &str) -> Option<&str> {
    let (_, rest) = shown.split_once("[U+")?;
    let (digits, _) = rest.split_once(']')?;
    let at = digits.as_ptr().addr() - shown.as_ptr().addr();
    shown.get(at - "U+".len()..at + digits.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_confirmed_is_named_where_its_place_does_not_say_it() {
        let said = |pointer: &str, code| {
            evidence_fault(&Fault {
                pointer: pointer.to_owned(),
                code,
                value: "az-104, 2023-05-31".to_owned(),
            })
        };
        let row = said("/people/0/certificates", FaultCode::Confirmed);
        assert!(row.starts_with("The program owner confirmed \u{201c}az-104, 2023-05-31\u{201d}"));
        let line = said("CompletedOn", FaultCode::Confirmed);
        assert!(line.starts_with("The program owner confirmed this, and only"));
        let made = said("/memberships/0", FaultCode::MadeHere);
        assert!(made.contains("Leave it as it is"), "{made}");
    }
}
