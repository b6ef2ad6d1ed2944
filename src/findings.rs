//! Findings as a person reads them: the tree of requirements, and the evidence behind each.

mod evidence;
mod place;
mod requirement;
mod rule;

pub use evidence::evidence;
pub use place::Place;
pub use requirement::{checklist, next_steps};
pub use rule::{certainty_mark, rule_line};
