//! The table: columns that sort, and for each row where it counts.

use leptos::prelude::*;

use super::Kind;
use super::filter::{Filter, narrower};
use super::rows::{Column, Told};
use crate::paths;
use crate::text::evidence as words;
use crate::ui::{Sort, SortHeader, Table};

/// The table of some rows.
pub fn view(
    kind: Kind,
    columns: &'static [Column],
    rows: &[Told],
    filter: Memo<Filter>,
    top: AnyView,
) -> AnyView {
    let go = narrower(kind);
    let head = move || {
        let go = go.clone();
        let column = move |(place, (name, label, end)): (usize, &'static Column)| {
            if name.is_empty() {
                return view! { <th scope="col">{*label}</th> }.into_any();
            }
            let sort = Signal::derive(move || sorted(&filter.get(), place, name));
            let go = go.clone();
            let press = Callback::new(move |sort: Sort| {
                let order = if sort == Sort::Descending { "desc" } else { "" };
                go(Filter {
                    sort: (*name).to_owned(),
                    order: order.to_owned(),
                    ..filter.get_untracked()
                });
            });
            view! { <SortHeader label=*label sort=sort on_sort=press end=*end /> }.into_any()
        };
        let named = columns.iter().enumerate().map(column).collect_view();
        view! {
            {named}
            <th scope="col">{words::COUNTS_IN}</th>
        }
    };
    let lines = rows.iter().map(|row| line(columns, row)).collect_view();
    view! {
        <div class="card">
            <header>{top}</header>
            <Table caption=kind.title head=head>
                {lines}
            </Table>
        </div>
    }
    .into_any()
}

/// How a column is sorted: the first one leads where none is named.
fn sorted(filter: &Filter, place: usize, name: &str) -> Option<Sort> {
    let leads = filter.sort == name || (filter.sort.is_empty() && place == 0);
    leads.then_some(if filter.order == "desc" {
        Sort::Descending
    } else {
        Sort::Ascending
    })
}

fn line(columns: &'static [Column], row: &Told) -> AnyView {
    let mut link = row.link.clone();
    let cells = columns.iter().zip(row.cells.clone());
    let cells = cells.map(|((_, label, end), cell)| {
        // The first one leads to the row itself, where it has a page.
        let cell = match link.take() {
            Some(href) => view! { <a href=href>{cell}</a> }.into_any(),
            None => cell.into_any(),
        };
        view! {
            <td data-label=*label class:num=*end class:end=*end>
                {cell}
            </td>
        }
    });
    let cells = cells.collect_view();
    let areas = row.counts.iter().map(|(id, name)| {
        view! { <li><a href=paths::area(id)>{name.clone()}</a></li> }
    });
    let areas = if row.counts.is_empty() {
        view! { <span class="muted">{words::NOWHERE}</span> }.into_any()
    } else {
        view! { <ul class="plain">{areas.collect_view()}</ul> }.into_any()
    };
    let not = (row.not.len() > 1).then(|| {
        let why = row.not.iter().map(|(area, why)| {
            view! { <li><span class="strong">{area.clone()}</span>{format!(": {why}")}</li> }
        });
        view! {
            <details class="small">
                <summary>{words::why_not(row.not.len())}</summary>
                <ul class="plain">{why.collect_view()}</ul>
            </details>
        }
    });
    let one = match row.not.as_slice() {
        [(area, why)] => Some(view! { <p class="small">{format!("{area}: {why}")}</p> }),
        _ => None,
    };
    view! {
        <tr>
            {cells}
            <td data-label=words::COUNTS_IN class="counts">{areas} {one} {not}</td>
        </tr>
    }
    .into_any()
}
