//! A part of a document that is understood when it is first needed.
//!
//! Whoever reads a document carries the code that understands all of it, and a browser has to
//! download that code. A part in [`Later`] is only kept as what it is made of; the code that
//! understands it is where it is used.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::OnceLock;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// A value that is understood when it is first needed: it is used like the value itself.
///
/// One that was read from elsewhere may turn out to be malformed then: it is the default one, and
/// [`Later::fault`] says why. What is made with [`Later::new`] is never malformed.
#[derive(Clone)]
pub struct Later<T> {
    /// As it was read; nothing of what was made here.
    written: Option<Value>,
    known: OnceLock<Known<T>>,
}

#[derive(Clone, Default, PartialEq, Eq)]
struct Known<T> {
    value: T,
    fault: Option<String>,
}

impl<T> Later<T> {
    /// One that is understood already.
    pub fn new(value: T) -> Self {
        Self {
            written: None,
            known: OnceLock::from(Known { value, fault: None }),
        }
    }
}

impl<T: DeserializeOwned + Default> Later<T> {
    fn known(&self) -> &Known<T> {
        self.known.get_or_init(|| {
            let read = self.written.as_ref().map(T::deserialize);
            read.map_or_else(Known::default, |read| match read {
                Ok(value) => Known { value, fault: None },
                Err(error) => Known {
                    value: T::default(),
                    fault: Some(error.to_string()),
                },
            })
        })
    }

    /// Why it is not what it should be, where it is not.
    pub fn fault(&self) -> Option<&str> {
        self.known().fault.as_deref()
    }
}

impl<T: DeserializeOwned + Default> Deref for Later<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.known().value
    }
}

impl<T: DeserializeOwned + Default> DerefMut for Later<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.known();
        match self.known.get_mut() {
            Some(known) => &mut known.value,
            None => unreachable!("it was understood right now"),
        }
    }
}

impl<T: Default> Default for Later<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: DeserializeOwned + Default + PartialEq> PartialEq for Later<T> {
    fn eq(&self, other: &Self) -> bool {
        self.known() == other.known()
    }
}

impl<T: DeserializeOwned + Default + Eq> Eq for Later<T> {}

impl<T: DeserializeOwned + Default + fmt::Debug> fmt::Debug for Later<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: DeserializeOwned + Default + Serialize> Serialize for Later<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.fault() {
            Some(fault) => Err(serde::ser::Error::custom(fault)),
            None => (**self).serialize(serializer),
        }
    }
}

impl<'de, T> Deserialize<'de> for Later<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self {
            written: Some(Value::deserialize(deserializer)?),
            known: OnceLock::new(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Part {
        name: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
        counts: Vec<u32>,
        kinds: Vec<Kind>,
        #[serde(default)]
        deep: Vec<Part>,
        on: bool,
    }

    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        OfOne,
        OfTwo,
    }

    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
    struct Whole {
        part: Later<Part>,
        after: u8,
    }

    const TEXT: &str = r#"{"part":{"name":"a","note":null,"counts":[1,4294967295],
        "kinds":["of_two","of_one"],
        "deep":[{"name":"b","note":"c","counts":[],"kinds":[],"on":false}],"on":true},"after":7}"#;

    fn part() -> Part {
        Part {
            name: "a".to_owned(),
            counts: vec![1, u32::MAX],
            kinds: vec![Kind::OfTwo, Kind::OfOne],
            deep: vec![Part {
                name: "b".to_owned(),
                note: Some("c".to_owned()),
                ..Part::default()
            }],
            on: true,
            ..Part::default()
        }
    }

    #[test]
    fn it_is_what_was_written_and_is_written_as_ever() {
        let read: Whole = serde_json::from_str(TEXT).expect("read");
        assert_eq!((&*read.part, read.after), (&part(), 7));
        assert_eq!(read.part.fault(), None);
        let made = Whole {
            part: Later::new(part()),
            after: 7,
        };
        assert_eq!(read, made);
        let json = |it: &Whole| serde_json::to_string(it).expect("written");
        assert_eq!(json(&read), json(&made));
        let plain = serde_json::to_string(&part()).expect("written");
        assert_eq!(json(&made), format!(r#"{{"part":{plain},"after":7}}"#));
    }

    #[test]
    fn it_can_be_changed_before_it_was_looked_at() {
        let mut read: Whole = serde_json::from_str(TEXT).expect("read");
        read.part.counts.clear();
        assert_eq!(read.part.name, "a");
        assert!(read.part.counts.is_empty() && !read.clone().part.kinds.is_empty());
    }

    #[test]
    fn a_malformed_one_says_so_and_is_nothing() {
        for (right, wrong, why) in [
            ("\"on\":true", "\"on\":1", "invalid type"),
            ("\"on\":true", "\"off\":true", "unknown field `off`"),
            (",\"on\":true", "", "missing field `on`"),
            ("of_two", "of_three", "unknown variant"),
            ("\"of_two\"", "{\"of_two\":1}", "invalid type"),
            ("4294967295", "1.5", "invalid type"),
            ("4294967295", "4294967296", "invalid value"),
            ("[1,", "[-1,", "invalid value"),
        ] {
            let read: Whole = serde_json::from_str(&TEXT.replace(right, wrong)).expect(wrong);
            let fault = read.part.fault().unwrap_or_default();
            assert!(fault.contains(why), "{wrong}: {fault}");
            assert_eq!(*read.part, Part::default());
            assert!(serde_json::to_string(&read).is_err(), "{wrong} is not lost");
        }
    }
}
