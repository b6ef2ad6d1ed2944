//! The head of a bill: what it is, who sells, who buys, and the facts.

use std::rc::Rc;

use crate::content::{Content, Named};
use crate::sheet::{Of, Part, Role, Sheet, Spot};
use crate::style::{
    BODY, COLUMN, GAP, INK, LABEL, LEFT, RIGHT, SAMPLE, SMALL, STRONG, THICK, TITLE, WIDTH,
};
use crate::typeset::{Block, Typesetter};
use crate::words;

/// The title takes less than the seller, whose address is long.
const TITLE_WIDTH: f32 = 190.0;
/// The facts take as much as this at most, and so do those who buy.
const HALF: f32 = (WIDTH - GAP) / 2.0;

/// Title and number at the left, the seller at the right, a rule below.
pub fn title(sheet: &mut Sheet, set: &mut Typesetter, content: &Content, at: Spot) -> Spot {
    sheet.places.push((content.title, at));
    let part = sheet.part(Role::Title(content.title), None);
    let block = set.wrapped(content.title, TITLE, TITLE_WIDTH);
    let spot = sheet.text(at, LEFT, &block, Of::Part(part));
    let part = sheet.part(Role::Paragraph, None);
    let block = set.wrapped(&content.number, BODY, TITLE_WIDTH);
    let left = sheet.text(spot, LEFT, &block, Of::Part(part));

    let width = WIDTH - TITLE_WIDTH - GAP;
    let part = sheet.part(Role::Paragraph, None);
    let mut name = vec![(content.seller.name.as_str(), STRONG)];
    if content.sample {
        name.extend([(" ", SMALL), (words::SAMPLE, SAMPLE)]);
    }
    let block = set.spans(&name, Some(width));
    // The name begins a little lower, so that it stands on one line with the title.
    let mut right = lines_end(sheet, at.down(3.5), &block, part).down(1.5);
    for line in &content.seller.lines {
        let part = sheet.part(Role::Paragraph, None);
        let block = set.wrapped(line, BODY, width);
        right = lines_end(sheet, right, &block, part);
    }
    let spot = left.max(right).down(12.0).with_room(THICK);
    sheet.rule(spot, LEFT, WIDTH, THICK, INK, Of::Look);
    spot.down(THICK)
}

/// Puts a text so that each of its lines ends at the right edge.
fn lines_end(sheet: &mut Sheet, at: Spot, block: &Rc<Block>, part: Part) -> Spot {
    let mut spot = at;
    for (index, line) in block.layout.lines().enumerate() {
        let metrics = line.metrics();
        let height = metrics.line_height;
        spot = spot.with_room(height);
        let width = metrics.advance - metrics.hanging_advance;
        sheet.line(spot, RIGHT - width, block, index, Of::Part(part));
        spot = spot.down(height);
    }
    spot
}

/// Those who buy at the left, the facts at the right.
pub fn sides(sheet: &mut Sheet, set: &mut Typesetter, content: &Content, at: Spot) -> Spot {
    let mut left = at;
    for (index, party) in content.parties.iter().enumerate() {
        let above = if index == 0 { 0.0 } else { 9.0 };
        left = buyer(sheet, set, party, left.down(above));
    }
    left.max(facts(sheet, set, &content.facts, at))
}

fn buyer(sheet: &mut Sheet, set: &mut Typesetter, party: &Named, at: Spot) -> Spot {
    let part = sheet.part(Role::Heading(party.label), None);
    let block = set.wrapped(party.label, SMALL, HALF);
    let mut spot = sheet.text(at, LEFT, &block, Of::Part(part));
    let lines = std::iter::once(&party.side.name).chain(&party.side.lines);
    for line in lines {
        let part = sheet.part(Role::Paragraph, None);
        let block = set.wrapped(line, BODY, HALF);
        spot = sheet.text(spot, LEFT, &block, Of::Part(part));
    }
    spot
}

/// Names and values in two columns, as narrow as they can be, so that they end at the right edge.
fn facts(
    sheet: &mut Sheet,
    set: &mut Typesetter,
    facts: &[(&'static str, String)],
    at: Spot,
) -> Spot {
    let names = facts.iter().map(|(name, _)| set.line(name, LABEL));
    let names: Vec<_> = names.collect();
    let name_width = names.iter().map(|name| name.width()).fold(0.0, f32::max);
    let values = facts
        .iter()
        .map(|(_, value)| set.wrapped(value, BODY, HALF - COLUMN - name_width));
    let values: Vec<_> = values.collect();
    let value_width = values.iter().map(|value| value.width()).fold(0.0, f32::max);
    let x = RIGHT - value_width;
    let list = sheet.part(Role::List, None);
    let mut spot = at;
    for (name, value) in names.iter().zip(&values) {
        let item = sheet.part(Role::Item, Some(list));
        let (label, body) = (
            sheet.part(Role::Label, Some(item)),
            sheet.part(Role::Body, Some(item)),
        );
        spot = spot.with_room(name.height());
        sheet.text(spot, x - COLUMN - name_width, name, Of::Part(label));
        spot = sheet.text(spot, x, value, Of::Part(body)).down(1.5);
    }
    spot
}
