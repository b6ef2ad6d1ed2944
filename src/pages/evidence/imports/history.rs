//! The imports so far, each with a way back.

use leptos::prelude::*;
use membership_contract::import::Import;
use membership_contract::page::Page as Piece;
use membership_contract::paths as api_paths;

use super::{Page, said};
use crate::api::{Body, Method, action, remote};
use crate::list::{self, Asked, Column, Line, Lines, List, Phone, Source, quiet};
use crate::text::imports as words;
use crate::ui::{self, Button};
use crate::{format, paths};

static LIST: List = List {
    caption: words::HISTORY_CAPTION,
    path: paths::IMPORTS,
    file: None,
    columns: &[
        Column::text(words::FILE_NAME, "", Phone::Start),
        Column::code(words::WHEN, "", Phone::Line),
        Column::text(words::WHO, "", Phone::Line),
        Column::text(words::WHAT, "", Phone::Line),
        Column::text(words::BACK, "", Phone::End),
    ],
    nothing: (words::NO_HISTORY, None),
};

/// The history, newest first.
pub fn card(page: Page) -> AnyView {
    let api = api_paths::imports(page.organization.with_value(|one| one.id));
    let asked = Asked::of_address(&[]);
    let imports = {
        let api = api.clone();
        remote::<Piece<Import>>(move || Some(asked.with(|asked| asked.address(&api))))
    };
    Effect::new(move |before: Option<u32>| {
        let count = page.changed.get();
        if before.is_some_and(|before| before != count) {
            imports.reload();
        }
        count
    });
    let load = Signal::derive(move || imports.load());
    let retry = Callback::new(move |()| imports.reload());
    let lines = move || {
        let piece = imports.get()?;
        Some(Lines {
            all: piece
                .items
                .iter()
                .map(|import| line(page, import))
                .collect(),
            total: None,
            next: piece.next.clone(),
        })
    };
    let source = Source::of(load, retry, lines);
    view! {
        <section class="stack medium">
            <h2>{words::HISTORY}</h2>
            {list::card(LIST, api, asked, Vec::new(), source)}
        </section>
    }
    .into_any()
}

fn line(page: Page, import: &Import) -> Line {
    let undo = action();
    // Sentences have a line of their own: beside the name there is room for a word.
    let (back, why) = match (&import.undone, &import.kept) {
        (Some(undone), _) => {
            let at = format::instant(undone.at);
            (quiet(words::UNDONE), Some(words::undone(&undone.by, &at)))
        }
        (None, Some(why)) => (quiet(words::KEPT), Some(why.clone())),
        (None, None) => (undo_button(page, import, undo), None),
    };
    let why = why.map(|why| view! { <p class="small muted">{why}</p> });
    let refused = move || {
        let error = undo.error.get()?;
        Some(ui::refused(said(&error), ()))
    };
    let lines = words::summary(&import.counts);
    Line {
        cells: vec![
            view! { <span class="cut">{import.name.clone()}</span> }.into_any(),
            format::instant(import.imported_at).into_any(),
            import.imported_by.clone().into_any(),
            view! { {lines} {why} {refused} }.into_any(),
            back,
        ],
        detail: None,
    }
}

fn undo_button(page: Page, import: &Import, undo: crate::api::action::Action) -> AnyView {
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
    }
    .into_any()
}
