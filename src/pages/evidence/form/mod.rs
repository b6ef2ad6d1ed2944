//! A row of evidence by hand: what the forms for people, customers and usage share. What is entered
//! is an import of one row, so it is checked in the same way, told in the history and undone there.

pub mod cents;
mod controls;
mod draft;
mod lines;
mod send;
mod sheet;

pub use lines::{Line, Lines, day, day_text, line_problem, typed};
pub use send::{Document, Enter, Entered};
pub use sheet::Sheet;

use std::sync::Arc;

use leptos::prelude::*;
use membership_contract::import::Import;
use membership_contract::page::Page;
use membership_contract::paths as api_paths;
use membership_contract::problem::code;
use membership_contract::session::SessionOrganization;
use membership_contract::text::en;
use membership_domain::catalog::{AssociationKind, Catalog};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::api::remote::Load;
use crate::api::{cache, remote};
use crate::paths;
use crate::shell::heading::lead;
use crate::text::by_hand as text;
use crate::ui::{self, Choice, LinkButton};

/// What tells the rows of one list from others.
pub struct Part {
    /// The list.
    pub list: paths::Page,
    /// What leads to it.
    pub all: &'static str,
    /// That the address names no row of it.
    pub gone: &'static str,
    /// The fields of a row, each with the id of its control; the one that makes it one is first.
    pub fields: &'static [(&'static str, &'static str)],
    /// What its lines are called together.
    pub lines: &'static str,
    /// What one of them is called, by its number from 1.
    pub line: fn(usize) -> String,
    /// What adds one of them.
    pub add: &'static str,
}

/// Draws a form that was filled before.
pub type Draw = Arc<dyn Fn(&Catalog) -> AnyView + Send + Sync>;

/// A page with a form: `make` fills it from what is at `path`, or makes an empty one without a
/// path. It is filled once, so that what is typed later stays, whatever arrives.
pub fn page<T>(
    organization: &SessionOrganization,
    part: &'static Part,
    path: Option<String>,
    make: impl Fn(Sheet, Option<&T>) -> Draw + Send + Sync + 'static,
) -> AnyView
where
    T: DeserializeOwned + Send + Sync + 'static,
{
    // Whoever adds something has read the history: that tells the state of the evidence too.
    let read = path.clone();
    let read = read.unwrap_or_else(|| api_paths::imports(organization.id));
    // It may have been changed since, also from here.
    cache::forget(&read);
    let known = remote::<T>(move || path.clone());
    let load = Signal::derive(move || known.load());
    let reload = Callback::new(move |()| known.reload());
    let make = move |sheet| make(sheet, untrack(|| known.get()).as_deref());
    shown(organization.id, part, read, load, reload, Box::new(make))
}

fn shown(
    organization: Uuid,
    part: &'static Part,
    read: String,
    known: Signal<Load>,
    reload: Callback<()>,
    make: Box<dyn Fn(Sheet) -> Draw + Send + Sync>,
) -> AnyView {
    let catalog = remote::<Catalog>(|| Some(api_paths::CATALOG.to_owned()));
    let new = read == api_paths::imports(organization);
    let history = {
        let path = new.then(|| read.clone());
        remote::<Page<Import>>(move || path.clone())
    };
    let missing =
        Memo::new(move |_| matches!(known.get(), Load::Failed(error) if error.is(code::NOT_FOUND)));
    let load = Signal::derive(move || {
        if missing.get() {
            return Load::Ready;
        }
        let evidence = if new { history.load() } else { known.get() };
        Load::all([catalog.load(), evidence])
    });
    let retry = Callback::new(move |()| {
        catalog.reload();
        history.reload();
        reload.run(());
    });
    // What is typed belongs to the page, and not to the view of what arrived first.
    let draw = StoredValue::new(None::<Draw>);
    let owner = Owner::current().unwrap_or_default();
    ui::when_ready(load, retry, move || {
        if missing.get() {
            return gone(part);
        }
        let Some(catalog) = catalog.get() else {
            return ().into_any();
        };
        let filled = draw.get_value().unwrap_or_else(|| {
            let tag = cache::get(&read).and_then(cache::Known::etag);
            let filled = owner.with(|| make(Sheet::new(organization, part, tag)));
            draw.set_value(Some(filled.clone()));
            filled
        });
        filled(&catalog)
    })
}

/// In place of a row that the evidence does not have.
pub fn gone(part: &'static Part) -> AnyView {
    view! {
        {lead(part.gone.to_owned(), text::GONE_WHY, ())}
        <div class="cluster">
            <LinkButton href=part.list.href()>{part.all}</LinkButton>
        </div>
    }
    .into_any()
}

/// The id of somebody or something new: nobody else has it.
pub fn new_id() -> String {
    format!("entered-{}", js_sys::Date::now())
}

/// The source of what was changed here.
#[expect(clippy::unnecessary_wraps, reason = "as evidence has it")]
pub fn entered() -> Option<String> {
    Some("entered".to_owned())
}

/// All workloads.
pub fn workloads(catalog: &Catalog, first: &str) -> Vec<Choice> {
    let all = catalog.workloads.iter();
    ui::choices(
        first,
        all.map(|known| (known.id.clone(), known.name.clone())),
    )
}

/// All kinds of associations.
pub fn associations() -> Vec<Choice> {
    let all = AssociationKind::ALL.into_iter();
    let named = all.map(|kind| (kind.code().to_owned(), en::association(kind).to_owned()));
    ui::choices(text::CHOOSE, named)
}
