//! Times of day with an offset, as far as they decide on which day something was in UTC.

/// The minutes of a day.
const DAY: i64 = 24 * 60;

/// The farthest from UTC that any clock is.
const FARTHEST: i64 = 14 * 60;

/// How many days the day in UTC is later than the day beside a time such as `23:30:00-08:00`:
/// -1, 0 or 1. A time without an offset is taken as it is. Nothing for anything else: a zone that
/// is not known could make it another day.
pub(crate) fn days_to_utc(time: &str) -> Option<i64> {
    let text = time.to_ascii_uppercase();
    let mut rest = text.as_str();
    let hour = number(&mut rest)?;
    rest = rest.strip_prefix(':')?;
    let minute = number(&mut rest)?;
    if let Some(behind) = rest.strip_prefix(':') {
        rest = behind;
        number(&mut rest).filter(|second| *second <= 60)?;
        if let Some(fraction) = rest.strip_prefix(['.', ',']) {
            rest = fraction.trim_start_matches(|letter: char| letter.is_ascii_digit());
        }
    }
    let rest = rest.trim_start();
    let halves = [("AM", 0), ("A.M.", 0), ("PM", 12), ("P.M.", 12)];
    let half = halves.iter().find_map(|(half, hours)| {
        let behind = rest.strip_prefix(half)?;
        Some((*hours, behind.trim_start()))
    });
    let (hour, zone) = match half {
        Some((hours, zone)) if hour <= 12 => (hour % 12 + hours, zone),
        None if hour < 24 => (hour, rest),
        _ => return None,
    };
    let minutes = hour * 60 + minute;
    (minute < 60).then(|| Some((minutes - offset(zone)?).div_euclid(DAY)))?
}

/// The minutes by which a zone is ahead of UTC: none, Z, UTC, GMT, -08:00, +0200, UTC+2.
fn offset(zone: &str) -> Option<i64> {
    if zone == "Z" {
        return Some(0);
    }
    let named = ["UTC", "GMT"];
    let rest = named.iter().find_map(|name| zone.strip_prefix(name));
    let rest = rest.unwrap_or(zone).trim();
    let (sign, mut digits) = match rest.chars().next() {
        None => return Some(0),
        Some('+') => (1, rest.get(1..)?),
        Some('-') => (-1, rest.get(1..)?),
        Some('\u{2212}') => (-1, rest.get('\u{2212}'.len_utf8()..)?),
        Some(_) => return None,
    };
    let all = digits.len();
    let mut hours = number(&mut digits)?;
    let mut minutes = 0;
    if let Some(behind) = digits.strip_prefix(':') {
        digits = behind;
        minutes = number(&mut digits)?;
    } else if all == 4 {
        (hours, minutes) = (hours / 100, hours % 100);
    }
    let ahead = hours * 60 + minutes;
    let fits = digits.is_empty() && hours < 24 && minutes < 60 && ahead <= FARTHEST;
    fits.then_some(sign * ahead)
}

/// The digits with which a text begins, at most four, as a number.
fn number(text: &mut &str) -> Option<i64> {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at_checked(end)?;
    *text = rest;
    (1..=4).contains(&end).then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_with_an_offset_can_be_another_day_in_utc() {
        for (time, days) in [
            ("10:15", 0),
            ("23:59:59.999", 0),
            ("23:30:00Z", 0),
            ("23:30:00-08:00", 1),
            ("23:30 -0800", 1),
            ("16:00:00-08:00", 1),
            ("15:59:59-08:00", 0),
            ("01:30:00+02:00", -1),
            ("02:00:00 UTC+2", 0),
            ("11:30 p.m. GMT-1", 1),
            ("12:10 AM +00:30", -1),
            ("12:10 PM +00:30", 0),
            ("0:10 AM", 0),
            ("00:00:00+14:00", -1),
            ("23:30:00\u{2212}08:00", 1),
        ] {
            assert_eq!(days_to_utc(time), Some(days), "{time}");
        }
        for no in [
            "24:00",
            "10:60",
            "10:15 PST",
            "13:00 PM",
            "10:15 +15:00",
            "10:15 +",
            "10:15 Uhr",
            "-08:00",
            "10:15Z+",
            "10:15:00Z-08:00",
            "10",
            "",
        ] {
            assert_eq!(days_to_utc(no), None, "{no}");
        }
    }
}
