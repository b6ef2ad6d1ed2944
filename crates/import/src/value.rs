//! Days and months, as exports write them.

use chrono::{NaiveDate, TimeDelta};
use membership_domain::Month;

use crate::settings::DateOrder;
use crate::time;

/// What a text is, where it can be told without knowing how the file writes such things.
pub enum Reading<T, Choice> {
    /// This, whatever the choice.
    Is(T),
    /// This, which only the choice makes possible: it tells how the file writes.
    Decides(T, Choice),
    /// It depends: the first by one choice, the second by the other.
    Either(T, T),
    /// None.
    Not,
}

impl<T, Choice> Reading<T, Choice> {
    /// The same of each value; nothing where one of them has none.
    fn map(self, of: impl Fn(T) -> Option<T>) -> Self {
        let read = match self {
            Self::Is(value) => of(value).map(Self::Is),
            Self::Decides(value, choice) => of(value).map(|value| Self::Decides(value, choice)),
            Self::Either(one, other) => (of(one).zip(of(other))).map(|(a, b)| Self::Either(a, b)),
            Self::Not => None,
        };
        read.unwrap_or(Self::Not)
    }
}

/// A day as it is written: 2023-12-31, 31.12.2023, 31-Dec-2023, December 31, 2023, 31/12/2023 or
/// 12/31/2023; a time of day after it is left out.
pub fn day(text: &str) -> Reading<NaiveDate, DateOrder> {
    calendar_day(parts(text).0)
}

/// The day in UTC of something that happened at a time, where its offset is written too.
pub fn day_in_utc(text: &str) -> Reading<NaiveDate, DateOrder> {
    let (date, time) = parts(text);
    let Some(shift) = time.map_or(Some(0), time::days_to_utc) else {
        return Reading::Not;
    };
    let shifted = |day: NaiveDate| day.checked_add_signed(TimeDelta::days(shift));
    calendar_day(date).map(shifted)
}

/// The day, and the time behind it.
fn parts(text: &str) -> (&str, Option<&str>) {
    let text = text.trim();
    let with_time = text.find(':').and_then(|colon| {
        let at = text.get(..colon)?.rfind(['T', ' '])?;
        text.split_at_checked(at)
    });
    match with_time {
        Some((date, time)) => {
            let date = date.trim_end_matches([' ', ',']);
            (date, Some(time.trim_start_matches(['T', ' '])))
        }
        None => (text, None),
    }
}

/// A day without a time.
fn calendar_day(date: &str) -> Reading<NaiveDate, DateOrder> {
    let numbers = |mark: char| -> Option<[u32; 3]> {
        let parts: Vec<u32> = date.split(mark).map(whole).collect::<Option<_>>()?;
        parts.try_into().ok()
    };
    let of = |year: u32, month, day| {
        let year = i32::try_from(year)
            .ok()
            .filter(|year| (1000..=9999).contains(year))?;
        NaiveDate::from_ymd_opt(year, month, day)
    };
    for mark in ['-', '/'] {
        let Some([a, b, c]) = numbers(mark) else {
            continue;
        };
        if a >= 1000 {
            return of(a, b, c).map_or(Reading::Not, Reading::Is);
        }
        return match (of(c, b, a), of(c, a, b)) {
            (Some(day_first), Some(month_first)) if day_first == month_first => {
                Reading::Is(day_first)
            }
            (Some(day_first), Some(month_first)) => Reading::Either(day_first, month_first),
            (Some(day), None) => Reading::Decides(day, DateOrder::DayFirst),
            (None, Some(day)) => Reading::Decides(day, DateOrder::MonthFirst),
            (None, None) => Reading::Not,
        };
    }
    if let Some([day, month, year]) = numbers('.') {
        return of(year, month, day).map_or(Reading::Not, Reading::Is);
    }
    let written = date.replace(',', " ");
    named(&written).map_or(Reading::Not, Reading::Is)
}

/// A day with its month in letters.
fn named(text: &str) -> Option<NaiveDate> {
    let parts: Vec<&str> = text
        .split([' ', '-'])
        .filter(|part| !part.is_empty())
        .collect();
    let [first, second, year] = parts[..] else {
        return None;
    };
    let year = i32::try_from(whole(year)?)
        .ok()
        .filter(|year| *year >= 1000)?;
    let (month, day) = match (month_name(first), month_name(second)) {
        (Some(month), None) => (month, whole(second)?),
        (None, Some(month)) => (month, whole(first)?),
        _ => return None,
    };
    NaiveDate::from_ymd_opt(year, month, day)
}

