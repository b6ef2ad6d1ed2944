//! Primitives on native elements. What the browser does well is left to it: popovers,
//! disclosure, validation of numbers and days. Styles: style/controls.css and style/data.css.
//!
//! A rule for every `view!` of the app: an element inside another one has at least one attribute
//! or child that is an expression. Leptos writes elements of literals alone through `innerHTML`,
//! and our policy of trusted types (`public/boot.js`) forbids that for good reason. Words come
//! from [`crate::text`] anyway; a shape of literals alone goes into a `view!` of its own.

mod button;
mod check;
mod crumbs;
mod disclosure;
mod empty;
mod failure;
mod field;
mod icon;
pub mod id;
mod line;
pub mod live;
mod loading;
mod note;
mod paint;
mod provenance;
mod radios;
mod refused;
mod select;
mod status;
mod stepper;
mod table;
mod tabs;
mod tag;
mod text_area;
mod what_if;

pub use button::{Button, Kind, LinkButton};
pub use check::{Check, among};
pub use crumbs::crumbs;
pub use disclosure::{Disclosure, Opened, drawn};
pub use empty::empty;
pub use failure::failure;
pub use field::{
    ErrorSummary, FieldProblem, TextField, error_line, focus_first, locked, problem_at,
};
pub use icon::{icon, small_icon};
pub use line::line;
pub use loading::{instead_while, loaded, skeleton, when_ready};
pub use note::note;
pub use paint::after_paint;
pub use provenance::provenance;
pub use radios::{Pick, radios};
pub use refused::{Need, needs, refused};
pub use select::{Choice, Select, choices};
pub use status::{Mark, facts, of, status};
pub use stepper::{Stepper, Wrong};
pub use table::{Sort, SortHeader, Table};
pub use tabs::{Tab, tabs};
pub use tag::{Tone, honest, sample, tag};
pub use text_area::text_area;
pub use what_if::{banner, today};
