//! What can be wrong with a value of the evidence.

use std::ops::RangeInclusive;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::number::Number;
use crate::text::{hidden_in_id, hidden_in_name, trimmed};

/// Something in the evidence that cannot be: where, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Fault {
    /// Where, as a JSON pointer: `/people/3/certificates/0/certificate`.
    pub pointer: String,
    /// A stable code for programs.
    pub code: FaultCode,
    /// The offending value, shortened.
    pub value: String,
}

impl Fault {
    /// What is wrong with which value of which field, wherever the row stands.
    #[must_use]
    pub fn kind(&self) -> String {
        let field = self.pointer.replace(|at: char| at.is_ascii_digit(), "");
        field + "\n" + &(self.code as u8).to_string() + "\n" + &self.value
    }
}

/// What is wrong with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FaultCode {
    /// Nothing but white space.
    Empty,
    /// Longer than [`LONGEST_TEXT`].
    TooLong,
    /// What a spreadsheet would run.
    Formula,
    /// A character that nobody can see.
    Invisible,
    /// No address of electronic mail.
    NotAnAddress,
    /// The same id stands earlier in the list.
    Duplicate,
    /// The catalog has no certificate of this id.
    UnknownCertificate,
    /// The catalog has no workload of this id.
    UnknownWorkload,
    /// The catalog has no program of this id.
    UnknownProgram,
    /// The program has no pack of this id.
    UnknownPack,
    /// The catalog has no score of this id.
    UnknownScore,
    /// No customer in this evidence has this id.
    UnknownCustomer,
    /// A day before its own beginning.
    EndsBeforeStart,
    /// A year that no evidence of this field can have.
    ImpossibleDay,
    /// Less than nothing.
    Negative,
    /// More than any real amount.
    TooLarge,
    /// More active seats than paid ones.
    MoreActiveThanPaid,
    /// No program of the catalog asks for it.
    UnknownKey,
    /// It is asked for by location, and says none or not the region.
    NeedsLocation,
    /// It has an authority that its writer cannot give.
    Authority,
    /// The program owner confirmed it, and its writer would change or remove it.
    Confirmed,
    /// The product made it, and its writer would change or remove it.
    MadeHere,
}

impl FaultCode {
    /// What is wrong with a text that must be there, where something is.
    #[must_use]
    pub fn of_text(text: &str) -> Option<Self> {
        if trimmed(text).is_empty() {
            Some(Self::Empty)
        } else if is_formula(text) {
            Some(Self::Formula)
        } else {
            (text.chars().count() > LONGEST_TEXT).then_some(Self::TooLong)
        }
    }

    /// What is wrong with a name, where something is.
    #[must_use]
    pub fn of_name(text: &str) -> Option<Self> {
        let hidden = || hidden_in_name(text).map(|_| Self::Invisible);
        Self::of_text(text).or_else(hidden)
    }

    /// What is wrong with an id, where something is.
    #[must_use]
    pub fn of_id(text: &str) -> Option<Self> {
        let hidden = || hidden_in_id(text).map(|_| Self::Invisible);
        Self::of_text(text).or_else(hidden)
    }

    /// What is wrong with an email address, where something is. That somebody reads what is sent
    /// there is not asked.
    #[must_use]
    pub fn of_address(text: &str) -> Option<Self> {
        let ends = text.rsplit_once('@');
        let both = ends.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
        let fits = both
            && !text.contains(char::is_whitespace)
            && !text.contains(|letter| NOT_IN_ADDRESSES.contains(letter))
            && !text.starts_with(['\'', '\u{2018}'])
            && !text.ends_with(['\'', '\u{2019}']);
        Self::of_id(text).or_else(|| (!fits).then_some(Self::NotAnAddress))
    }

    /// What is wrong with a day, where something is.
    #[must_use]
    pub fn of_day(day: NaiveDate) -> Option<Self> {
        use chrono::Datelike;
        (!YEARS.contains(&day.year())).then_some(Self::ImpossibleDay)
    }

