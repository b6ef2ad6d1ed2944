//! The table: columns that sort, and rows that say more on demand.

use std::sync::Arc;

use leptos::prelude::*;

use super::asked::{ORDER, SORT};
use super::{Asked, Line, Shown};
use crate::go::{Step, use_go};
use crate::text::lists as words;
use crate::ui::{self, Sort, SortHeader};

/// Where a cell is on a phone, where a row is two or three lines.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Phone {
    /// At the start of the first line: what the row is about.
    Start,
    /// At the end of the first line: its state, or its number.
    End,
    /// A line of its own.
    Line,
    /// Part of a line, after the column's name.
    Named,
    /// Left out: the row's detail or its own page has it.
    Out,
}

/// A column.
pub struct Column {
    /// Its name.
    pub label: &'static str,
    /// What it is called in the API where it sorts; empty where it does not.
    pub sort: &'static str,
    /// Numbers: to the end, in digits of one width, never wrapped.
    pub number: bool,
    /// Days and codes: in digits of one width, never wrapped.
    pub code: bool,
    /// On a phone.
    pub phone: Phone,
}

impl Column {
    /// A column of words that sorts by this name, or does not.
    pub const fn text(label: &'static str, sort: &'static str, phone: Phone) -> Self {
        Self {
            label,
            sort,
            number: false,
            code: false,
            phone,
        }
    }

    /// A column of numbers.
    pub const fn number(label: &'static str, sort: &'static str, phone: Phone) -> Self {
        let number = true;
        Self {
            number,
            ..Self::text(label, sort, phone)
        }
    }

    /// A column of days or codes.
    pub const fn code(label: &'static str, sort: &'static str, phone: Phone) -> Self {
        let code = true;
        Self {
            code,
            ..Self::text(label, sort, phone)
        }
    }

    fn class(&self) -> String {
        let shape = match (self.number, self.code) {
            (true, _) => "end num ",
            (_, true) => "num nowrap ",
            _ => "",
        };
        let phone = match self.phone {
            Phone::Start => "start",
            Phone::End => "late",
            Phone::Line => "whole",
            Phone::Named => "named",
            Phone::Out => "out",
        };
        format!("{shape}{phone}")
    }
}

/// What a row says on demand: in the row below it.
#[derive(Clone)]
pub struct Detail {
    /// Whose it is.
    pub of: String,
    /// Draws it.
    pub draw: Arc<dyn Fn() -> AnyView + Send + Sync>,
}

/// The first cell of a row that has a page.
pub fn name(text: String, href: Option<String>) -> AnyView {
    match href {
        Some(href) => view! { <a class="strong" href=href>{text}</a> }.into_any(),
        None => view! { <span class="strong">{text}</span> }.into_any(),
    }
}

/// Words that matter less than those beside them.
pub fn quiet(text: impl Into<String>) -> AnyView {
    view! { <span class="muted">{text.into()}</span> }.into_any()
}

/// The table of some rows.
pub fn view(shown: Shown, lines: Vec<Line>) -> AnyView {
    let columns = shown.list.columns;
    let details = lines.iter().any(|line| line.detail.is_some());
    let head = columns.iter().enumerate();
    let head = head.map(|(place, column)| heading(shown, place, column));
    let head = head.collect_view();
    let last = details.then(|| {
        let more = view! { <span class="visually-hidden">{words::DETAILS}</span> };
        view! { <th scope="col">{more}</th> }
    });
    let lines = lines.into_iter().map(|line| row(columns, line));
    view! {
        <div class="table-wrap">
            <table class="table fold">
                <caption class="visually-hidden" tabindex="-1">{shown.list.caption}</caption>
                <thead>
                    <tr>{head} {last}</tr>
                </thead>
                <tbody>{lines.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn heading(shown: Shown, place: usize, column: &'static Column) -> AnyView {
    if column.sort.is_empty() {
        return view! { <th scope="col" class:end=column.number>{column.label}</th> }.into_any();
    }
    let asked = shown.asked;
    let sort = Signal::derive(move || asked.with(|asked| sorted(asked, place, column.sort)));
    let go = use_go(Step::Here);
    let press = Callback::new(move |sort: Sort| {
        let order = if sort == Sort::Descending { "desc" } else { "" };
        let next = asked.with_untracked(|asked| asked.with(SORT, column.sort).with(ORDER, order));
        go(&next.first_page().address(&shown.list.path.href()));
    });
    view! { <SortHeader label=column.label sort=sort on_sort=press end=column.number /> }.into_any()
}

/// How a column is sorted: the first one leads where none is named.
fn sorted(asked: &Asked, place: usize, name: &str) -> Option<Sort> {
    let leads = asked.get(SORT) == name || (asked.get(SORT).is_empty() && place == 0);
    leads.then_some(if asked.get(ORDER) == "desc" {
        Sort::Descending
    } else {
        Sort::Ascending
    })
}

/// A row, and the one below it while it is open. Roles are said again, since browsers forget those
/// of a table whose rows are laid out otherwise.
fn row(columns: &'static [Column], line: Line) -> AnyView {
    let cells = columns.iter().zip(line.cells);
    let cells = cells.map(|(column, cell)| {
        let label = (column.phone == Phone::Named).then_some(column.label);
        view! {
            <td role="cell" class=column.class() data-label=label>
                {cell}
            </td>
        }
    });
    let cells = cells.collect_view();
    let (last, below) = match line.detail {
        Some(detail) => more(detail, columns.len() + 1),
        None => (().into_any(), ().into_any()),
    };
    view! {
        <tr role="row">{cells} {last}</tr>
        {below}
    }
    .into_any()
}

/// What opens a row, and what is below it then.
fn more(detail: Detail, columns: usize) -> (AnyView, AnyView) {
    let open = RwSignal::new(false);
    let icon = move || {
        ui::small_icon(if open.get() {
            "chevron-down"
        } else {
            "chevron-right"
        })
    };
    let last = view! {
        <td role="cell" class="fit">
            <button
                type="button"
                class="icon-button"
                aria-label=words::details_of(&detail.of)
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {icon}
            </button>
        </td>
    };
    let draw = detail.draw;
    let inside = move || {
        let draw = draw.clone();
        open.get().then(|| {
            view! {
                <tr role="row" class="detail">
                    <td role="cell" colspan=columns>
                        {draw()}
                    </td>
                </tr>
            }
        })
    };
    (last.into_any(), inside.into_any())
}
