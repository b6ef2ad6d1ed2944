//! Lists that stand where objects must be. Readers of JSON take `["Ada"]` for `{"name": "Ada"}`:
//! values without names, of which one that is left out or moved changes the meaning of the others.

use serde::Serialize;
use serde_json::Value;

use crate::json::step;

/// The place, as a pointer, of the first list in `given` that was read as an object of `read`.
pub fn list_for_object<T: Serialize>(given: &Value, read: &T) -> Option<String> {
    let told = serde_json::to_value(read).ok()?;
    first(given, &told)
}

fn first(given: &Value, told: &Value) -> Option<String> {
    match (given, told) {
        (Value::Array(_), Value::Object(_)) => Some(String::new()),
        (Value::Array(given), Value::Array(told)) => {
            let mut pairs = given.iter().zip(told).enumerate();
            pairs
                .find_map(|(place, (given, told))| Some(format!("/{place}{}", first(given, told)?)))
        }
        (Value::Object(given), Value::Object(told)) => given
            .iter()
            .find_map(|(name, given)| Some(step(name) + &first(given, told.get(name)?)?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use membership_domain::Evidence;

    use super::*;

    fn place(text: &str) -> Option<String> {
        let given: Value = serde_json::from_str(text).expect("JSON");
        let read: Evidence = serde_json::from_str(text).expect("read as evidence all the same");
        list_for_object(&given, &read)
    }

    #[test]
    fn lists_are_told_from_objects_at_any_depth() {
        assert_eq!(place(r#"[{"name": "Contoso"}]"#).as_deref(), Some(""));
        assert_eq!(
            place(r#"{"profile": ["Contoso"]}"#).as_deref(),
            Some("/profile")
        );
        let text =
            r#"{"people": [{"id": "a", "name": "Ada"}, ["b", "Ben", null, null, null, []]]}"#;
        assert_eq!(place(text).as_deref(), Some("/people/1"));
        let text = r#"{"people": [{"id": "a", "name": "Ada", "certificates":
            [["az-104", "2023-05-31", null, null, null]]}]}"#;
        assert_eq!(place(text).as_deref(), Some("/people/0/certificates/0"));
        assert_eq!(
            place(r#"{"people": [{"id": "a", "name": "Ada", "email": null}]}"#),
            None
        );
    }
}
