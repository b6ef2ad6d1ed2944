//! Findings as a person reads them: the tree of requirements, and the evidence behind each.

mod evidence;
mod requirement;
mod rule;

pub use evidence::evidence;
pub use requirement::{checklist, next_steps};
pub use rule::{certainty_mark, rule_line};
