//! What is typed and not saved, by field name and version of the form: it is there again after
//! another page, after loading the page again and after signing in again, until it is saved or
//! given up.

use serde::{Deserialize, Serialize};

use super::Values;
use crate::api::json;
use crate::drafts;

/// What is kept of a form.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    /// Of the form: what another one kept says nothing.
    version: u32,
    /// What was known when something was typed.
    known: Values,
    /// What was typed.
    typed: Values,
    /// Whether what is known has changed since.
    #[serde(default)]
    changed: bool,
}

/// What a form begins with.
pub struct Begun {
    /// What it shows.
    pub values: Values,
    /// Whether it was typed before.
    pub again: bool,
    /// Whether what is known has changed since.
    pub changed: bool,
}

/// What is shown where this is known now.
pub fn begin(key: &str, version: u32, known: &Values) -> Begun {
    let kept = drafts::get(key).and_then(|kept| json::read::<Kept>(&kept).ok());
    match kept.filter(|kept| kept.version == version) {
        None => Begun {
            values: known.clone(),
            again: false,
            changed: false,
        },
        Some(kept) => Begun {
            values: kept.typed.over(&kept.known, known),
            again: true,
            changed: kept.changed || kept.known != *known,
        },
    }
}

/// Keeps what is typed over what is known, or nothing where that is the same.
pub fn keep(key: &str, version: u32, known: &Values, typed: Values, changed: bool) {
    if typed == *known {
        return drafts::remove(key);
    }
    let kept = Kept {
        version,
        known: known.clone(),
        typed,
        changed,
    };
    if let Some(text) = json::write(&kept) {
        drafts::set(key, &text);
    }
}