/// A month: 2023-10, 202310, 10/2023, Oct 2023, or a day in it.
pub fn month(text: &str) -> Reading<Month, DateOrder> {
    let text = text.trim();
    let of = |year: u32, month: u32| {
        let first = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, 1)?;
        (1000..=9999).contains(&year).then(|| Month::of(first))
    };
    let parts: Vec<&str> = text.split(['-', '/', '.', ' ']).collect();
    let short = match parts[..] {
        [all] if all.len() == 6 => {
            let (year, month) = all.split_at_checked(4).unwrap_or_default();
            whole(year).zip(whole(month))
        }
        [a, b] => match (whole(a), whole(b), month_name(a), month_name(b)) {
            (Some(year), Some(month), ..) if year >= 1000 => Some((year, month)),
            (Some(month), Some(year), ..) => Some((year, month)),
            (None, Some(year), Some(month), _) | (Some(year), None, _, Some(month)) => {
                Some((year, month))
            }
            _ => None,
        },
        _ => None,
    };
    if let Some((year, month)) = short {
        return of(year, month).map_or(Reading::Not, Reading::Is);
    }
    match day(text) {
        Reading::Is(day) => Reading::Is(Month::of(day)),
        Reading::Decides(day, order) => Reading::Decides(Month::of(day), order),
        Reading::Either(one, other) if Month::of(one) == Month::of(other) => {
            Reading::Is(Month::of(one))
        }
        Reading::Either(one, other) => Reading::Either(Month::of(one), Month::of(other)),
        Reading::Not => Reading::Not,
    }
}

fn month_name(text: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let text = text.trim_end_matches('.').to_ascii_lowercase();
    let matches = |name: &str| name == text || (text.len() >= 3 && name.starts_with(&text));
    let place = NAMES.iter().position(|name| matches(name))?;
    u32::try_from(place + 1).ok()
}

fn whole(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said<T: std::fmt::Display, C: std::fmt::Debug>(reading: Reading<T, C>) -> String {
        match reading {
            Reading::Is(value) => format!("{value}"),
            Reading::Decides(value, choice) => format!("{value} {choice:?}"),
            Reading::Either(one, other) => format!("{one} or {other}"),
            Reading::Not => "no".to_owned(),
        }
    }

    #[test]
    fn days() {
        for (text, reads) in [
            ("2023-12-31", "2023-12-31"),
            ("2023-12-31T10:00:00Z", "2023-12-31"),
            ("2023-05-02T23:30:00-08:00", "2023-05-02"),
            ("2023-05-02 23:30 PST", "2023-05-02"),
            ("12/31/2023, 10:15\u{202f}PM", "2023-12-31 MonthFirst"),
            ("2023/12/31", "2023-12-31"),
            ("31.12.2023", "2023-12-31"),
            ("31/12/2023", "2023-12-31 DayFirst"),
            ("03/04/2023", "2023-04-03 or 2023-03-04"),
            ("04/04/2023", "2023-04-04"),
            ("31-Dec-2023", "2023-12-31"),
            ("December 31, 2023", "2023-12-31"),
            ("31 dec. 2023", "2023-12-31"),
            ("31-OCT-2023 10:15", "2023-10-31"),
            ("December 31, 2023 10:15:00 PM", "2023-12-31"),
            ("10:15 31/12/2023", "no"),
            ("31/12/23", "no"),
            ("32/13/2023", "no"),
            ("2023-02-30", "no"),
            ("45291", "no"),
            ("soon", "no"),
            ("", "no"),
        ] {
            assert_eq!(said(day(text)), reads, "{text}");
        }
    }

    #[test]
    fn days_in_utc() {
        for (text, reads) in [
            ("2023-12-31", "2023-12-31"),
            ("2023-05-02T23:30:00-08:00", "2023-05-03"),
            ("2023-05-02T00:30:00.123+0200", "2023-05-01"),
            ("12/31/2023 10:15 PM -08:00", "2024-01-01 MonthFirst"),
            ("03/04/2023 23:30 -08:00", "2023-04-04 or 2023-03-05"),
            ("12/31/2023, 10:15\u{202f}PM", "2023-12-31 MonthFirst"),
            ("2023-05-02 23:30 PST", "no"),
            ("2023-05-02T25:30:00Z", "no"),
            ("12/31/2023 10:15", "2023-12-31 MonthFirst"),
        ] {
            assert_eq!(said(day_in_utc(text)), reads, "{text}");
        }
    }

    #[test]
    fn months() {
        for (text, reads) in [
            ("2023-10", "2023-10"),
            ("202310", "2023-10"),
            ("10/2023", "2023-10"),
            ("Oct 2023", "2023-10"),
            ("October-2023", "2023-10"),
            ("2023-10-01", "2023-10"),
            ("10/31/2023", "2023-10 MonthFirst"),
            ("2023-10-31T23:30:00-08:00", "2023-10"),
            ("2023-11-01T00:00:00+01:00", "2023-11"),
            ("01/10/2023", "2023-10 or 2023-01"),
            ("13/2023", "no"),
            ("Q4 2023", "no"),
        ] {
            assert_eq!(said(month(text)), reads, "{text}");
        }
    }
}
