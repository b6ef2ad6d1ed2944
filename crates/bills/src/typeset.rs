//! Text in lines: shaped, broken, and in its direction.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;

use parley::fontique::FontWeight;
use parley::{
    Alignment, AlignmentOptions, FontContext, FontFamily, Layout, LayoutContext, LineHeight,
    OverflowWrap, StyleProperty,
};

use crate::fonts::{FAMILIES, Fonts};
use crate::style::{Color, Style};

/// Sets texts, and remembers which characters no font has.
pub struct Typesetter {
    fonts: FontContext,
    layouts: LayoutContext<Color>,
    missing: BTreeSet<char>,
}

/// A text that was set.
pub struct Block {
    pub text: String,
    pub layout: Layout<Color>,
}

impl Block {
    /// The height of each line.
    pub fn heights(&self) -> impl Iterator<Item = f32> + '_ {
        self.layout.lines().map(|line| line.metrics().line_height)
    }

    /// The height of all lines.
    pub fn height(&self) -> f32 {
        self.heights().sum()
    }

    /// The width of the widest line.
    pub fn width(&self) -> f32 {
        self.layout.width()
    }
}

impl Typesetter {
    /// With all fonts.
    pub fn new() -> Self {
        Self {
            fonts: Fonts::get().context(),
            layouts: LayoutContext::new(),
            missing: BTreeSet::new(),
        }
    }

    /// Characters of what was set until now that no font has.
    pub fn missing(&self) -> &BTreeSet<char> {
        &self.missing
    }

    /// A text that is as wide as it likes.
    pub fn line(&mut self, text: &str, style: Style) -> Rc<Block> {
        self.spans(&[(text, style)], None)
    }

    /// A text that is broken before it is wider than it may be; within a word where a word is.
    pub fn wrapped(&mut self, text: &str, style: Style, width: f32) -> Rc<Block> {
        self.spans(&[(text, style)], Some(width))
    }

    /// A text of several styles.
    pub fn spans(&mut self, spans: &[(&str, Style)], width: Option<f32>) -> Rc<Block> {
        let text: String = spans.iter().map(|(text, _)| *text).collect();
        let mut builder = (self.layouts).ranged_builder(&mut self.fonts, &text, 1.0, false);
        builder.push_default(FontFamily::List(Cow::Borrowed(&FAMILIES)));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        // A line is never lower than its first style asks for, and never higher for no reason.
        if let Some((_, first)) = spans.first() {
            builder.push_default(StyleProperty::FontSize(first.size));
            let height = LineHeight::Absolute(first.line);
            builder.push_default(StyleProperty::LineHeight(height));
        }
        let mut start = 0;
        for (part, style) in spans {
            let range = start..start + part.len();
            start = range.end;
            let weight = match style.bold {
                true => FontWeight::SEMI_BOLD,
                false => FontWeight::NORMAL,
            };
            for property in [
                StyleProperty::FontSize(style.size),
                StyleProperty::LineHeight(LineHeight::Absolute(style.line)),
                StyleProperty::FontWeight(weight),
                StyleProperty::Brush(style.color),
                StyleProperty::Underline(style.dotted),
            ] {
                builder.push(property, range.clone());
            }
        }
        let mut layout = builder.build(&text);
        layout.break_all_lines(width);
        // Names that are written from right to left still stand at the left: it is where the eye
        // looks for them on a bill.
        layout.align(Alignment::Left, AlignmentOptions::default());
        self.missing.extend(without_glyph(&text, &layout));
        Rc::new(Block { text, layout })
    }
}

/// The characters of a text that became no glyph.
fn without_glyph(text: &str, layout: &Layout<Color>) -> BTreeSet<char> {
    let runs = layout.lines().flat_map(|line| line.runs());
    let clusters = runs.flat_map(|run| run.clusters().collect::<Vec<_>>());
    let odd = clusters.filter(|cluster| cluster.glyphs().any(|glyph| glyph.id == 0));
    let ranges = odd.map(|cluster| cluster.text_range());
    ranges
        .flat_map(|range| within(text, range).chars())
        .collect()
}

/// A part of a text.
pub fn within(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::{BODY, STRONG};

    fn missing(text: &str) -> String {
        let mut set = Typesetter::new();
        set.line(text, BODY);
        set.line(text, STRONG);
        set.missing().iter().collect()
    }

    #[test]
    fn the_usual_scripts_have_glyphs() {
        for text in [
            "Straße Łódź İzmir Þórshöfn Nguyễn €£¥ № ¹ − – · …",
            "Αθήνα Ὀδυσσεύς",
            "Київ Москва Ђорђе Қазақстан",
            "شركة المثال للتجارة ١٢٣",
            "חברת דוגמה בע״מ",
            "株式会社コントソ 東京都千代田区 ﾊﾝｶｸ",
            "微软中国有限公司 北京市朝阳区",
            "주식회사 콘토소 서울특별시",
        ] {
            assert_eq!(missing(text), "", "{text}");
        }
    }

    #[test]
    fn what_no_font_has_is_told() {
        assert_eq!(missing("PO 🦀 ก"), "ก🦀");
        assert_eq!(missing("a b\u{200d}c"), "", "joiners are not seen");
    }

    #[test]
    fn long_words_break_and_right_to_left_keeps_its_width() {
        let mut set = Typesetter::new();
        for text in [
            "W".repeat(300),
            "שלום עולם ".repeat(30),
            "株式会社".repeat(50),
        ] {
            let block = set.wrapped(&text, BODY, 100.0);
            assert!(block.width() <= 100.0, "{text}: {}", block.width());
            assert!(block.height() > 5.0 * BODY.line);
        }
    }
}
