//! Draws a line of text: glyphs where they were set, and the letters that they stand for.

use krilla::geom::Point;
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use parley::{Cluster, Run};

use super::paint::{dots, fill};
use crate::fonts::Fonts;
use crate::style::Color;
use crate::typeset::{Block, within};

/// Glyphs of one font, size and style, with the text that is found when somebody copies them.
struct Piece {
    style: u16,
    start: f32,
    text: String,
    glyphs: Vec<KrillaGlyph>,
}

/// Draws a line whose upper edge is at a height; nothing where it cannot be drawn.
pub fn line(surface: &mut Surface, block: &Block, index: usize, x: f32, y: f32) -> Option<()> {
    let line = block.layout.get(index)?;
    let metrics = line.metrics();
    // The block's own lines above it are elsewhere, maybe on another page.
    let baseline = y + metrics.baseline - metrics.block_min_coord;
    let mut x = x + metrics.offset;
    for run in line.runs() {
        let font = Fonts::get().drawn(run.font().data.id())?;
        for piece in pieces(&run, &block.text, &mut x) {
            draw(surface, block, &piece, &font, run.font_size(), baseline, x);
        }
    }
    Some(())
}

/// The glyphs of a run from the left to the right.
fn pieces(run: &Run<'_, Color>, text: &str, x: &mut f32) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    // Letters without a glyph of their own belong to the one before, which from right to left is
    // the next that comes.
    let mut waiting = String::new();
    for cluster in run.visual_clusters() {
        let letters = within(text, cluster.text_range());
        if cluster.is_ligature_continuation() {
            if run.is_rtl() {
                waiting.insert_str(0, letters);
            } else if let Some(piece) = pieces.last_mut() {
                piece.more(letters);
            }
            continue;
        }
        let style = cluster.style_index();
        if pieces.last().is_none_or(|piece| piece.style != style) {
            pieces.push(Piece {
                style,
                start: *x,
                text: String::new(),
                glyphs: Vec::new(),
            });
        }
        if let Some(piece) = pieces.last_mut() {
            *x += glyphs(piece, &cluster, letters, run.font_size());
            piece.more(&std::mem::take(&mut waiting));
        }
    }
    pieces
}

impl Piece {
    /// Letters that the last glyph stands for, too.
    fn more(&mut self, letters: &str) {
        let before = self.text.len();
        push(&mut self.text, letters);
        let end = self.text.len();
        let last = self.glyphs.iter_mut().rev();
        for glyph in last.take_while(|glyph| glyph.text_range.end == before) {
            glyph.text_range.end = end;
        }
    }
}

/// Adds a cluster; how wide it is.
fn glyphs(piece: &mut Piece, cluster: &Cluster<'_, Color>, letters: &str, size: f32) -> f32 {
    let start = piece.text.len();
    push(&mut piece.text, letters);
    let mut width = 0.0;
    for glyph in cluster.glyphs() {
        piece.glyphs.push(KrillaGlyph::new(
            GlyphId::new(glyph.id),
            glyph.advance / size,
            glyph.x / size,
            // Up here, and down there.
            -glyph.y / size,
            0.0,
            start..piece.text.len(),
            None,
        ));
        width += glyph.advance;
    }
    width
}

/// Spaces that keep a line together are plain ones to those who copy it into a banking form.
fn push(text: &mut String, letters: &str) {
    text.extend(letters.chars().map(|c| match c {
        '\u{a0}' => ' ',
        c => c,
    }));
}

fn draw(
    surface: &mut Surface,
    block: &Block,
    piece: &Piece,
    font: &Font,
    size: f32,
    baseline: f32,
    end: f32,
) {
    let Some(style) = block.layout.styles().get(usize::from(piece.style)) else {
        return;
    };
    let start = Point::from_xy(piece.start, baseline);
    surface.set_fill(Some(fill(style.brush)));
    let (glyphs, text) = (&piece.glyphs, &piece.text);
    surface.draw_glyphs(start, glyphs, font.clone(), text, size, false);
    if style.underline.is_some() {
        let below = Point::from_xy(piece.start, baseline + 2.0);
        dots(surface, below, end - piece.start, style.brush);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::BODY;
    use crate::typeset::Typesetter;

    /// The text of each glyph, and how far it is raised.
    fn glyphs_of(text: &str) -> Vec<(String, f32)> {
        let block = Typesetter::new().line(text, BODY);
        let line = block.layout.get(0).expect("a line");
        let runs = line.runs();
        let pieces = runs.flat_map(|run| pieces(&run, &block.text, &mut 0.0));
        let glyphs = pieces.flat_map(|piece| {
            let text = piece.text;
            let glyphs = piece.glyphs.into_iter();
            glyphs.map(move |glyph| (text[glyph.text_range].to_owned(), glyph.y_offset))
        });
        glyphs.collect()
    }

    #[test]
    fn marks_are_raised_and_not_lowered() {
        let found = glyphs_of("Q\u{307}");
        assert_eq!(found.len(), 2);
        assert!(found[1].1 > 0.1, "{found:?}");
    }

    #[test]
    fn each_glyph_stands_for_its_letters_in_both_directions() {
        let texts = |text| glyphs_of(text).into_iter().map(|(text, _)| text);
        assert!(texts("PO\u{a0}1").eq(["P", "O", " ", "1"]));
        assert!(texts("שלום").eq(["ם", "ו", "ל", "ש"]));
        let arabic: Vec<String> = texts("سلام لله").collect();
        let letters: String = arabic.concat();
        for letter in "سلام لله".chars() {
            let count = |text: &str| text.matches(letter).count();
            assert_eq!(count(&letters), count("سلام لله"), "{arabic:?}");
        }
    }
}
