//! A real table: caption, sort buttons, and one card for each row on a narrow screen.

use leptos::prelude::*;

use super::small_icon;
use crate::text;

/// Which way a column is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Smallest, or A, first.
    Ascending,
    /// Largest, or Z, first.
    Descending,
}

/// The frame of a table. Its caption can have the focus, for whoever turned a page. `head` holds `<th scope="col">` and [`SortHeader`]; `children` the rows.
/// Each `<td data-label="...">` names its column, for narrow screens.
#[component]
pub fn Table(
    /// What the table shows.
    #[prop(into)]
    caption: String,
    /// The cells of the heading row.
    #[prop(into)]
    head: ViewFn,
    /// The rows.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="table-wrap">
            <table class="table cards">
                <caption tabindex="-1">{caption}</caption>
                <thead>
                    <tr>{head.run()}</tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}

/// The heading of a column that sorts by it.
#[component]
pub fn SortHeader(
    /// The column.
    #[prop(into)]
    label: String,
    /// How it is sorted now; nothing when another column leads.
    #[prop(into)]
    sort: Signal<Option<Sort>>,
    /// Called with the way to sort it now.
    #[prop(into)]
    on_sort: Callback<Sort>,
    /// Numbers stand at the end of their column.
    #[prop(optional)]
    end: bool,
) -> impl IntoView {
    let aria = move || match sort.get() {
        Some(Sort::Ascending) => "ascending",
        Some(Sort::Descending) => "descending",
        None => "none",
    };
    let press = move |_| {
        on_sort.run(match sort.get_untracked() {
            Some(Sort::Ascending) => Sort::Descending,
            _ => Sort::Ascending,
        });
    };
    let mark = move || match sort.get() {
        Some(Sort::Ascending) => Some(small_icon("sort-up")),
        Some(Sort::Descending) => Some(small_icon("sort-down")),
        None => None,
    };
    view! {
        <th scope="col" class:end=end aria-sort=aria>
            <button type="button" class="sort" on:click=press title=text::tables::SORT>
                {label}
                {mark}
            </button>
        </th>
    }
}
