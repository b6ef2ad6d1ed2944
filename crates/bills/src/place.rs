//! Where what a bill says is placed, from the title to the foot of each page.

mod boxes;
mod foot;
mod head;
mod lines;
mod totals;

use crate::content::Content;
use crate::sheet::{Sheet, Spot};
use crate::style::{GAP, TOP};
use crate::typeset::Typesetter;

/// All pages of a bill.
pub fn place(content: &Content, set: &mut Typesetter) -> Sheet {
    let mut sheet = Sheet::default();
    let top = Spot { page: 0, y: TOP };
    let spot = head::title(&mut sheet, set, content, top);
    let spot = head::sides(&mut sheet, set, content, spot.down(GAP));
    let spot = lines::table(&mut sheet, set, &content.table, spot.down(GAP));
    let mut spot = totals::table(&mut sheet, set, &content.totals, spot);
    if !content.notes.is_empty() {
        spot = boxes::notes(&mut sheet, set, &content.notes, spot.down(GAP));
    }
    if let Some(payment) = &content.payment {
        let sample = content.sample;
        boxes::payment(&mut sheet, set, payment, sample, spot.down(GAP));
    }
    foot::feet(&mut sheet, set, content);
    sheet
}

#[cfg(test)]
mod tests;
