//! Pages with what is on them, and what each thing is for those who hear a bill read. Nothing here
//! knows of PDF, and only this knows where a page ends.

use std::rc::Rc;

use crate::style::{BOTTOM, Color, TOP};
use crate::typeset::Block;

/// What a part of a bill is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Title(&'static str),
    Heading(&'static str),
    Paragraph,
    List,
    Item,
    Label,
    Body,
    Table(&'static str),
    TableHead,
    TableBody,
    Row,
    ColumnHeader,
    RowHeader,
    Cell,
}

/// A part by its place in [`Sheet::parts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part(pub usize);

/// A part with the one that it is in.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    pub role: Role,
    pub within: Option<Part>,
}

/// What something on a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    Part(Part),
    /// Only to be looked at.
    Look,
    /// The head of a table, said again on its next page.
    Again,
    /// The foot of each page.
    Foot,
}

/// Something on a page.
pub struct Mark {
    pub x: f32,
    /// Its upper edge.
    pub y: f32,
    pub what: What,
    pub of: Of,
}

/// What can be drawn.
pub enum What {
    /// A line of a text.
    Line { block: Rc<Block>, index: usize },
    /// A rule of a thickness.
    Rule {
        width: f32,
        thick: f32,
        color: Color,
    },
    /// A box: filled, or only its edge.
    Box {
        width: f32,
        height: f32,
        color: Color,
        filled: bool,
    },
}

/// A height on a page.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Spot {
    pub page: usize,
    pub y: f32,
}

impl Spot {
    /// Further down.
    pub fn down(self, by: f32) -> Self {
        Self {
            y: self.y + by,
            ..self
        }
    }

    /// The top of the next page.
    pub fn next(self) -> Self {
        Self {
            page: self.page + 1,
            y: TOP,
        }
    }

    /// This spot, or the next page if the page has no such height left. What is higher than a page
    /// begins here: no page has room for it.
    pub fn with_room(self, height: f32) -> Self {
        if self.has_room(height) || height > BOTTOM - TOP {
            self
        } else {
            self.next()
        }
    }

    /// Whether something fits above the end of the page.
    pub fn has_room(self, height: f32) -> bool {
        // Sums of fractions: what ends at the edge fits.
        self.y + height <= BOTTOM + 0.01
    }

    /// The lower of two.
    pub fn max(self, other: Self) -> Self {
        if other > self { other } else { self }
    }
}

/// All pages.
#[derive(Default)]
pub struct Sheet {
    pub pages: Vec<Vec<Mark>>,
    pub parts: Vec<Node>,
    /// Names of places to go to.
    pub places: Vec<(&'static str, Spot)>,
}

impl Sheet {
    /// A part of the bill, read after those that were begun before it.
    pub fn part(&mut self, role: Role, within: Option<Part>) -> Part {
        self.parts.push(Node { role, within });
        Part(self.parts.len() - 1)
    }

    /// Puts something on a page, which is there from then on.
    pub fn put(&mut self, page: usize, mark: Mark) {
        while self.pages.len() <= page {
            self.pages.push(Vec::new());
        }
        if let Some(marks) = self.pages.get_mut(page) {
            marks.push(mark);
        }
    }

    /// Puts a line of a text at a height.
    pub fn line(&mut self, at: Spot, x: f32, block: &Rc<Block>, index: usize, of: Of) {
        let block = Rc::clone(block);
        let what = What::Line { block, index };
        let (page, y) = (at.page, at.y);
        self.put(page, Mark { x, y, what, of });
    }

    /// Puts a text, over as many pages as it takes; where it ends.
    pub fn text(&mut self, at: Spot, x: f32, block: &Rc<Block>, of: Of) -> Spot {
        let mut spot = at;
        for (index, height) in block.heights().enumerate() {
            spot = spot.with_room(height);
            self.line(spot, x, block, index, of);
            spot = spot.down(height);
        }
        spot
    }

    /// Puts a text so that it ends at `right`.
    pub fn text_end(&mut self, at: Spot, right: f32, block: &Rc<Block>, of: Of) -> Spot {
        self.text(at, right - block.width(), block, of)
    }

    /// A rule.
    pub fn rule(&mut self, at: Spot, x: f32, width: f32, thick: f32, color: Color, of: Of) {
        let what = What::Rule {
            width,
            thick,
            color,
        };
        let (page, y) = (at.page, at.y);
        self.put(page, Mark { x, y, what, of });
    }
}
