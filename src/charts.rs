//! Charts, drawn as SVG by attributes (the policy allows no inline style). The numbers always
//! stand beside them as text.

mod bullet;

pub use bullet::{Bullet, Fill, bar};
