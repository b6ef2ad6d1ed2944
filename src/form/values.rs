//! What is typed into a form, by field name: what is read into a request, compared, and kept.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Texts by the name of their field, and lines by the name of their group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Values {
    /// Fields.
    pub fields: BTreeMap<String, String>,
    /// Lines.
    #[serde(default)]
    pub lines: BTreeMap<String, Vec<LineValues>>,
}

/// A line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineValues {
    /// Its place in what was known, unless it is new.
    #[serde(default)]
    pub from: Option<usize>,
    /// Texts by the name of their field.
    pub fields: BTreeMap<String, String>,
}

fn text<'v>(fields: &'v BTreeMap<String, String>, name: &str) -> &'v str {
    fields.get(name).map_or("", |text| text.trim())
}

impl LineValues {
    /// A line that is known, by the names of its fields.
    pub fn known(place: usize, fields: &[(&str, String)]) -> Self {
        Self {
            from: Some(place),
            fields: named(fields),
        }
    }

    /// What is typed, without space around it; empty for nothing.
    pub fn text(&self, name: &str) -> &str {
        text(&self.fields, name)
    }

    /// The same, where nothing is an answer.
    pub fn optional(&self, name: &str) -> Option<String> {
        Some(self.text(name).to_owned()).filter(|text| !text.is_empty())
    }

    /// The day that is typed.
    pub fn day(&self, name: &str) -> Option<NaiveDate> {
        self.text(name).parse().ok()
    }
}

fn named(fields: &[(&str, String)]) -> BTreeMap<String, String> {
    let fields = fields.iter();
    fields
        .map(|(name, text)| ((*name).to_owned(), text.clone()))
        .collect()
}

impl Values {
    /// Of these fields, without lines.
    pub fn of(fields: &[(&str, String)]) -> Self {
        Self {
            fields: named(fields),
            lines: BTreeMap::new(),
        }
    }

    /// The same with a group of lines.
    pub fn with(mut self, group: &str, lines: Vec<LineValues>) -> Self {
        self.lines.insert(group.to_owned(), lines);
        self
    }

    /// What is typed, without space around it; empty for nothing.
    pub fn text(&self, name: &str) -> &str {
        text(&self.fields, name)
    }

    /// The same, where nothing is an answer.
    pub fn optional(&self, name: &str) -> Option<String> {
        Some(self.text(name).to_owned()).filter(|text| !text.is_empty())
    }

    /// The day that is typed.
    pub fn day(&self, name: &str) -> Option<NaiveDate> {
        self.text(name).parse().ok()
    }

    /// The lines of a group.
    pub fn lines(&self, group: &str) -> &[LineValues] {
        self.lines.get(group).map_or(&[], Vec::as_slice)
    }

    /// What was typed over `before`, over what is known `now` instead: where nobody typed, it is
    /// as it is known now. A field that the form no longer has is left out.
    pub fn over(&self, before: &Self, now: &Self) -> Self {
        let field = |(name, now): (&String, &String)| {
            let typed = self.fields.get(name);
            let typed = typed.filter(|typed| before.fields.get(name) != Some(*typed));
            (name.clone(), typed.unwrap_or(now).clone())
        };
        let group = |(name, now): (&String, &Vec<LineValues>)| {
            let (typed, before) = (self.lines(name), before.lines(name));
            if typed == before {
                return (name.clone(), now.clone());
            }
            // What is known may be in another order now.
            let moved = typed.iter().map(|line| line.moved(before, now));
            (name.clone(), moved.collect())
        };
        Self {
            fields: now.fields.iter().map(field).collect(),
            lines: now.lines.iter().map(group).collect(),
        }
    }
}

impl LineValues {
    /// The same with its place in what is known now.
    fn moved(&self, before: &[Self], now: &[Self]) -> Self {
        let then = self.from.and_then(|from| before.get(from));
        let place = then.and_then(|then| now.iter().position(|now| now.fields == then.fields));
        Self {
            from: place,
            fields: self.fields.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str, email: &str, held: &[&str]) -> Values {
        let fields = [("name", name.to_owned()), ("email", email.to_owned())];
        let line = |(at, code): (usize, &&str)| LineValues::known(at, &[("code", (*code).into())]);
        Values::of(&fields).with("held", held.iter().enumerate().map(line).collect())
    }

    #[test]
    fn what_is_typed_is_over_what_is_known_now() {
        let before = person("Ada", "ada@contoso.example", &["az-104"]);
        let typed = person("Ada Berg", "ada@contoso.example", &["az-104"]);
        let now = person("Ada", "a@contoso.example", &["az-305", "az-104"]);
        let shown = typed.over(&before, &now);
        let merged = person("Ada Berg", "a@contoso.example", &["az-305", "az-104"]);
        assert_eq!(shown, merged);
    }

    #[test]
    fn lines_that_were_typed_find_their_places_again() {
        let before = person("Ada", "", &["az-104", "az-305"]);
        let mut typed = before.clone();
        typed.lines.insert(
            "held".to_owned(),
            vec![
                LineValues {
                    from: Some(1),
                    fields: named(&[("code", "az-305x".to_owned())]),
                },
                LineValues {
                    from: None,
                    fields: named(&[("code", "new".to_owned())]),
                },
            ],
        );
        let now = person("Ada", "", &["az-305"]);
        let shown = typed.over(&before, &now);
        let places: Vec<_> = shown.lines("held").iter().map(|line| line.from).collect();
        assert_eq!(places, [Some(0), None]);
        let gone = typed.over(&before, &person("Ada", "", &[]));
        assert_eq!(gone.lines("held")[0].from, None, "it is new again");
    }

    #[test]
    fn a_field_of_another_version_is_left_out_and_a_new_one_is_as_known() {
        let before = Values::of(&[("fax", "1".to_owned())]);
        let typed = Values::of(&[("fax", "2".to_owned())]);
        let now = Values::of(&[("name", "Ada".to_owned())]);
        assert_eq!(typed.over(&before, &now), now);
    }

    #[test]
    fn space_around_is_nothing() {
        let typed = Values::of(&[
            ("name", "  ".to_owned()),
            ("day", " 2023-10-31 ".to_owned()),
        ]);
        assert_eq!(typed.optional("name"), None);
        assert_eq!(typed.day("day"), NaiveDate::from_ymd_opt(2023, 10, 31));
        assert_eq!(typed.text("missing"), "");
    }
}
