//! Values of elements: amounts, days, directions, texts.

use chrono::NaiveDate;
use membership_domain::{Currency, Money};

use crate::element::Element;
use crate::entry::{Direction, EntryStatus};
use crate::unreadable::{Reason, Refusal, Result, quoted};

/// The longest text, in bytes: the standard's longest has 500 characters.
pub const LONGEST_TEXT: usize = 4_000;
/// The longest code, number or identifier, in bytes: the standard has up to 35 characters.
pub const LONGEST_CODE: usize = 200;

fn short<'e>(element: &'e Element<'_>, most: usize) -> Result<Option<&'e str>> {
    let value = element.value()?;
    if value.len() > most {
        return Err(Refusal::new(element.at, Reason::TooLong { most }));
    }
    Ok(Some(value).filter(|value| !value.is_empty()))
}

/// Text of people; nothing where it is empty.
pub(crate) fn text(element: &Element<'_>) -> Result<Option<String>> {
    Ok(short(element, LONGEST_TEXT)?.map(str::to_owned))
}

/// The text that a path leads to.
pub(crate) fn text_at(element: &Element<'_>, path: &[&str]) -> Result<Option<String>> {
    element.find(path)?.map_or(Ok(None), text)
}

/// The code, number or identifier that a path leads to.
pub(crate) fn code_at(element: &Element<'_>, path: &[&str]) -> Result<Option<String>> {
    let found = element.find(path)?;
    let code = found.map_or(Ok(None), |found| short(found, LONGEST_CODE))?;
    Ok(code.map(str::to_owned))
}

/// An identifier, where there is one: banks fill the place with words that say there is none.
pub(crate) fn reference_at(element: &Element<'_>, path: &[&str]) -> Result<Option<String>> {
    const NONE: [&str; 5] = ["NOTPROVIDED", "NOTAPPLICABLE", "NONREF", "NOREF", "NONE"];
    let code = code_at(element, path)?;
    let says_none = |code: &String| {
        let letters: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
        let is_empty = letters.bytes().all(|byte| byte == b'0');
        let is_word = NONE.iter().any(|none| none.eq_ignore_ascii_case(&letters));
        code.is_ascii() && (is_empty || is_word)
    };
    Ok(code.filter(|code| !says_none(code)))
}

/// Whichever of a choice of codes there is: `Cd` of a list, or the bank's own `Prtry`.
pub(crate) fn choice_at(element: &Element<'_>, path: &[&str]) -> Result<Option<String>> {
    let Some(found) = element.find(path)? else {
        return Ok(None);
    };
    match code_at(found, &["Cd"])? {
        Some(code) => Ok(Some(code)),
        None => code_at(found, &["Prtry"]),
    }
}

/// An amount, never below zero, with as many decimals as its currency has.
pub(crate) fn money(element: &Element<'_>) -> Result<Money> {
    let refuse = |reason| Refusal::new(element.at, reason);
    let code = (element.currency.as_deref()).ok_or_else(|| element.missing("@Ccy"))?;
    let value = quoted(code);
    let currency: Currency =
        (code.trim().parse()).map_err(|_| refuse(Reason::NoCurrency { value }))?;
    let value = element.value()?;
    // The decimal numbers of XML may begin with their point.
    let whole = if value.starts_with('.') { "0" } else { "" };
    let amount = currency.minor(&format!("{whole}{value}"));
    let amount = amount.filter(|amount| *amount >= 0 && !value.starts_with('-'));
    let value = quoted(value);
    let amount = amount.ok_or_else(|| refuse(Reason::Amount { value, currency }))?;
    Ok(Money::new(amount, currency))
}

/// The amount that a path leads to.
pub(crate) fn money_at(element: &Element<'_>, path: &[&str]) -> Result<Option<Money>> {
    element.find(path)?.map(money).transpose()
}

fn not_a_code(element: &Element<'_>, value: &str, known: &str) -> Refusal {
    let (value, known) = (quoted(value), known.to_owned());
    Refusal::new(element.at, Reason::NotACode { value, known })
}

