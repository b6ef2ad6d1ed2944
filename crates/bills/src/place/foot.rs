//! The foot of each page: number, buyer, and which page of how many.

use crate::content::Content;
use crate::sheet::{Of, Sheet, Spot};
use crate::style::{FOOT, HAIR, LEFT, RIGHT, SMALL, THIN, WIDTH};
use crate::typeset::Typesetter;
use crate::words;

/// The number takes a quarter of the width at most, and what is in the middle so much.
const MIDDLE: f32 = 0.45;

/// Puts the foot on all pages there are.
pub fn feet(sheet: &mut Sheet, set: &mut Typesetter, content: &Content) {
    let pages = sheet.pages.len();
    let number = shortened(set, &content.number, "", WIDTH / 4.0);
    let number = set.line(&number, SMALL);
    for page in 0..pages {
        let at = Spot { page, y: FOOT };
        sheet.rule(at, LEFT, WIDTH, THIN, HAIR, Of::Foot);
        let at = at.down(6.0);
        sheet.line(at, LEFT, &number, 0, Of::Foot);
        let of = set.line(&words::page(page + 1, pages), SMALL);
        sheet.line(at, RIGHT - of.width(), &of, 0, Of::Foot);
        let [buyer, id] = &content.foot;
        let middle = shortened(set, buyer, &format!(" · {id}"), WIDTH * MIDDLE);
        let middle = set.line(&middle, SMALL);
        let x = LEFT + (WIDTH - middle.width()) / 2.0;
        sheet.line(at, x, &middle, 0, Of::Foot);
    }
}

/// A text that fits, with what must be at its end: the foot only reminds, the whole name is on the
/// first page.
fn shortened(set: &mut Typesetter, text: &str, end: &str, width: f32) -> String {
    let mut left: Vec<char> = text.chars().collect();
    let mut candidate = format!("{text}{end}");
    while set.line(&candidate, SMALL).width() > width && !left.is_empty() {
        left.truncate(left.len().saturating_sub(1 + left.len() / 20));
        let shorter: String = left.iter().collect();
        candidate = format!("{}…{end}", shorter.trim_end());
    }
    candidate
}
