//! The fonts that bills are set in. They are in the program, and each is read once.
//!
//! Noto Sans has Latin, Greek and Cyrillic letters. Others are taken where it has none: Arabic and
//! Hebrew, kana, and the usual Chinese and Korean characters (`fonts/subset.py` says which). What
//! none of them has is a fault, and never a box on paper.

use std::sync::{Arc, LazyLock};

use krilla::text::Font;
use parley::fontique::{
    Blob, Collection, CollectionOptions, FontInfoOverride, FontWeight, SourceCache,
};
use parley::{FontContext, FontFamilyName};

/// A file, the name that it is asked for by, and its weight.
struct Face(&'static [u8], &'static str, FontWeight);

const FACES: [Face; 6] = [
    Face(
        include_bytes!("../fonts/NotoSans-Regular.ttf"),
        "Sans",
        FontWeight::NORMAL,
    ),
    Face(
        include_bytes!("../fonts/NotoSans-SemiBold.ttf"),
        "Sans",
        FontWeight::SEMI_BOLD,
    ),
    Face(
        include_bytes!("../fonts/NotoSansArabic-Regular.ttf"),
        "Arabic",
        FontWeight::NORMAL,
    ),
    Face(
        include_bytes!("../fonts/NotoSansHebrew-Regular.ttf"),
        "Hebrew",
        FontWeight::NORMAL,
    ),
    Face(
        include_bytes!("../fonts/NotoSansSC-Regular.ttf"),
        "Han",
        FontWeight::NORMAL,
    ),
    Face(
        include_bytes!("../fonts/NotoSansKR-Regular.ttf"),
        "Hangul",
        FontWeight::NORMAL,
    ),
];

/// In which order fonts are asked for a character.
pub const FAMILIES: [FontFamilyName<'static>; 5] = [
    FontFamilyName::named("Sans"),
    FontFamilyName::named("Arabic"),
    FontFamilyName::named("Hebrew"),
    FontFamilyName::named("Han"),
    FontFamilyName::named("Hangul"),
];

/// All fonts: for setting text, and for drawing it.
pub struct Fonts {
    context: FontContext,
    drawn: Vec<(u64, Font)>,
}

static FONTS: LazyLock<Fonts> = LazyLock::new(Fonts::read);

impl Fonts {
    /// The fonts, read when they are first wanted.
    pub fn get() -> &'static Self {
        &FONTS
    }

    fn read() -> Self {
        let mut collection = Collection::new(CollectionOptions {
            shared: false,
            system_fonts: false,
        });
        let mut drawn = Vec::new();
        for Face(bytes, name, weight) in FACES {
            let blob = Blob::new(Arc::new(bytes));
            let id = blob.id();
            let names = FontInfoOverride {
                family_name: Some(name),
                weight: Some(weight),
                ..FontInfoOverride::default()
            };
            collection.register_fonts(blob, Some(names));
            let font = Font::new(bytes.into(), 0);
            drawn.extend(font.map(|font| (id, font)));
        }
        let context = FontContext {
            collection,
            source_cache: SourceCache::default(),
        };
        Self { context, drawn }
    }

    /// The fonts for setting text.
    pub fn context(&self) -> FontContext {
        self.context.clone()
    }

    /// The font for drawing that was set with an id.
    pub fn drawn(&self, id: u64) -> Option<Font> {
        let found = self.drawn.iter().find(|(known, _)| *known == id);
        found.map(|(_, font)| font.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_is_a_font_and_all_are_small() {
        assert_eq!(Fonts::get().drawn.len(), FACES.len());
        let size: usize = FACES.iter().map(|face| face.0.len()).sum();
        assert!(size < 3_000_000, "{size} bytes");
    }
}