/// A direction: `CRDT` or `DBIT`.
pub(crate) fn direction(element: &Element<'_>) -> Result<Direction> {
    match element.value()? {
        "CRDT" => Ok(Direction::Credit),
        "DBIT" => Ok(Direction::Debit),
        other => Err(not_a_code(element, other, "CRDT, DBIT")),
    }
}

/// A status: a code by itself in version 02, and one of a choice in version 08.
pub(crate) fn status(element: &Element<'_>) -> Result<EntryStatus> {
    let of_choice = element.only("Cd")?.or(element.only("Prtry")?);
    match of_choice.unwrap_or(element).value()? {
        "BOOK" => Ok(EntryStatus::Booked),
        "PDNG" => Ok(EntryStatus::Pending),
        "INFO" => Ok(EntryStatus::Information),
        "FUTR" => Ok(EntryStatus::Future),
        other => Err(not_a_code(element, other, "BOOK, PDNG, INFO, FUTR")),
    }
}

/// Whether it says yes.
pub(crate) fn flag(element: &Element<'_>) -> Result<bool> {
    match element.value()? {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        other => Err(not_a_code(element, other, "true, false")),
    }
}

/// A whole number, not below zero.
pub(crate) fn number(element: &Element<'_>) -> Result<u64> {
    let value = element.value()?;
    let digits = Some(value).filter(|value| value.bytes().all(|byte| byte.is_ascii_digit()));
    digits
        .and_then(|digits| digits.parse().ok())
        .ok_or_else(|| {
            let value = quoted(value);
            Refusal::new(element.at, Reason::NotANumber { value })
        })
}

/// The number that a path leads to.
pub(crate) fn number_at(element: &Element<'_>, path: &[&str]) -> Result<Option<u64>> {
    element.find(path)?.map(number).transpose()
}

/// The day of an element with a `Dt`, or the date part of its `DtTm`.
pub(crate) fn day_of(element: &Element<'_>) -> Result<NaiveDate> {
    match (element.only("Dt")?, element.only("DtTm")?) {
        (Some(_), Some(second)) => {
            let name = "Dt".to_owned();
            Err(Refusal::new(second.at, Reason::Twice { name }))
        }
        (Some(found), None) | (None, Some(found)) => day(found),
        (None, None) => Err(element.missing("Dt")),
    }
}

/// The date part as it is written: in which time zone, the bank decided when it booked.
pub(crate) fn day(element: &Element<'_>) -> Result<NaiveDate> {
    let value = element.value()?;
    read_day(value).ok_or_else(|| {
        let value = quoted(value);
        Refusal::new(element.at, Reason::NotADay { value })
    })
}

fn read_day(value: &str) -> Option<NaiveDate> {
    let (date, rest) = value.split_at_checked(10)?;
    let is_time = |byte: u8| byte.is_ascii_digit() || b"T:.+-Z".contains(&byte);
    if !rest.bytes().all(is_time) || rest.starts_with(|one: char| one.is_ascii_digit()) {
        return None;
    }
    let mut parts = date.split('-');
    let mut part = |width: usize| -> Option<u32> {
        let part = parts.next().filter(|part| part.len() == width)?;
        part.bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| part.parse().ok())?
    };
    let (year, month, day) = (part(4)?, part(2)?, part(2)?);
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_the_date_part_as_written() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 23);
        for text in [
            "2026-11-23",
            "2026-11-23T23:59:59.999-05:00",
            "2026-11-23Z",
            "2026-11-23+01:00",
        ] {
            assert_eq!(read_day(text), day, "{text}");
        }
        for wrong in [
            "",
            "2026-11-3",
            "20261123",
            "2026-13-01",
            "2026-02-30",
            "2026-11-23x",
            "+026-11-23",
            "2026-11-231",
            "２０２６-11",
        ] {
            assert_eq!(read_day(wrong), None, "{wrong}");
        }
    }
}
