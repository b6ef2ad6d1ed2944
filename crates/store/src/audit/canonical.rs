//! The form of an entry that is hashed, and the hashes. `docs/AUDIT.md` tells it to those who check
//! an export without this program.

use std::fmt::Write;

use serde_json::Value;
use sha2::{Digest, Sha256};

/// SHA-256.
pub type Hash = [u8; 32];

/// What the first link of a chain follows.
pub const FIRST: Hash = [0; 32];

/// JSON without spaces, keys in the order of their code points at every level, and nothing that two
/// programs write differently: a number with a fraction becomes its text.
#[must_use]
pub fn canonical(value: &Value) -> String {
    let mut text = String::new();
    put(&plain(value.clone()), &mut text);
    text
}

/// The same value, with the text of each number that is no integer.
#[must_use]
pub fn plain(value: Value) -> Value {
    match value {
        Value::Number(number) if number.is_f64() => Value::String(number.to_string()),
        Value::Array(items) => items.into_iter().map(plain).collect(),
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| (name, plain(value)));
            Value::Object(fields.collect())
        }
        other => other,
    }
}

fn put(value: &Value, text: &mut String) {
    match value {
        Value::Array(items) => {
            text.push('[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                put(item, text);
            }
            text.push(']');
        }
        Value::Object(fields) => {
            // Their order is not promised: another crate may turn on that of insertion.
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_unstable_by_key(|(name, _)| *name);
            text.push('{');
            for (place, (name, value)) in fields.into_iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                put(&Value::String(name.clone()), text);
                text.push(':');
                put(value, text);
            }
            text.push('}');
        }
        scalar => {
            // Writing to a text does not fail.
            let _ = write!(text, "{scalar}");
        }
    }
}

/// The hash of an entry in its canonical form.
#[must_use]
pub fn of_entry(canonical: &str) -> Hash {
    Sha256::digest(canonical.as_bytes()).into()
}

/// The hash of a link: of the one before it and of its entry.
#[must_use]
pub fn of_link(previous: &Hash, entry: &Hash) -> Hash {
    joined(previous, entry)
}

/// What an entry has in place of a personal value.
#[must_use]
pub fn commitment(salt: &Hash, value: &str) -> Value {
    serde_json::json!({"sha256": hex(&joined(salt, value.as_bytes()))})
}

/// SHA-256 of a hash and what follows it.
pub(super) fn joined(first: &Hash, second: &[u8]) -> Hash {
    Sha256::new()
        .chain_update(first)
        .chain_update(second)
        .finalize()
        .into()
}

/// In 64 hexadecimal signs.
#[must_use]
pub fn hex(hash: &Hash) -> String {
    let mut text = String::with_capacity(64);
    for byte in hash {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The inverse of [`hex`].
#[must_use]
pub fn from_hex(text: &str) -> Option<Hash> {
    let mut hash = [0; 32];
    if text.len() != 64
        || !text
            .bytes()
            .all(|sign| matches!(sign, b'0'..=b'9' | b'a'..=b'f'))
    {
        return None;
    }
    for (place, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * place..2 * place + 2)?, 16).ok()?;
    }
    Some(hash)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_form_does_not_depend_on_order_or_on_how_numbers_are_written() {
        let value = json!({"b": [1, -2, 1.5, null], "a": {"é": "\u{7}\"\\/\u{7f}", "Z": true}});
        let text = r#"{"a":{"Z":true,"é":"\u0007\"\\/DEL"},"b":[1,-2,"1.5",null]}"#;
        let text = &text.replace("DEL", "\u{7f}");
        assert_eq!(canonical(&value), *text);
        let again: Value = serde_json::from_str(text).expect("JSON");
        assert_eq!(canonical(&again), *text);
    }

    #[test]
    fn hashes_are_read_as_they_are_written() {
        let hash = of_entry("{}");
        let text = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
        assert_eq!(hex(&hash), text);
        assert_eq!(from_hex(text), Some(hash));
        for wrong in [
            "",
            "é",
            &text.to_uppercase(),
            &text[1..],
            &text.replace('4', "+"),
        ] {
            assert_eq!(from_hex(wrong), None, "{wrong}");
        }
    }
}
