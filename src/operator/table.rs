//! What the tables of the desk share: a card, and rows that fold into lines on a phone.

use leptos::prelude::*;

/// The heading of a column, and whether it holds numbers.
pub type Head = (&'static str, bool);

/// A card with a heading; `aside` is at the heading's end.
pub fn card(title: impl IntoAny, aside: impl IntoAny, inside: impl IntoAny) -> AnyView {
    view! {
        <section class="card">
            <header>
                <h2>{title.into_any()}</h2>
                {aside.into_any()}
            </header>
            {inside.into_any()}
        </section>
    }
    .into_any()
}

/// A line in place of a table that has no rows.
pub fn nothing(says: &'static str) -> AnyView {
    view! {
        <div class="body">
            <p class="muted">{says}</p>
        </div>
    }
    .into_any()
}

/// A table. Cells have their places on a phone by their classes, as style/list.css has them.
pub fn fold(caption: &'static str, head: &'static [Head], rows: AnyView) -> AnyView {
    let heading = |(label, is_number): &Head| {
        view! {
            <th scope="col" class:end=*is_number>
                {*label}
            </th>
        }
    };
    view! {
        <div class="table-wrap">
            <table class="table fold">
                <caption class="visually-hidden" tabindex="-1">{caption}</caption>
                <thead>
                    <tr>{head.iter().map(heading).collect_view()}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A row. Roles are said again, since browsers forget those of a table whose rows are laid out
/// otherwise.
pub fn row(cells: Vec<AnyView>) -> AnyView {
    view! { <tr role="row">{cells}</tr> }.into_any()
}

/// A cell: its class, the name of its column where a phone has to say it, and what stands there.
pub fn cell(class: &'static str, label: Option<&'static str>, inside: impl IntoAny) -> AnyView {
    view! {
        <td role="cell" class=class data-label=label>
            {inside.into_any()}
        </td>
    }
    .into_any()
}
