//! The table of lines, over as many pages as it takes, with its head on each.

use std::rc::Rc;

use crate::content::{Row, Table};
use crate::sheet::{Of, Part, Role, Sheet, Spot};
use crate::style::{BODY, COLUMN, HAIR, HEAD, LEFT, PAD, RIGHT, SMALL, Style, THIN, WIDTH};
use crate::typeset::{Block, Typesetter};

/// Texts take what numbers leave, and never less than this.
const LEAST: f32 = 60.0;

/// Where each column of numbers ends, and how wide texts may be.
struct Columns {
    ends: Vec<f32>,
    text: f32,
}

/// The head's blocks, which are drawn on each page.
struct Head {
    texts: Rc<Block>,
    numbers: Vec<Rc<Block>>,
}

impl Head {
    fn height(&self) -> f32 {
        2.0 * PAD + self.texts.height() + THIN
    }
}

/// A row that was set: its texts below each other, its numbers beside the first.
struct Set {
    texts: Vec<Rc<Block>>,
    numbers: Vec<Rc<Block>>,
}

impl Set {
    fn height(&self) -> f32 {
        2.0 * PAD + self.texts.iter().map(|text| text.height()).sum::<f32>()
    }
}

/// Puts the table; where it ends.
pub fn table(sheet: &mut Sheet, set: &mut Typesetter, table: &Table, at: Spot) -> Spot {
    let (first, rest) = match table.head.split_first() {
        Some((first, rest)) => (first.as_str(), rest),
        None => return at,
    };
    let head = Head {
        texts: set.line(first, HEAD),
        numbers: rest.iter().map(|name| set.line(name, HEAD)).collect(),
    };
    let numbers: Vec<_> = (table.rows.iter()).map(|row| numbers(set, row)).collect();
    let columns = columns(&head, &numbers);
    let rows = table.rows.iter().zip(numbers);
    let rows: Vec<Set> = rows
        .map(|(row, numbers)| Set {
            texts: texts(set, row, columns.text),
            numbers,
        })
        .collect();

    let first = rows.first().map_or(0.0, Set::height);
    let spot = at.with_room(head.height() + first);
    sheet.places.push((table.name, spot));
    let part = sheet.part(Role::Table(table.name), None);
    let mut spot = head_row(sheet, &head, &columns, spot, Some(part));
    let body = sheet.part(Role::TableBody, Some(part));
    for (index, row) in rows.iter().enumerate() {
        if index > 0 && spot.has_room(row.height()) {
            sheet.rule(spot, LEFT, WIDTH, THIN, HAIR, Of::Look);
        }
        spot = put(sheet, row, &head, &columns, spot, body);
    }
    spot
}

fn numbers(set: &mut Typesetter, row: &Row) -> Vec<Rc<Block>> {
    (row.numbers.iter())
        .map(|number| set.line(number, BODY))
        .collect()
}

fn texts(set: &mut Typesetter, row: &Row, width: f32) -> Vec<Rc<Block>> {
    let mut wrapped = |text: &str, style: Style| set.wrapped(text, style, width);
    let mut texts = vec![wrapped(&row.description, BODY)];
    texts.extend(row.detail.as_deref().map(|detail| wrapped(detail, SMALL)));
    texts
}

/// Columns of numbers are as wide as what is in them.
fn columns(head: &Head, rows: &[Vec<Rc<Block>>]) -> Columns {
    let widths = head.numbers.iter().enumerate().map(|(index, name)| {
        let numbers = rows.iter().filter_map(|row| row.get(index));
        let widths = numbers.map(|number| number.width());
        widths.fold(name.width(), f32::max)
    });
    let widths: Vec<f32> = widths.collect();
    let mut end = RIGHT;
    let mut ends: Vec<f32> = Vec::new();
    for width in widths.iter().rev() {
        ends.push(end);
        end -= width + COLUMN;
    }
    ends.reverse();
    Columns {
        ends,
        text: (end - LEFT).max(LEAST),
    }
}

/// The head between its rules. Where a page goes on with the table it is not read again.
fn head_row(
    sheet: &mut Sheet,
    head: &Head,
    columns: &Columns,
    at: Spot,
    table: Option<Part>,
) -> Spot {
    let row = table.map(|table| {
        let head = sheet.part(Role::TableHead, Some(table));
        sheet.part(Role::Row, Some(head))
    });
    let cell = |sheet: &mut Sheet| match row {
        Some(row) => Of::Part(sheet.part(Role::ColumnHeader, Some(row))),
        None => Of::Again,
    };
    let look = if row.is_some() { Of::Look } else { Of::Again };
    sheet.rule(at, LEFT, WIDTH, THIN, HAIR, look);
    let spot = at.down(PAD);
    let of = cell(sheet);
    let end = sheet.text(spot, LEFT, &head.texts, of).down(PAD);
    for (name, right) in head.numbers.iter().zip(&columns.ends) {
        let of = cell(sheet);
        sheet.text_end(spot, *right, name, of);
    }
    sheet.rule(end, LEFT, WIDTH, THIN, HAIR, look);
    end.down(THIN)
}

/// A row stays whole where a page can hold it.
fn put(sheet: &mut Sheet, row: &Set, head: &Head, columns: &Columns, at: Spot, body: Part) -> Spot {
    let on = |sheet: &mut Sheet, spot: Spot| head_row(sheet, head, columns, spot.next(), None);
    let page = crate::style::BOTTOM - crate::style::TOP - head.height();
    let least = match row.height() {
        whole if whole <= page => whole,
        _ => 2.0 * PAD + BODY.line,
    };
    let at = if at.has_room(least) {
        at
    } else {
        on(sheet, at)
    };
    let part = sheet.part(Role::Row, Some(body));
    let cell = sheet.part(Role::Cell, Some(part));
    let first = at.down(PAD);
    let mut spot = first;
    for text in &row.texts {
        for (index, height) in text.heights().enumerate() {
            if !spot.has_room(height) {
                spot = on(sheet, spot).down(PAD);
            }
            sheet.line(spot, LEFT, text, index, Of::Part(cell));
            spot = spot.down(height);
        }
    }
    for (number, right) in row.numbers.iter().zip(&columns.ends) {
        let cell = sheet.part(Role::Cell, Some(part));
        sheet.text_end(first, *right, number, Of::Part(cell));
    }
    spot.down(PAD)
}
