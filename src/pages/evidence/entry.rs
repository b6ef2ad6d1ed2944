//! A row of evidence by hand: what the forms for people, customers and usage share. What is entered
//! is an import of one row, so it is checked in the same way, told in the history and undone there.

mod kept;
mod send;
mod view;

pub use kept::{KEPT, Kept};
pub use send::{Document, Enter, Entered, Faults, entered, new_id};
pub use view::{associations, workloads};

use std::sync::Arc;

use leptos::prelude::*;
use membership_contract::import::Import;
use membership_contract::page::Page as Piece;
use membership_contract::paths as api_paths;
use membership_contract::problem::code;
use membership_contract::session::SessionOrganization;
use membership_domain::catalog::Catalog;
use membership_domain::evidence::Writer;
use membership_domain::id::OrganizationId;
use serde::de::DeserializeOwned;

use crate::api::remote::Load;
use crate::api::{cache, remote};
use crate::form::{self, Again, Editor, Filled, Page, Shape, Values};
use crate::shell::heading::lead;
use crate::text::by_hand as text;
use crate::ui::LinkButton;
use crate::{drafts, paths};

/// What tells the rows of one list from others.
pub struct Part {
    /// The list.
    pub list: paths::Page,
    /// What leads to it.
    pub all: &'static str,
    /// That the address names no row of it.
    pub gone: &'static str,
    /// The form. The first field is what makes a row one.
    pub shape: Shape,
}

/// A row that is entered, or changed.
#[derive(Clone, Copy)]
pub struct Entry {
    organization: OrganizationId,
    part: &'static Part,
    /// Whether the row is new: then it may not be known.
    new: bool,
    /// Who writes here.
    writer: Writer,
    /// Its form.
    pub editor: Editor,
}

/// How a form is filled from something, and drawn.
#[derive(Clone)]
pub struct Form<T> {
    /// Whether what was read has the row that the address names.
    pub has: Arc<dyn Fn(&T) -> bool + Send + Sync>,
    /// What the form shows of it.
    pub values: Shows<T>,
    /// The form.
    pub view: Draws<T>,
}

type Shows<T> = Arc<dyn Fn(Option<&T>) -> Values + Send + Sync>;
type Draws<T> = Arc<dyn Fn(Entry, Option<&T>, &Catalog) -> AnyView + Send + Sync>;
type Draw = Arc<dyn Fn(Entry, &Catalog) -> AnyView + Send + Sync>;

/// A page with the form for what is at `path`, or for something new without a path.
pub fn page<T>(
    organization: &SessionOrganization,
    part: &'static Part,
    path: Option<String>,
    form: Form<T>,
) -> AnyView
where
    T: DeserializeOwned + Send + Sync + 'static,
{
    let Form { has, values, view } = form;
    if let Some(path) = &path {
        // It may have been changed since, also from here.
        cache::forget(path);
    }
    let known = {
        let path = path.clone();
        remote::<T>(move || path.clone())
    };
    let known_load = Signal::derive(move || known.load());
    let has = Signal::derive(move || known.get().is_none_or(|known| has(&known)));
    let again = Again {
        tag: Some(api_paths::imports(organization.id)),
        row: path.clone(),
        fill: {
            let values = values.clone();
            Arc::new(move |reply| {
                let known = reply.json::<T>("").ok()?;
                Some(values(Some(&known)))
            })
        },
    };
    let fill = Box::new(move || values(untrack(|| known.get()).as_deref()));
    let draw = Arc::new(move |entry: Entry, catalog: &Catalog| {
        view(entry, untrack(|| known.get()).as_deref(), catalog)
    });
    let reload = Callback::new(move |()| known.reload());
    let reading = Reading {
        path,
        load: known_load,
        has,
        reload,
    };
    let writer = kept::writer(organization);
    let whose = (organization.id, writer);
    shown(whose, part, reading, again, fill, draw)
}

/// What the form is filled from, without its type.
struct Reading {
    path: Option<String>,
    load: Signal<Load>,
    has: Signal<bool>,
    reload: Callback<()>,
}

fn shown(
    (organization, writer): (OrganizationId, Writer),
    part: &'static Part,
    known: Reading,
    again: Again,
    fill: Box<dyn Fn() -> Values + Send + Sync>,
    draw: Draw,
) -> AnyView {
    let catalog = remote::<Catalog>(|| Some(api_paths::CATALOG.to_owned()));
    // To add something, the history is read: that tells the state of the evidence too.
    let new = known.path.is_none();
    let read = known
        .path
        .unwrap_or_else(|| api_paths::imports(organization));
    let history = {
        let path = new.then(|| read.clone());
        if new {
            cache::forget(&read);
        }
        remote::<Piece<Import>>(move || path.clone())
    };
    let Reading {
        load, has, reload, ..
    } = known;
    let gone = Signal::derive(move || {
        !has.get() || matches!(load.get(), Load::Failed(error) if error.is(code::NOT_FOUND))
    });
    let page = Page {
        load: Signal::derive(move || {
            let evidence = if new { history.load() } else { load.get() };
            Load::all([catalog.load(), evidence])
        }),
        retry: Callback::new(move |()| {
            catalog.reload();
            history.reload();
            reload.run(());
        }),
        gone,
        instead: Arc::new(move || instead(part)),
    };
    form::page(page, move || {
        let tag = cache::get(&read).and_then(cache::Known::etag);
        let editor = Editor::new(&part.shape, drafts::here(organization), fill());
        let entry = Entry {
            organization,
            part,
            new: true,
            writer,
            editor: editor.over(tag, again.clone()),
        };
        let draw = draw.clone();
        let filled: Filled = Arc::new(move || {
            catalog
                .get()
                .map_or_else(|| ().into_any(), |catalog| draw(entry, &catalog))
        });
        filled
    })
}

/// In place of a row that the evidence does not have.
fn instead(part: &'static Part) -> AnyView {
    view! {
        {lead(part.gone.to_owned(), text::GONE_WHY, ())}
        <div class="cluster">
            <LinkButton href=part.list.href()>{part.all}</LinkButton>
        </div>
    }
    .into_any()
}
