//! The table: columns that sort, and for each row where it counts.

use leptos::prelude::*;

use super::Kind;
use super::filter::{Filter, narrower};
use super::rows::{Column, Not, Place, Told};
use crate::text::evidence as words;
use crate::ui::{Sort, SortHeader, Table};

/// So many areas are named before the rest is counted.
const FEW: usize = 3;

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
    let (first, others) = row.counts.split_at(row.first.min(row.counts.len()));
    let nowhere = row.counts.is_empty();
    let nowhere = nowhere.then(|| view! { <span class="muted">{row.nowhere}</span> });
    let others = match others {
        [] | [_] => places(others),
        _ => {
            let summary = words::in_programs(others.len(), !first.is_empty());
            Some(behind(summary, places(others)))
        }
    };
    let own = nots(&row.own);
    let elsewhere = match row.not.len() {
        0 | 1 => nots(&row.not),
        reasons => Some(behind(words::why_not(reasons), nots(&row.not))),
    };
    view! {
        <tr>
            {cells}
            <td data-label=words::COUNTS_IN class="counts">
                {nowhere} {places(first)} {others} {own} {elsewhere}
            </td>
        </tr>
    }
    .into_any()
}

/// Areas and programs, each a way back, with the metrics or requirements in which a row counts.
fn places(places: &[Place]) -> Option<AnyView> {
    let line = |place: &Place| {
        view! {
            <li>
                <a href=place.href.clone()>{place.name.clone()}</a>
                <span class="small muted">{format!(" {}", place.metrics)}</span>
            </li>
        }
    };
    plain(
        places.iter().map(line).collect_view().into_any(),
        places.len(),
    )
}

fn plain(lines: AnyView, count: usize) -> Option<AnyView> {
    (count > 0).then(|| view! { <ul class="plain">{lines}</ul> }.into_any())
}

fn behind(summary: String, inside: Option<AnyView>) -> AnyView {
    view! {
        <details class="disclosure small">
            <summary>{summary}</summary>
            {inside}
        </details>
    }
    .into_any()
}

/// Where a row does not count, and why.
fn nots(reasons: &[Not]) -> Option<AnyView> {
    let line = |(areas, why): &Not| {
        let areas = match areas.get(..FEW) {
            Some(few) if areas.len() > FEW + 1 => words::and_more(few, areas.len() - FEW),
            _ => crate::format::list(areas),
        };
        view! {
            <li class="small"><span class="strong">{areas}</span>{format!(": {why}")}</li>
        }
    };
    plain(
        reasons.iter().map(line).collect_view().into_any(),
        reasons.len(),
    )
}
