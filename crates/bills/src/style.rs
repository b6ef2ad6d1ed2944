//! Sizes, colors and distances: those of the sketch, in points.

/// A4.
pub const PAGE: (f32, f32) = (595.28, 841.89);
pub const LEFT: f32 = 45.0;
pub const RIGHT: f32 = PAGE.0 - LEFT;
pub const TOP: f32 = 42.0;
/// Where the content of a page ends.
pub const BOTTOM: f32 = FOOT - 14.0;
/// The rule above the foot.
pub const FOOT: f32 = PAGE.1 - 48.0;
pub const WIDTH: f32 = RIGHT - LEFT;
/// Between the parts of a bill.
pub const GAP: f32 = 20.0;
/// Above and below what stands in a row, and beside it.
pub const PAD: f32 = 4.5;
pub const COLUMN: f32 = 12.0;
/// Between a box and what is in it.
pub const INSIDE: (f32, f32) = (9.0, 7.0);
/// Of a box's corners.
pub const RADIUS: f32 = 3.0;
/// How wide the sums are.
pub const TOTALS: f32 = 232.0;

/// A color, as its parts of red, green and blue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Color(pub u8, pub u8, pub u8);

pub const INK: Color = Color(0x24, 0x24, 0x24);
/// Gray that can still be read: 6 to 1 on white.
pub const GRAY: Color = Color(0x61, 0x61, 0x61);
pub const HAIR: Color = Color(0xd1, 0xd1, 0xd1);
pub const SOFT: Color = Color(0xf5, 0xf5, 0xf5);

pub const THIN: f32 = 0.75;
pub const THICK: f32 = 1.5;

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    pub size: f32,
    /// From one line to the next.
    pub line: f32,
    pub bold: bool,
    pub color: Color,
    /// Underlined with dots, as what is a sample.
    pub dotted: bool,
}

pub const BODY: Style = Style {
    size: 9.0,
    line: 12.75,
    bold: false,
    color: INK,
    dotted: false,
};
pub const STRONG: Style = Style { bold: true, ..BODY };
pub const LABEL: Style = Style {
    color: GRAY,
    ..BODY
};
pub const SMALL: Style = Style {
    size: 8.0,
    line: 11.25,
    color: GRAY,
    ..BODY
};
pub const SAMPLE: Style = Style {
    dotted: true,
    ..SMALL
};
pub const HEAD: Style = Style {
    bold: true,
    ..SMALL
};
pub const TITLE: Style = Style {
    size: 17.0,
    line: 20.0,
    bold: true,
    ..BODY
};
pub const SUM: Style = Style {
    size: 10.5,
    line: 14.0,
    bold: true,
    ..BODY
};
pub const LARGE: Style = Style {
    size: 11.5,
    line: 15.5,
    bold: true,
    ..BODY
};
