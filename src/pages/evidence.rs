//! The evidence: lists of its rows, a form for one of each kind, and files of many.

pub mod customer;
mod entry;
pub mod imports;
pub mod lists;
pub mod person;
pub mod usage_row;

use leptos::prelude::*;

use crate::paths;
use crate::text::evidence as words;
use crate::ui::{self, Tab};

/// The tabs over every page of evidence.
pub fn tabs(current: paths::Page) -> AnyView {
    let tab = |(label, path): (&str, paths::Page)| Tab {
        label: label.to_owned(),
        href: path.href(),
        current: path == current,
    };
    let all = [
        (words::PEOPLE, paths::PEOPLE),
        (words::CERTIFICATIONS, paths::CERTIFICATIONS),
        (words::CUSTOMERS, paths::CUSTOMERS),
        (words::USAGE, paths::USAGE),
        (words::IMPORTS, paths::IMPORTS),
    ];
    ui::tabs(words::LISTS.to_owned(), all.map(tab).into())
}