    /// What is wrong with an amount, in cents where it is money, where something is.
    #[must_use]
    pub fn of_amount(amount: Number) -> Option<Self> {
        Self::of_amount_up_to(amount, LARGEST_AMOUNT)
    }

    pub(super) fn of_amount_up_to(amount: Number, most: u64) -> Option<Self> {
        if amount < Number::ZERO {
            Some(Self::Negative)
        } else {
            (amount > most.into()).then_some(Self::TooLarge)
        }
    }
}

/// What a spreadsheet would run, at the beginning or where some countries' spreadsheets begin
/// another cell; numbers are none, nor those of telephones.
fn is_formula(text: &str) -> bool {
    let runs = |piece: &str| {
        let piece = piece.trim_start();
        match piece.strip_prefix(['+', '-']) {
            Some(rest) => rest.contains(|letter: char| {
                !letter.is_ascii_digit() && !letter.is_whitespace() && !"().,/-".contains(letter)
            }),
            None => piece.starts_with(['=', '@']),
        }
    };
    text.starts_with(['\t', '\r']) || text.split([';', '\t', '\r', '\n']).any(runs)
}

/// What is around addresses in lists and letters, and not in them.
const NOT_IN_ADDRESSES: &str =
    "\"`\u{b4}\u{201c}\u{201d}\u{201e}\u{201f}\u{ab}\u{bb}\u{2039}\u{203a}<>()[],;:\\";

/// The longest text of evidence, in characters.
pub const LONGEST_TEXT: usize = 200;
/// A quadrillion: far above any company's revenue in cents or number of users, far below overflow.
pub(super) const LARGEST_AMOUNT: u64 = 1_000_000_000_000_000;
/// The years in which a day can be: far enough either way, and no arithmetic of days can overflow.
pub const YEARS: RangeInclusive<i32> = 1990..=2100;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_two_ends_and_no_space() {
        for address in ["ada@contoso.example", "ada.o'berg+az@mail.contoso.example"] {
            assert_eq!(FaultCode::of_address(address), None, "{address}");
        }
        for no in [
            "ada",
            "ada@",
            "ada berg@contoso.example",
            "ada@contoso.example ",
            "mailto:ada@contoso.example",
            "<ada@contoso.example>",
            "'ada@contoso.example'",
            "\u{201e}ada@contoso.example\u{201c}",
            "ada@contoso.example\"",
            "ada@contoso.example,ben@contoso.example",
        ] {
            assert_eq!(
                FaultCode::of_address(no),
                Some(FaultCode::NotAnAddress),
                "{no}"
            );
        }
        for (no, code) in [
            ("", FaultCode::Empty),
            ("@contoso.example", FaultCode::Formula),
            ("ada\u{200b}@contoso.example", FaultCode::Invisible),
            ("ada@contoso\u{a0}.example", FaultCode::Invisible),
            ("ada@contoso.example\u{feff}", FaultCode::Invisible),
        ] {
            assert_eq!(FaultCode::of_address(no), Some(code), "{no}");
        }
    }

    #[test]
    fn formulas() {
        for text in [
            "=cmd|' /C calc'!A0",
            "@SUM(A1)",
            "+cmd",
            "-cmd",
            "\t=1",
            "-1+cmd|' '!A0",
            "  =1+1",
            "\u{a0}@SUM(A1)",
            "Contoso;=1+1",
            "Contoso; =1+1",
            "Contoso\t-cmd",
            "Contoso\n+cmd",
        ] {
            assert_eq!(FaultCode::of_text(text), Some(FaultCode::Formula), "{text}");
        }
        for text in [
            "-5",
            "+49 (30) 12-34",
            "Contoso",
            "a=b",
            "- 5.000,00",
            "a; -5",
            "a - b; c",
        ] {
            assert_eq!(FaultCode::of_text(text), None, "{text}");
        }
    }
}
