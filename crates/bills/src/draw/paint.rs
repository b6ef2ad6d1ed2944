//! Colors, boxes, rules and dots.

use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, Stroke, StrokeDash};
use krilla::surface::Surface;

use crate::style::{Color, RADIUS};

/// A color as the PDF has it.
fn ink(color: Color) -> rgb::Color {
    rgb::Color::new(color.0, color.1, color.2)
}

/// A color to fill with.
pub fn fill(color: Color) -> Fill {
    Fill {
        paint: ink(color).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::NonZero,
    }
}

fn stroke(color: Color, dash: Option<StrokeDash>) -> Stroke {
    Stroke {
        paint: ink(color).into(),
        width: 0.75,
        dash,
        ..Stroke::default()
    }
}

/// A rule.
pub fn rule(surface: &mut Surface, at: (f32, f32), size: (f32, f32), color: Color) {
    let mut path = PathBuilder::new();
    if let Some(rect) = Rect::from_xywh(at.0, at.1, size.0, size.1) {
        path.push_rect(rect);
    }
    surface.set_fill(Some(fill(color)));
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}

/// A box with round corners: filled, or only its edge.
pub fn boxed(surface: &mut Surface, at: (f32, f32), size: (f32, f32), color: Color, filled: bool) {
    // How far along an edge a curve's handle is for the curve to be a quarter of a circle.
    const ROUND: f32 = 0.447_7;
    let ((left, top), (right, bottom)) = (at, (at.0 + size.0, at.1 + size.1));
    let (all, some) = (RADIUS, RADIUS * ROUND);
    let mut path = PathBuilder::new();
    path.move_to(left + all, top);
    path.line_to(right - all, top);
    path.cubic_to(right - some, top, right, top + some, right, top + all);
    path.line_to(right, bottom - all);
    path.cubic_to(
        right,
        bottom - some,
        right - some,
        bottom,
        right - all,
        bottom,
    );
    path.line_to(left + all, bottom);
    path.cubic_to(left + some, bottom, left, bottom - some, left, bottom - all);
    path.line_to(left, top + all);
    path.cubic_to(left, top + some, left + some, top, left + all, top);
    path.close();
    surface.set_fill(filled.then(|| fill(color)));
    surface.set_stroke((!filled).then(|| stroke(color, None)));
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
    surface.set_stroke(None);
}

/// Dots below a text.
pub fn dots(surface: &mut Surface, from: Point, width: f32, color: Color) {
    let dash = StrokeDash {
        array: vec![0.75, 1.5],
        offset: 0.0,
    };
    let mut path = PathBuilder::new();
    path.move_to(from.x, from.y);
    path.line_to(from.x + width, from.y);
    surface.set_fill(None);
    surface.set_stroke(Some(stroke(color, Some(dash))));
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
    surface.set_stroke(None);
}
