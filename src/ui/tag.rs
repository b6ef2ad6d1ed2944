//! A word that marks a thing. The word says it; the color only helps.

use leptos::prelude::*;

use super::icon;
use crate::text;

/// What a mark or a note means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing to do.
    #[default]
    Quiet,
    /// For information.
    Info,
    /// Reached.
    Good,
    /// Short of something, or soon over.
    Warn,
    /// Refused, over or broken.
    Bad,
}

impl Tone {
    /// Its class in the styles.
    pub fn class(self) -> &'static str {
        match self {
            Self::Quiet => "quiet",
            Self::Info => "info",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }

    /// Its icon in the sprite.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Quiet | Self::Info => "info",
            Self::Good => "met",
            Self::Warn => "warning",
            Self::Bad => "unmet",
        }
    }
}

/// A mark.
pub fn tag(tone: Tone, label: impl Into<String>) -> AnyView {
    let mark = (tone != Tone::Quiet && tone != Tone::Info).then(|| icon(tone.icon()));
    view! {
        <span class=format!("tag {}", tone.class())>
            {mark}
            {label.into()}
        </span>
    }
    .into_any()
}

/// How sure a value is, in small beside it, and why in full for who asks.
pub fn honest(word: &'static str, why: &'static str) -> AnyView {
    view! {
        <span class="honest" title=why>
            {word}
        </span>
    }
    .into_any()
}

/// The mark of a value that no source fixes.
pub fn sample() -> AnyView {
    honest(text::catalog::SAMPLE, text::catalog::SAMPLE_WHY)
}
