//! Nothing overlaps, nothing is cut off, and all that a bill says is there.

use membership_domain::purchase::bill::{Bill, Issued};

use super::*;
use crate::bills;
use crate::sheet::{Of, Role, What};
use crate::style::{BOTTOM, LEFT, PAGE, RIGHT};
use crate::typeset::within;

/// A line on a page: which page, its edges, its text, and whether it is said on each page.
struct Line {
    page: usize,
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
    text: String,
    of: Of,
}

fn lines(sheet: &Sheet) -> Vec<Line> {
    let mut found = Vec::new();
    for (page, marks) in sheet.pages.iter().enumerate() {
        for mark in marks {
            let What::Line { block, index } = &mark.what else {
                continue;
            };
            let line = block.layout.get(*index).expect("the line is there");
            let metrics = line.metrics();
            let left = mark.x + metrics.offset;
            found.push(Line {
                page,
                left,
                top: mark.y,
                right: left + metrics.advance - metrics.hanging_advance,
                bottom: mark.y + metrics.line_height,
                text: within(&block.text, line.text_range()).to_owned(),
                of: mark.of,
            });
        }
    }
    found
}

fn placed(bill: &Bill, issued: &Issued) -> (Content, Sheet) {
    let content = Content::new(bill, issued);
    let sheet = place(&content, &mut Typesetter::new());
    (content, sheet)
}

/// Holds for every bill.
fn hold(name: &str, bill: &Bill, issued: &Issued) -> Sheet {
    let (content, sheet) = placed(bill, issued);
    let lines = lines(&sheet);
    for (index, one) in lines.iter().enumerate() {
        let text = &one.text;
        assert!(
            one.left >= LEFT - 0.1,
            "{name}: {text} begins at {}",
            one.left
        );
        assert!(
            one.right <= RIGHT + 0.1,
            "{name}: {text} ends at {}",
            one.right
        );
        let end = if one.of == Of::Foot {
            PAGE.1 - 20.0
        } else {
            BOTTOM + 0.1
        };
        assert!(one.bottom <= end, "{name}: {text} reaches {}", one.bottom);
        for other in &lines[index + 1..] {
            let beside = one.right <= other.left + 0.1 || other.right <= one.left + 0.1;
            let below = one.bottom <= other.top + 0.1 || other.bottom <= one.top + 0.1;
            let apart = one.page != other.page || beside || below;
            assert!(apart, "{name}: {text} is over {}", other.text);
        }
    }
    let all: String = lines.iter().map(|line| line.text.as_str()).collect();
    let rows = content.table.rows.iter();
    let numbers = rows.flat_map(|row| row.numbers.iter().chain([&row.description]));
    let sums = content
        .totals
        .iter()
        .flat_map(|sum| [&sum.label, &sum.amount]);
    let facts = content.facts.iter().map(|(_, value)| value);
    for text in numbers.chain(sums).chain(facts).chain([&content.number]) {
        assert!(all.contains(text.as_str()), "{name}: {text} is missing");
    }
    let pages = sheet.pages.len();
    for page in 1..=pages {
        assert!(all.contains(&format!("Page {page} of {pages}")), "{name}");
    }
    sheet
}

#[test]
fn all_bills_hold() {
    for (name, (bill, issued)) in bills::all() {
        let pages = hold(name, &bill, &issued).pages.len();
        assert_eq!(pages > 1, name == "long", "{name} has {pages} pages");
    }
}

#[test]
fn a_hundred_lines_have_the_head_on_each_page_and_are_read_once() {
    let (bill, issued) = bills::long();
    let (_, sheet) = placed(&bill, &issued);
    let heads = lines(&sheet);
    let heads = heads.iter().filter(|line| line.text == "Description");
    let heads: Vec<(usize, bool)> = heads
        .map(|line| (line.page, line.of == Of::Again))
        .collect();
    let expected: Vec<_> = (0..sheet.pages.len())
        .map(|page| (page, page > 0))
        .collect();
    assert_eq!(heads, expected);
    let roles = |role| sheet.parts.iter().filter(|node| node.role == role).count();
    assert_eq!((roles(Role::TableHead), roles(Role::ColumnHeader)), (1, 6));
    assert_eq!(roles(Role::Cell), 100 * 6 + 8 - 1);
}

#[test]
fn what_is_longer_than_a_page_goes_on() {
    let (mut bill, issued) = bills::long();
    bill.sale.lines.truncate(3);
    bill.sale.lines[1].description = "W".repeat(20_000);
    bill.sale.lines[2].detail = Some("much to say ".repeat(2_000));
    bill.sale.tax.note = Some("A note. ".repeat(3_000));
    bill.sale.buyer.name = "N".repeat(3_000);
    bill.sale.seller.name = "Name ".repeat(300);
    bill.purchase_order = Some("0".repeat(5_000));
    let content = Content::new(&bill, &issued);
    let sheet = place(&content, &mut Typesetter::new());
    let lines = lines(&sheet);
    assert!(
        lines
            .iter()
            .all(|line| line.of == Of::Foot || line.bottom <= BOTTOM + 0.1)
    );
    let count = |letter| {
        let letters = lines.iter().filter(|line| line.of != Of::Foot);
        letters
            .flat_map(|line| line.text.chars())
            .filter(|c| *c == letter)
            .count()
    };
    assert!(count('W') >= 20_000 && count('0') >= 5_000);
}

#[test]
fn large_amounts_leave_their_neighbors_room() {
    let (mut bill, issued) = bills::long();
    bill.sale.lines.truncate(2);
    bill.sale.lines[0].quantity = 1_000_000;
    bill.sale.lines[0].unit_price = 123_456_789_012;
    hold("large", &bill, &issued);
}

#[test]
fn any_number_of_lines_breaks_well() {
    let (mut bill, issued) = bills::long();
    let all = bill.sale.lines.clone();
    for count in 10..30 {
        bill.sale.lines = all[..count].to_vec();
        hold(&format!("{count} lines"), &bill, &issued);
    }
}

#[test]
fn a_payment_that_is_too_wide_goes_below_itself() {
    let (mut bill, issued) = bills::reverse();
    let due = bill.remittance.as_mut().expect("something is due");
    due.to.holder = "Membership Operations and Partner Services Limited ".repeat(3);
    due.reference = "A reference of words that goes on ".repeat(5);
    hold("wide", &bill, &issued);
}
