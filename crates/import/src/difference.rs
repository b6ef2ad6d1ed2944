//! What a line changes: the fields of a row that are others than before.

use membership_domain::text::shown;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A field of a row that is another than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ImportDifference))]
pub struct Difference {
    /// The field, as evidence has it as JSON: `revenue_cents`.
    pub field: String,
    /// What it was, shortened; nothing where it was not known. Of a list, how many it had.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub before: String,
    /// What it is then.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub after: String,
}

/// So many fields are named of a row.
const NAMED: usize = 4;

/// Where the value is from says nothing about it.
const SOURCE: &str = "source";

impl Difference {
    /// The first fields that two states of a row differ in.
    pub(crate) fn between<R: Serialize>(before: &R, after: &R) -> Vec<Self> {
        let (Ok(Value::Object(before)), Ok(Value::Object(after))) =
            (serde_json::to_value(before), serde_json::to_value(after))
        else {
            return Vec::new();
        };
        let gone = before.keys().filter(|field| !after.contains_key(*field));
        let fields = after.keys().chain(gone).filter(|field| *field != SOURCE);
        fields
            .filter(|field| before.get(*field) != after.get(*field))
            .take(NAMED)
            .map(|field| Self {
                field: field.clone(),
                before: told(before.get(field)),
                after: told(after.get(field)),
            })
            .collect()
    }
}

fn told(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => shown(text),
        Some(Value::Array(items)) => items.len().to_string(),
        Some(other) => shown(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_told_and_never_where_it_is_from() {
        #[derive(Serialize)]
        struct Row {
            name: &'static str,
            seats: u8,
            #[serde(skip_serializing_if = "Option::is_none")]
            left: Option<&'static str>,
            held: Vec<u8>,
            source: &'static str,
        }
        let before = Row {
            name: "Ada",
            seats: 1,
            left: None,
            held: vec![1],
            source: "a",
        };
        let after = Row {
            name: "Ada",
            seats: 2,
            left: Some("today"),
            held: vec![1, 2],
            source: "b",
        };
        let told = |one: &Row, other: &Row| -> Vec<(String, String, String)> {
            let all = Difference::between(one, other).into_iter();
            all.map(|one| (one.field, one.before, one.after)).collect()
        };
        let is = |field: &str, before: &str, after: &str| {
            (field.to_owned(), before.to_owned(), after.to_owned())
        };
        assert_eq!(
            told(&before, &after),
            [
                is("held", "1", "2"),
                is("left", "", "today"),
                is("seats", "1", "2")
            ]
        );
        assert_eq!(told(&after, &before)[2], is("left", "today", ""));
        assert_eq!(told(&after, &after), []);
    }
}
