//! The values inside a JSON array or object as they stand in the text, so that each has its place.

use serde::de::IgnoredAny;
use serde_json::{Deserializer, Error};

/// The fields of an object, in their order; `None` for anything else than an object.
///
/// # Errors
/// A text that is no JSON.
pub(crate) fn fields(text: &str) -> Result<Option<Vec<(String, &str)>>, Error> {
    let _: IgnoredAny = serde_json::from_str(text)?;
    let Some(mut cursor) = Cursor::within(text, '{') else {
        return Ok(None);
    };
    let mut fields = Vec::new();
    while let Some(name) = cursor.value() {
        let name = serde_json::from_str(name)?;
        cursor.pass(':');
        if let Some(value) = cursor.value() {
            fields.push((name, value));
        }
        cursor.pass(',');
    }
    Ok(Some(fields))
}

/// The rows of an array that is JSON; `None` for anything else than an array.
pub(crate) fn rows(text: &str) -> Option<Vec<&str>> {
    let mut cursor = Cursor::within(text, '[')?;
    let mut rows = Vec::new();
    while let Some(row) = cursor.value() {
        rows.push(row);
        cursor.pass(',');
    }
    Some(rows)
}

/// How many rows an array has, without keeping them.
pub(crate) fn count(text: &str) -> usize {
    let Some(mut cursor) = Cursor::within(text, '[') else {
        return 0;
    };
    let mut count = 0;
    while cursor.value().is_some() {
        count += 1;
        cursor.pass(',');
    }
    count
}

/// Up to which byte of a text a reader came: readers count the lines that end with a line feed.
pub(crate) fn place(text: &str, error: &Error) -> usize {
    let lines = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1));
    lines.map(str::len).sum::<usize>() + error.column()
}

/// A name as a step of a pointer.
pub(crate) fn step(name: &str) -> String {
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// The innermost value at which a reader stopped, with its place as a pointer: the one that it had
/// just read, the one that it was about to read, or what is around both.
pub(crate) fn stopped<'t>(text: &'t str, error: &Error) -> (String, &'t str) {
    let read = place(text, error);
    let (mut pointer, mut value) = (String::new(), text);
    loop {
        let inside = match (fields(value), rows(value)) {
            (Ok(Some(fields)), _) => fields,
            (_, Some(rows)) => rows.into_iter().enumerate().map(numbered).collect(),
            _ => Vec::new(),
        };
        let found = inside.into_iter().find(|(_, inner)| {
            let from = inner.as_ptr().addr() - text.as_ptr().addr();
            let before = text.get(read..from);
            (from < read && read <= from + inner.len())
                || before.is_some_and(|before| before.trim().is_empty())
        });
        let Some((name, inner)) = found else {
            return (pointer, value);
        };
        pointer += &step(&name);
        value = inner;
    }
}

fn numbered((place, row): (usize, &str)) -> (String, &str) {
    (place.to_string(), row)
}

/// What is left of a text that is known to be JSON.
struct Cursor<'t>(&'t str);

impl<'t> Cursor<'t> {
    /// Behind the bracket with which the text begins, if it does.
    fn within(text: &'t str, bracket: char) -> Option<Self> {
        text.trim_start().strip_prefix(bracket).map(Self)
    }

    fn pass(&mut self, sign: char) {
        let rest = self.0.trim_start();
        self.0 = rest.strip_prefix(sign).unwrap_or(rest);
    }

    /// The next value; `None` at the closing bracket.
    fn value(&mut self) -> Option<&'t str> {
        let rest = self.0.trim_start();
        let mut values = Deserializer::from_str(rest).into_iter::<IgnoredAny>();
        values.next()?.ok()?;
        let (value, rest) = rest.split_at_checked(values.byte_offset())?;
        self.0 = rest;
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_stand_as_they_are() {
        let text = "\n{ \"a\" : [1, \"x]\\\"\", {\"b\": [2]},null ] ,\"\\u0063\":{},\"d\":-1e5}";
        let fields = fields(text).expect("JSON").expect("an object");
        let names: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["a", "c", "d"]);
        assert_eq!((fields[1].1, fields[2].1), ("{}", "-1e5"));
        let inside = rows(fields[0].1).expect("an array");
        assert_eq!(inside, ["1", "\"x]\\\"\"", "{\"b\": [2]}", "null"]);
        assert_eq!(rows("[]"), Some(vec![]));
        assert_eq!(rows("{}"), None);
    }

    #[test]
    fn the_place_where_a_reader_stopped_is_found() {
        #[derive(Debug, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        #[expect(dead_code, reason = "only read")]
        struct Row {
            name: String,
            #[serde(default)]
            seats: Vec<u8>,
        }
        for (text, place, value) in [
            (
                "{\"name\": \"a\",\n \"seats\": [1, -5]}",
                "/0/seats/1",
                "-5",
            ),
            ("{\"name\":\"a\",\"seats\":[300]}", "/0/seats/0", "300"),
            ("{\"name\": [1]}", "/0/name", "[1]"),
            ("{\"seats\":[1]}", "/0", "{\"seats\":[1]}"),
            (
                "{\"name\":\"a\",\"size\":1}",
                "/0",
                "{\"name\":\"a\",\"size\":1}",
            ),
        ] {
            let text = format!("[{text}]");
            let error = serde_json::from_str::<Vec<Row>>(&text).expect_err("a wrong row");
            let (found, inner) = stopped(&text, &error);
            assert_eq!((found.as_str(), inner), (place, value), "{error}");
        }
    }

    #[test]
    fn what_is_no_object_is_none() {
        assert!(matches!(fields("[]"), Ok(None)));
        assert!(matches!(fields("{}"), Ok(Some(all)) if all.is_empty()));
        assert!(fields("{\"a\": }").is_err());
        assert!(fields("{} {}").is_err());
    }
}
