//! What a file must look like, and small ones to begin with.

use leptos::prelude::*;
use membership_contract::example::Example;
use membership_contract::paths;
use membership_domain::Catalog;

use crate::api::remote;
use crate::download;
use crate::text::imports as words;
use crate::ui::{Button, Disclosure, Table};

/// Both tables with their columns, and the example files.
pub fn formats() -> AnyView {
    let row = |(table, needed, used): &(&'static str, &'static str, &'static str)| {
        view! {
            <tr>
                <td data-label=words::TABLE>{*table}</td>
                <td data-label=words::NEEDED>{*needed}</td>
                <td data-label=words::USED_TOO>{*used}</td>
            </tr>
        }
    };
    let inside = view! {
        <p>{words::FORMATS_ABOUT}</p>
        <Table
            caption=words::FORMATS_CAPTION
            head=|| {
                [words::TABLE, words::NEEDED, words::USED_TOO]
                    .map(|name| view! { <th scope="col">{name}</th> })
            }
        >
            {words::FORMATS.iter().map(row).collect_view()}
        </Table>
        <p>{words::JSON_ABOUT}</p>
        {examples()}
    };
    view! { <Disclosure summary=words::FORMATS_TITLE name="formats">{inside}</Disclosure> }
        .into_any()
}

/// A file's name, what it is for a browser, and what writes it.
type File = (&'static str, &'static str, fn(&Example) -> String);

/// Buttons that save the example files, with what the catalog knows if it has arrived.
fn examples() -> AnyView {
    let catalog = remote::<Catalog>(|| Some(paths::CATALOG.to_owned()));
    let files: [File; 3] = [
        ("certificates.csv", "text/csv", Example::certificates),
        ("usage.csv", "text/csv", Example::usage),
        ("evidence.json", "application/json", Example::evidence),
    ];
    let button = |(name, kind, write): File| {
        let save = Callback::new(move |()| {
            let known = untrack(move || catalog.get());
            let example = Example::of(known.as_deref());
            download::save(name, kind, &write(&example));
        });
        view! { <Button on_press=save>{words::save(name)}</Button> }
    };
    view! { <div class="cluster">{files.map(button).collect_view()}</div> }.into_any()
}
