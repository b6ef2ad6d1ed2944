//! The sums, at the right below the lines, in one piece.

use crate::content::{Total, Weight};
use crate::sheet::{Of, Role, Sheet, Spot};
use crate::style::{BODY, COLUMN, HAIR, INK, PAD, RIGHT, STRONG, SUM, Style, THICK, THIN, TOTALS};
use crate::typeset::Typesetter;
use crate::words;

const fn style(weight: Weight) -> Style {
    match weight {
        Weight::Plain => BODY,
        Weight::Bold => STRONG,
        Weight::Sum => SUM,
    }
}

/// Puts the sums; where they end.
pub fn table(sheet: &mut Sheet, set: &mut Typesetter, totals: &[Total], at: Spot) -> Spot {
    let amounts = totals.iter().map(|total| {
        let style = style(total.weight);
        set.line(&total.amount, style)
    });
    let amounts: Vec<_> = amounts.collect();
    let widest = amounts.iter().map(|one| one.width()).fold(0.0, f32::max);
    let labels = totals.iter().map(|total| {
        let style = style(total.weight);
        set.wrapped(&total.label, style, TOTALS - COLUMN - widest)
    });
    let labels: Vec<_> = labels.collect();
    let rows: f32 = labels.iter().map(|one| one.height() + 2.0 * PAD).sum();
    let mut spot = at.down(PAD).with_room(rows);
    sheet.places.push((words::TOTALS, spot));
    let table = sheet.part(Role::Table(words::TOTALS), None);
    let body = sheet.part(Role::TableBody, Some(table));
    for ((total, label), amount) in totals.iter().zip(&labels).zip(&amounts) {
        let sum = total.weight == Weight::Sum;
        let (thick, color) = if sum { (THICK, INK) } else { (THIN, HAIR) };
        spot = spot.with_room(label.height() + 2.0 * PAD);
        sheet.rule(spot, RIGHT - TOTALS, TOTALS, thick, color, Of::Look);
        spot = spot.down(PAD);
        let row = sheet.part(Role::Row, Some(body));
        let header = sheet.part(Role::RowHeader, Some(row));
        let end = sheet.text(spot, RIGHT - TOTALS, label, Of::Part(header));
        let cell = sheet.part(Role::Cell, Some(row));
        sheet.text_end(spot, RIGHT, amount, Of::Part(cell));
        spot = end.down(PAD);
    }
    spot
}
