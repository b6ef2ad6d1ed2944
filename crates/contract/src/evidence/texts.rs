//! Texts by number: an id that stands in a thousand rows is written once.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde::{Deserialize, Serialize};

/// The place of a text in the list of all.
#[derive(Serialize, Deserialize)]
pub(super) struct Text(u32);

/// Texts in the order in which they were first needed.
#[derive(Default)]
pub(super) struct Texts<'a> {
    places: HashMap<&'a str, u32>,
    list: Vec<&'a str>,
}

impl<'a> Texts<'a> {
    pub fn place(&mut self, text: &'a str) -> Text {
        let place = match self.places.entry(text) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(new) => {
                // There is no memory for four billion texts.
                let place = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
                self.list.push(text);
                *new.insert(place)
            }
        };
        Text(place)
    }

    pub fn maybe(&mut self, text: Option<&'a str>) -> Option<Text> {
        text.map(|text| self.place(text))
    }

    pub fn into_list(self) -> Vec<&'a str> {
        self.list
    }
}

impl Text {
    /// The text, if there is one at the place.
    pub fn of(self, texts: &[&str]) -> Option<String> {
        let text = texts.get(usize::try_from(self.0).ok()?)?;
        Some((*text).to_owned())
    }

    /// The same where it may be absent; whether the one that is there can be.
    #[expect(
        clippy::option_option,
        reason = "absent, and not to be found, are two things"
    )]
    pub fn maybe(text: Option<Self>, texts: &[&str]) -> Option<Option<String>> {
        text.map_or(Some(None), |text| text.of(texts).map(Some))
    }
}
