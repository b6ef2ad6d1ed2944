//! Notes in a box with an edge, and the payment in a gray one.

use std::rc::Rc;

use crate::content::{Note, Payment};
use crate::sheet::{Mark, Of, Part, Role, Sheet, Spot, What};
use crate::style::{
    BODY, Color, GAP, HAIR, INSIDE, LARGE, LEFT, SAMPLE, SMALL, SOFT, STRONG, WIDTH,
};
use crate::typeset::{Block, Typesetter};
use crate::words;

const TEXT: f32 = WIDTH - 2.0 * INSIDE.0;

/// Puts the notes; where they end.
pub fn notes(sheet: &mut Sheet, set: &mut Typesetter, notes: &[Note], at: Spot) -> Spot {
    let blocks = notes.iter().map(|note| {
        let mark = match note.mark {
            "" => String::new(),
            mark => format!("{mark} "),
        };
        let spans = [
            (mark.as_str(), BODY),
            (&note.lead, STRONG),
            (&note.text, BODY),
        ];
        set.spans(&spans, Some(TEXT))
    });
    let blocks: Vec<_> = blocks.collect();
    let height = 2.0 * INSIDE.1 + blocks.iter().map(|one| one.height()).sum::<f32>();
    let at = at.with_room(height);
    frame(sheet, at, height, HAIR, false);
    let mut spot = at.down(INSIDE.1);
    for block in &blocks {
        let part = sheet.part(Role::Paragraph, None);
        spot = sheet.text(spot, LEFT + INSIDE.0, block, Of::Part(part));
    }
    spot.down(INSIDE.1)
}

/// A box around what fits into a page. What goes on in the next one has none.
fn frame(sheet: &mut Sheet, at: Spot, height: f32, color: Color, filled: bool) {
    if at.has_room(height) {
        let what = What::Box {
            width: WIDTH,
            height,
            color,
            filled,
        };
        let (x, y, of) = (LEFT, at.y, Of::Look);
        sheet.put(at.page, Mark { x, y, what, of });
    }
}

/// A column of the payment: what it is, and its lines.
struct Column {
    label: Rc<Block>,
    lines: Vec<Rc<Block>>,
}

impl Column {
    fn width(&self) -> f32 {
        let lines = self.lines.iter().map(|line| line.width());
        lines.fold(self.label.width(), f32::max)
    }

    fn height(&self) -> f32 {
        self.label.height() + self.lines.iter().map(|line| line.height()).sum::<f32>()
    }
}

/// Puts amount, reference and account beside each other, or below where they are too wide.
pub fn payment(
    sheet: &mut Sheet,
    set: &mut Typesetter,
    payment: &Payment,
    sample: bool,
    at: Spot,
) -> Spot {
    let mut to = vec![(words::TO, SMALL)];
    if sample {
        to.extend([(" ", SMALL), (words::SAMPLE, SAMPLE)]);
    }
    let account = payment.account.iter();
    let columns = [
        Column {
            label: set.line(words::PLEASE_TRANSFER, SMALL),
            lines: vec![
                set.line(&payment.amount, LARGE),
                set.line(&payment.due, BODY),
            ],
        },
        Column {
            label: set.line(words::REFERENCE, SMALL),
            lines: vec![set.wrapped(&payment.reference, LARGE, TEXT)],
        },
        Column {
            label: set.spans(&to, None),
            lines: account
                .map(|line| set.wrapped(line, BODY, TEXT / 2.0))
                .collect(),
        },
    ];
    let gaps = 2.0 * GAP;
    let wide = columns.iter().map(Column::width).sum::<f32>() + gaps > TEXT;
    let heights = columns.iter().map(Column::height);
    let inside = match wide {
        true => heights.sum::<f32>() + 12.0,
        false => heights.fold(0.0, f32::max),
    };
    let height = inside + 2.0 * INSIDE.1 + 2.0;
    let at = at.with_room(height);
    sheet.places.push((words::PAYMENT, at));
    frame(sheet, at, height, SOFT, true);
    let mut spot = at.down(INSIDE.1 + 1.0);
    let mut x = LEFT + INSIDE.0;
    let list = sheet.part(Role::List, None);
    for column in &columns {
        let end = put(sheet, column, spot, x, list);
        if wide {
            spot = end.down(6.0);
        } else {
            x += column.width() + GAP;
        }
    }
    at.down(height)
}

fn put(sheet: &mut Sheet, column: &Column, at: Spot, x: f32, list: Part) -> Spot {
    let item = sheet.part(Role::Item, Some(list));
    let label = sheet.part(Role::Label, Some(item));
    let body = sheet.part(Role::Body, Some(item));
    let mut spot = sheet.text(at, x, &column.label, Of::Part(label));
    for line in &column.lines {
        spot = sheet.text(spot, x, line, Of::Part(body));
    }
    spot
}
