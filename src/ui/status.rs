//! What stands in the columns of a table beside words: a state, a part of a whole, and facts.

use leptos::prelude::*;

use super::small_icon;
use crate::format;

/// What a state means. The normal case is the quietest; only an exception has color.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// As it should be.
    Normal,
    /// Nothing to see: the word alone.
    None,
    /// Under way, or over without harm.
    Open,
    /// Reached.
    Good,
    /// Near its end.
    Soon,
    /// Something is missing.
    Warn,
}

impl Mark {
    /// Its icon and its class in the styles.
    fn look(self) -> (&'static str, &'static str) {
        match self {
            Self::Normal => ("check", "status"),
            Self::None => ("", "status bare"),
            Self::Open => ("ring", "status"),
            Self::Good => ("met", "status good"),
            Self::Soon => ("clock", "status warn"),
            Self::Warn => ("warning", "status warn"),
        }
    }
}

/// A state: a glyph and a word, in the same place of every row, so that no length of a name moves
/// them.
pub fn status(mark: Mark, label: impl Into<String>) -> AnyView {
    let (icon, class) = mark.look();
    view! {
        <span class=class>
            {(!icon.is_empty()).then(|| small_icon(icon))}
            <span>{label.into()}</span>
        </span>
    }
    .into_any()
}

/// So many of so many: the part counts, the whole is gray.
pub fn of(part: i64, whole: i64) -> AnyView {
    let whole = format!(" / {}", format::number(whole));
    view! {
        {format::number(part)}
        <span class="muted">{whole}</span>
    }
    .into_any()
}

/// Names and what they say, one line each.
pub fn facts(all: Vec<(&'static str, AnyView)>) -> AnyView {
    let fact = |(name, says): (&'static str, AnyView)| {
        view! {
            <dt>{name}</dt>
            <dd>{says}</dd>
        }
    };
    view! { <dl class="facts tight">{all.into_iter().map(fact).collect_view()}</dl> }.into_any()
}
