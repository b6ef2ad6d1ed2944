//! From page to page of a list, and which of its rows are shown.

use leptos::prelude::*;

use super::Kind;
use super::filter::Filter;
use super::rows::Piece;
use crate::text::evidence as words;
use crate::ui;

/// Where pages begin that were led to from here, by address: cursors do not say it, and of a page
/// that was come to otherwise nobody knows.
#[derive(Clone, Copy)]
pub struct Pager {
    kind: Kind,
    begins: StoredValue<Vec<(String, u64)>>,
}

impl Pager {
    /// Of one list.
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            begins: StoredValue::default(),
        }
    }

    /// Which rows this page shows, in words, and the ways to others.
    pub fn of(self, now: &Filter, piece: &Piece) -> (String, AnyView) {
        let count = piece.rows.len() as u64;
        let begin = self.begin(now);
        let shown = match begin {
            Some(begin) if count < piece.total => {
                words::shown(begin + 1, begin + count, piece.total)
            }
            _ => words::found(piece.total),
        };
        let at = |cursor: &str| {
            let cursor = cursor.to_owned();
            let filter = Filter {
                cursor,
                ..now.clone()
            };
            filter.address(&self.kind.path.href())
        };
        let next = piece.next.as_deref().map(|cursor| {
            let (href, address) = (at(cursor), at(cursor));
            let turn = move |_| {
                let begin = begin.map(|begin| (address.clone(), begin + count));
                self.begins.update_value(|known| known.extend(begin));
                to_table();
            };
            view! { <a href=href on:click=turn>{words::NEXT}</a> }
        });
        let first = (!now.cursor.is_empty())
            .then(|| view! { <a href=at("") on:click=move |_| to_table()>{words::FIRST}</a> });
        let pages = view! { <nav class="cluster" aria-label=words::PAGES>{first} {next}</nav> };
        (shown, pages.into_any())
    }

    fn begin(self, now: &Filter) -> Option<u64> {
        if now.cursor.is_empty() {
            return Some(0);
        }
        let here = now.address(&self.kind.path.href());
        self.begins.with_value(|known| {
            let known = known.iter().rev().find(|(address, _)| *address == here);
            known.map(|(_, begin)| *begin)
        })
    }
}

/// The link goes with its page. The caption of the next one is found again as the same.
fn to_table() {
    if let Ok(Some(table)) = document().query_selector("main table") {
        ui::focus_first(&table, "caption");
    }
}
