//! The imports so far, each with a way back.

use leptos::prelude::*;
use membership_contract::import::Import;
use membership_contract::page::Page as Piece;
use membership_contract::paths as api_paths;

use super::{Page, said};
use crate::api::{Body, Method, action, remote};
use crate::format;
use crate::text::imports as words;
use crate::ui::{self, Button, Table, Tone};

/// The history, newest first.
pub fn card(page: Page) -> AnyView {
    let id = page.organization.with_value(|one| one.id);
    // The places where pages begin; the first begins at none.
    let cursors = RwSignal::new(vec![String::new()]);
    let imports = remote::<Piece<Import>>(move || {
        let cursor = cursors.with(|all| all.last().cloned().unwrap_or_default());
        Some(crate::paths::with_query(
            &api_paths::imports(id),
            &[("cursor", cursor.as_str())],
        ))
    });
    Effect::new(move |before: Option<u32>| {
        let count = page.changed.get();
        if before.is_some_and(|before| before != count) {
            cursors.set(vec![String::new()]);
            imports.reload();
        }
        count
    });
    let shown = ui::loaded(imports, move |piece| {
        let next = piece.next.clone();
        view! {
            {table(page, &piece.items)}
            {pager(cursors, next)}
        }
        .into_any()
    });
    view! {
        <section class="card">
            <header>
                <h2>{words::HISTORY}</h2>
            </header>
            {shown}
        </section>
    }
    .into_any()
}

fn pager(cursors: RwSignal<Vec<String>>, next: Option<String>) -> Option<AnyView> {
    let first = cursors.with_untracked(Vec::len) == 1;
    if first && next.is_none() {
        return None;
    }
    let newer = (!first).then(|| {
        let back = Callback::new(move |()| cursors.update(|all| drop(all.pop())));
        view! { <Button on_press=back>{words::NEWER}</Button> }
    });
    let older = next.map(|next| {
        let on = Callback::new(move |()| cursors.update(|all| all.push(next.clone())));
        view! { <Button on_press=on>{words::EARLIER}</Button> }
    });
    let both = view! { <div class="cluster">{newer} {older}</div> };
    Some(view! { <div class="body">{both}</div> }.into_any())
}

fn table(page: Page, imports: &[Import]) -> AnyView {
    if imports.is_empty() {
        return view! { <div class="body">{view! { <p class="muted">{words::NO_HISTORY}</p> }}</div> }
            .into_any();
    }
    let rows = imports
        .iter()
        .map(|import| row(page, import))
        .collect_view();
    view! {
        <Table
            caption=words::HISTORY_CAPTION
            head=|| {
                [words::FILE_NAME, words::WHEN, words::WHO, words::WHAT, words::BACK]
                    .map(|name| view! { <th scope="col">{name}</th> })
            }
        >
            {rows}
        </Table>
    }
    .into_any()
}

fn row(page: Page, import: &Import) -> AnyView {
    let back = match &import.undone {
        Some(undone) => {
            let at = format::instant(undone.at);
            view! { <span class="muted">{words::undone(&undone.by, &at)}</span> }.into_any()
        }
        None => undo(page, import),
    };
    view! {
        <tr>
            <td data-label=words::FILE_NAME class="cut">{import.name.clone()}</td>
            <td data-label=words::WHEN>{format::instant(import.imported_at)}</td>
            <td data-label=words::WHO>{import.imported_by.clone()}</td>
            <td data-label=words::WHAT>{words::summary(&import.counts)}</td>
            <td data-label=words::BACK>{back}</td>
        </tr>
    }
    .into_any()
}

fn undo(page: Page, import: &Import) -> AnyView {
    let undo = action();
    let path = api_paths::import_undo(page.organization.with_value(|one| one.id), import.id);
    let name = import.name.clone();
    let label = words::undo_this(&name);
    let press = Callback::new(move |()| {
        let name = name.clone();
        undo.run(Method::Post, path.clone(), Body::default(), move |_| {
            ui::live::say(&words::was_undone(&name));
            page.forget(&name);
            page.changed.update(|count| *count += 1);
        });
    });
    view! {
        <Button on_press=press busy=undo.busy>
            {words::UNDO}
            <span class="visually-hidden">{label}</span>
        </Button>
        {move || {
            undo.error
                .get()
                .map(|error| view! { <div role="alert">{ui::note(Tone::Bad, said(&error))}</div> })
        }}
    }
    .into_any()
}
