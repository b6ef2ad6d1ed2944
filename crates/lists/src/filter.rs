//! What rows must fulfill, one thing at a time: pages of different queries share what was found.

use std::collections::BTreeSet;

use membership_domain::assess::Basis;
use membership_domain::evidence::Authority;
use membership_domain::text::folded;

use crate::query::{Query, State};

/// One thing that rows must fulfill.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Filter {
    /// Says a word, folded, somewhere.
    Word(String),
    /// Stands so by itself.
    State(State),
    /// Somebody says it, or something of it.
    Said(Authority),
    /// Counts, or does not, or is looked at.
    Counts(Counts),
}

/// Where and how a row must count.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Counts {
    /// See [`Query::area`].
    pub area: Option<String>,
    /// See [`Query::metric`].
    pub metric: Option<String>,
    /// Whether it must; either way, if it is absent.
    pub wanted: Option<bool>,
    /// In decisions, rather than with what was entered.
    pub decision: bool,
}

impl Filter {
    /// All that a query asks for, each once.
    pub fn of(query: &Query) -> Vec<Self> {
        // Whoever repeats a word looks for it once.
        let words: BTreeSet<String> = query.search.split_whitespace().map(folded).collect();
        let mut all: Vec<Self> = words.into_iter().map(Self::Word).collect();
        all.extend(query.state.map(Self::State));
        all.extend(query.authority.map(Self::Said));
        if query.counts.is_some() || query.metric.is_some() {
            all.push(Self::Counts(Counts {
                area: query.area.clone(),
                metric: query.metric.clone(),
                wanted: query.counts,
                decision: query.basis == Some(Basis::Decision),
            }));
        }
        all
    }
}

impl Counts {
    /// Whether a row will do that counts, or does not, or is not looked at.
    pub fn takes(&self, counts: Option<bool>) -> bool {
        let looked_at = self.metric.is_none() || counts.is_some();
        looked_at
            && self
                .wanted
                .is_none_or(|wanted| counts.unwrap_or_default() == wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_repeated_is_looked_for_once_and_an_area_alone_asks_for_nothing() {
        let query = Query {
            search: " Ada ADA ada berg".to_owned(),
            area: Some("infrastructure".to_owned()),
            ..Query::default()
        };
        let words = ["ada", "berg"].map(|word| Filter::Word(word.to_owned()));
        assert_eq!(Filter::of(&query), words);
        assert_eq!(Filter::of(&Query::default()), []);
    }
}
