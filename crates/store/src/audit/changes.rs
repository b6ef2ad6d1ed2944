//! What an entry says about fields: each before and after.

use membership_domain::Id;
use serde_json::{Map, Value};

/// One field of what was changed.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldChange {
    /// Its name; within another one with a dot before it: `contact.email`.
    pub field: String,
    /// Null where it was not there.
    pub before: Value,
    /// Null where it is not there any more.
    pub after: Value,
    /// Whose it is, where it is a value of a person.
    pub personal: Option<Whose>,
}

/// Whose a personal value is: what [`super::erase`] finds it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whose(pub(super) Option<String>);

impl Whose {
    /// Of somebody with an id: a user, or an invitation of somebody who is none yet.
    #[must_use]
    pub fn of<T>(id: Id<T>) -> Self {
        Self(Some(id.to_string()))
    }

    /// Of somebody without one, such as the contact of a company.
    #[must_use]
    pub const fn somebody() -> Self {
        Self(None)
    }
}

impl FieldChange {
    /// A field that is nobody's.
    pub fn of(field: &str, before: impl Into<Value>, after: impl Into<Value>) -> Self {
        Self {
            field: field.to_owned(),
            before: before.into(),
            after: after.into(),
            personal: None,
        }
    }

    /// The same of a person: the value is kept where it can be erased.
    #[must_use]
    pub fn personal(self, whose: &Whose) -> Self {
        Self {
            personal: Some(whose.clone()),
            ..self
        }
    }
}

/// The fields in which two objects differ, by name. Null has no fields; an object within is looked
/// into. Names in `personal`, and what is within them, are personal values of `whose`.
#[must_use]
pub fn difference(
    before: &Value,
    after: &Value,
    personal: &[&str],
    whose: &Whose,
) -> Vec<FieldChange> {
    let mut found = Vec::new();
    within("", before, after, &mut found);
    for change in &mut found {
        let name = &change.field;
        let outer = name.split_once('.').map_or(&**name, |(outer, _)| outer);
        if personal.contains(&outer) || personal.contains(&&**name) {
            change.personal = Some(whose.clone());
        }
    }
    found
}

fn within(path: &str, before: &Value, after: &Value, found: &mut Vec<FieldChange>) {
    let none = Map::new();
    let (old, new) = match (before, after) {
        (Value::Object(old), Value::Object(new)) => (old, new),
        (Value::Object(old), Value::Null) => (old, &none),
        (Value::Null, Value::Object(new)) => (&none, new),
        _ => {
            if before != after {
                found.push(FieldChange::of(path, before.clone(), after.clone()));
            }
            return;
        }
    };
    let mut names: Vec<&String> = old.keys().chain(new.keys()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let path = match path {
            "" => name.clone(),
            outer => format!("{outer}.{name}"),
        };
        let value = |of: &Map<String, Value>| of.get(name).cloned().unwrap_or_default();
        within(&path, &value(old), &value(new), found);
    }
}

#[cfg(test)]
mod tests {
    use membership_domain::id::UserId;
    use serde_json::json;

    use super::*;

    #[test]
    fn what_differs_is_named_with_both_values() {
        let before = json!({"name": "Contoso", "country": "US", "contact": null});
        let contact = json!({"name": "Ines", "phone": null});
        let after = json!({"name": "Contoso", "country": "PT", "contact": contact});
        let whose = Whose::of(UserId::from_u128(1));
        let found = difference(&before, &after, &["contact"], &whose);
        let expected = [
            FieldChange::of("contact.name", Value::Null, "Ines").personal(&whose),
            FieldChange::of("country", "US", "PT"),
        ];
        assert_eq!(found, expected);
        assert!(difference(&after, &after, &[], &whose).is_empty());
    }

    #[test]
    fn what_comes_or_goes_has_all_its_fields() {
        let one = json!({"name": "Porto", "roles": ["a", "b"]});
        let whose = Whose::somebody();
        let gone = difference(&one, &Value::Null, &["name"], &whose);
        let expected = [
            FieldChange::of("name", "Porto", Value::Null).personal(&whose),
            FieldChange::of("roles", json!(["a", "b"]), Value::Null),
        ];
        assert_eq!(gone, expected);
        let come = difference(&Value::Null, &one, &[], &whose);
        assert!(
            come.iter()
                .all(|one| one.before.is_null() && one.personal.is_none())
        );
    }
}
