//! From page to page of a list, and which of its rows are shown.

use leptos::prelude::*;

use super::asked::{Asked, CURSOR};
use super::source::Lines;
use crate::paths::Page;
use crate::text::lists as words;
use crate::ui;

/// Where pages begin that were led to from here, by address: cursors do not say it, and of a page
/// that was come to otherwise nobody knows.
#[derive(Clone, Copy)]
pub struct Pager {
    path: Page,
    begins: StoredValue<Vec<(String, u64)>>,
}

impl Pager {
    /// Of the list at this address.
    pub fn new(path: Page) -> Self {
        Self {
            path,
            begins: StoredValue::default(),
        }
    }

    /// Which rows this page shows, in words, and the ways to others.
    pub fn of(self, now: &Asked, lines: &Lines) -> (Option<String>, AnyView) {
        let count = lines.all.len() as u64;
        let begin = self.begin(now);
        let shown = lines.total.map(|total| match begin {
            Some(begin) if count < total => words::shown(begin + 1, begin + count, total),
            _ => words::found(total),
        });
        let at = |cursor: &str| now.with(CURSOR, cursor).address(&self.path.href());
        let next = lines.next.as_deref().map(|cursor| {
            let (href, address) = (at(cursor), at(cursor));
            let turn = move |_| {
                let begin = begin.map(|begin| (address.clone(), begin + count));
                self.begins.update_value(|known| known.extend(begin));
                to_table();
            };
            view! { <a class="button slim" href=href on:click=turn>{words::NEXT}</a> }
        });
        let first = (!now.get(CURSOR).is_empty()).then(|| {
            view! {
                <a class="button slim" href=at("") on:click=move |_| to_table()>
                    {words::FIRST}
                </a>
            }
        });
        let pages = (first.is_some() || next.is_some()).then(|| {
            view! { <nav class="cluster" aria-label=words::PAGES>{first} {next}</nav> }
        });
        (shown, pages.into_any())
    }

    fn begin(self, now: &Asked) -> Option<u64> {
        if now.get(CURSOR).is_empty() {
            return Some(0);
        }
        let here = now.address(&self.path.href());
        self.begins.with_value(|known| {
            let known = known.iter().rev().find(|(address, _)| *address == here);
            known.map(|(_, begin)| *begin)
        })
    }
}

/// The link goes with its page. The caption of the next one is found again as the same.
fn to_table() {
    if let Ok(Some(table)) = document().query_selector("main .list table") {
        ui::focus_first(&table, "caption");
    }
}
