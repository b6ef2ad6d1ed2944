//! Days, instants, numbers, money, lists and plurals, as the browser's `Intl` writes them.
//!
//! chrono only counts days here: its own formatting would add tables to the download.

use std::cell::OnceCell;

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

/// American words and numbers.
const LOCALE: &str = "en-US";
/// Day, month in letters, year: nobody reads 1 December as 12 January.
const DAY_LOCALE: &str = "en-GB";

thread_local! {
    // Building a formatter is slow, using it is quick; a preview formats on every keystroke.
    static DAY: OnceCell<Function> = const { OnceCell::new() };
    static SHORT_DAY: OnceCell<Function> = const { OnceCell::new() };
    static INSTANT: OnceCell<Function> = const { OnceCell::new() };
    static NUMBER: OnceCell<Function> = const { OnceCell::new() };
    static PLURAL: OnceCell<Intl::PluralRules> = const { OnceCell::new() };
}

/// "15 November 2023".
pub fn day(day: NaiveDate) -> String {
    let long = &[("dateStyle", "long"), ("timeZone", "UTC")];
    DAY.with(|cell| apply(cell.get_or_init(|| date_format(long)), &midnight(day)))
}

/// "15 Nov", for narrow places where the year is plain.
pub fn short_day(day: NaiveDate) -> String {
    let short = &[("day", "numeric"), ("month", "short"), ("timeZone", "UTC")];
    SHORT_DAY.with(|cell| apply(cell.get_or_init(|| date_format(short)), &midnight(day)))
}

/// "15 Nov 2023".
pub fn day_and_year(day: NaiveDate) -> String {
    format!("{} {}", short_day(day), day.year())
}

/// "15 November 2023 at 09:00 UTC".
pub fn instant(at: DateTime<Utc>) -> String {
    let both = &[
        ("dateStyle", "long"),
        ("timeStyle", "short"),
        ("timeZone", "UTC"),
    ];
    let text = INSTANT.with(|cell| {
        apply(
            cell.get_or_init(|| date_format(both)),
            &milliseconds(at.timestamp_millis()),
        )
    });
    format!("{text} UTC")
}

/// "1,234".
pub fn number(number: i64) -> String {
    decimal(&number.to_string())
}

/// A decimal number given as text ("1234.5", as exact numbers write themselves): "1,234.5".
/// What is no decimal (a fraction like "20/3") is given back as it is.
pub fn decimal(exact: &str) -> String {
    NUMBER.with(|cell| {
        let format = cell.get_or_init(|| {
            let digits = Object::new();
            // As many as an exact number writes: fewer would round what a sentence compares.
            set(&digits, "maximumFractionDigits", &JsValue::from_f64(9.0));
            Intl::NumberFormat::new(&locales(LOCALE), &digits).format()
        });
        // Intl takes the digits of text as they are, without binary rounding.
        if exact
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'-')
        {
            apply(format, &JsValue::from_str(exact))
        } else {
            exact.to_owned()
        }
    })
}

/// Minor units (cents) of an ISO 4217 currency: "$4,730.00".
pub fn money(minor: i64, currency: &str) -> String {
    // `Intl` throws on what is no currency code, and an exception would end the page.
    if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return format!("{} {currency}", number(minor));
    }
    let options = options(&[("style", "currency"), ("currency", currency)]);
    let format = Intl::NumberFormat::new(&locales(LOCALE), &options);
    let digits = Reflect::get(&format.resolved_options(), &"maximumFractionDigits".into())
        .ok()
        .and_then(|digits| digits.as_f64())
        .map_or(2, |digits| digits as u8);
    apply(
        &format.format(),
        &JsValue::from_str(&format!("{minor}E-{digits}")),
    )
}

/// "a, b, and c".
pub fn list<T: AsRef<str>>(items: &[T]) -> String {
    join(
        items
            .iter()
            .map(|item| JsValue::from_str(item.as_ref()))
            .collect(),
        "conjunction",
    )
}

/// "a, b, or c".
pub fn choice<T: AsRef<str>>(items: &[T]) -> String {
    join(
        items
            .iter()
            .map(|item| JsValue::from_str(item.as_ref()))
            .collect(),
        "disjunction",
    )
}

/// "1 day", "2 days": the number with the word that fits it.
pub fn counted(count: i64, one: &str, other: &str) -> String {
    let singular = PLURAL.with(|cell| {
        let rules = cell.get_or_init(|| Intl::PluralRules::new(&locales(LOCALE), &Object::new()));
        rules.select(float(count)) == "one"
    });
    format!("{} {}", number(count), if singular { one } else { other })
}

/// The value of an `<input type="date">`: "2023-11-15".
pub fn day_input(day: NaiveDate) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

/// The value of an `<input type="time">`: "09:00".
pub fn time_input(at: DateTime<Utc>) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// "2023, 09:00 UTC": what [`short_day`] leaves out.
pub fn year_and_time(at: DateTime<Utc>) -> String {
    format!("{}, {} UTC", at.year(), time_input(at))
}

fn join(items: Array, kind: &str) -> String {
    let format = Intl::ListFormat::new(&locales(LOCALE), &options(&[("type", kind)]));
    text(format.format(&items).into())
}

fn date_format(fields: &[(&str, &str)]) -> Function {
    Intl::DateTimeFormat::new(&locales(DAY_LOCALE), &options(fields)).format()
}

fn midnight(day: NaiveDate) -> JsValue {
    milliseconds(
        day.and_time(chrono::NaiveTime::MIN)
            .and_utc()
            .timestamp_millis(),
    )
}

fn milliseconds(since_1970: i64) -> JsValue {
    Date::new(&JsValue::from_f64(float(since_1970))).into()
}

// Days and milliseconds of any date are far below 2^53.
fn float(number: i64) -> f64 {
    number as f64
}

fn apply(format: &Function, value: &JsValue) -> String {
    format
        .call1(&JsValue::UNDEFINED, value)
        .map(text)
        .unwrap_or_default()
}

fn text(value: JsValue) -> String {
    value.as_string().unwrap_or_default()
}

fn locales(locale: &str) -> Array {
    Array::of1(&JsValue::from_str(locale))
}

fn options(fields: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        set(&object, name, &JsValue::from_str(value));
    }
    object
}

fn set(object: &Object, name: &str, value: &JsValue) {
    // Setting a property of a plain object cannot fail.
    let _ = Reflect::set(object, &JsValue::from_str(name), value);
}
