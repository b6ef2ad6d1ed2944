//! What is said where a list has no rows: the first step, or what would be found without one of
//! the filters.

use leptos::prelude::*;
use serde::Deserialize;

use super::Shown;
use super::asked::{Asked, SEARCH};
use crate::api::remote;
use crate::text::lists as words;
use crate::ui;

/// How many rows there are.
#[derive(Deserialize)]
struct Total {
    total: u64,
}

/// In place of what an address asks for in vain.
pub fn unknown(shown: Shown) -> AnyView {
    let step = (words::SHOW_ALL.to_owned(), shown.list.path.href());
    let (title, why) = (words::UNKNOWN.to_owned(), words::UNKNOWN_WHY.to_owned());
    ui::empty(title, why, Some(step))
}

/// In place of rows.
pub fn nothing(shown: Shown) -> AnyView {
    let now = shown.asked.get();
    let (why, step) = shown.list.nothing;
    if now.is_all() {
        let step = step.map(|(label, path)| (label.to_owned(), path.href()));
        return ui::empty(words::NONE.to_owned(), why.to_owned(), step);
    }
    let mut ways: Vec<(&'static str, Asked)> = Vec::new();
    if !now.get(SEARCH).is_empty() {
        ways.push((words::SEARCH, now.with(SEARCH, "").first_page()));
    }
    shown.filters.with_value(|filters| {
        let set = filters.iter().filter(|one| !now.get(one.name).is_empty());
        ways.extend(set.map(|filter| (filter.label, filter.lifted(&now))));
    });
    // Without the only one it is the whole list, which the button leads to.
    ways.retain(|(_, asked)| !asked.is_all());
    let ways = ways
        .into_iter()
        .map(|(label, asked)| way(shown, label, asked));
    let all = (words::SHOW_ALL.to_owned(), shown.list.path.href());
    view! {
        {ui::empty(words::NONE.to_owned(), words::NONE_FITS.to_owned(), Some(all))}
        <ul class="ways plain">{ways.collect_view()}</ul>
    }
    .into_any()
}

/// How many there are without one filter, once that is known.
fn way(shown: Shown, label: &'static str, asked: Asked) -> AnyView {
    let page = asked.address(&shown.list.path.href());
    let address = shown.api(&asked);
    let sign = if address.contains('?') { '&' } else { '?' };
    let address = format!("{address}{sign}limit=1");
    let found = remote::<Total>(move || Some(address.clone()));
    (move || {
        let total = found.get()?.total;
        (total > 0).then(|| {
            let text = words::without(label, &words::found(total));
            view! { <li><a href=page.clone()>{text}</a></li> }
        })
    })
    .into_any()
}
