//! The one list: what every table behind an address of the API has. A page says which columns and
//! filters there are and how a row reads; here is the rest: what is asked for is in the page's
//! address, columns sort, pages follow each other by cursor, rows fold into lines on a phone, say
//! more on demand, and are saved as CSV; and what is said where nothing is found.
//!
//! Nothing here knows the type of a row: [`Source::of`] is all that is compiled for each of them.

mod asked;
mod controls;
mod empty;
mod pager;
mod source;
mod table;

pub use asked::{Asked, SEARCH};
pub use controls::{Filter, Narrowed, controls};
pub use source::{Line, Lines, Source};
pub use table::{Column, Detail, Phone, name, quiet};

use std::sync::Arc;

use leptos::prelude::*;
use membership_contract::problem::code;

use self::pager::Pager;
use crate::api::remote::Load;
use crate::api::{Body, Method, action};
use crate::text::lists as words;
use crate::ui::{self, Button, Kind};
use crate::{download, paths};

/// What tells one list from others, but for its rows.
#[derive(Clone, Copy)]
pub struct List {
    /// What the table shows, for those who jump from table to table.
    pub caption: &'static str,
    /// The page's own address.
    pub path: paths::Page,
    /// What the file is called to which rows are saved. Without one there is no search either:
    /// the list is only read from its beginning.
    pub file: Option<&'static str>,
    /// The columns.
    pub columns: &'static [Column],
    /// Where there is nothing at all: why, and what is done first, if anything.
    pub nothing: (&'static str, Option<(&'static str, paths::Page)>),
}

/// A list as it is on a page.
#[derive(Clone, Copy)]
struct Shown {
    list: List,
    /// Its address in the API, without a query.
    api: StoredValue<String>,
    asked: Memo<Asked>,
    filters: StoredValue<Vec<Filter>>,
}

/// The card with the list: filters, table, pages. `api` is where its rows are, which `source`
/// reads as `asked` says.
pub fn card(
    list: List,
    api: String,
    asked: Memo<Asked>,
    filters: Vec<Filter>,
    source: Source,
) -> AnyView {
    let shown = Shown {
        list,
        api: StoredValue::new(api),
        asked,
        filters: StoredValue::new(filters),
    };
    let load = source.load;
    // Of what the address asks for, something is unknown: to try again would change nothing.
    let unknown = move || matches!(load.get(), Load::Failed(error) if error.is(code::INVALID));
    let pager = Pager::new(list.path);
    let lines = source.lines;
    let inside = Arc::new(move || match lines() {
        None => ().into_any(),
        Some(lines) if lines.all.is_empty() => empty::nothing(shown),
        Some(lines) => shown.table(pager, lines),
    });
    let usual = move || {
        let inside = inside.clone();
        ui::when_ready(load, source.retry, move || inside())
    };
    view! {
        <div class="card list">
            {list.file.map(|_| shown.controls())}
            {ui::instead_while(unknown, move || empty::unknown(shown), usual)}
        </div>
    }
    .into_any()
}

impl Shown {
    fn table(self, pager: Pager, lines: Lines) -> AnyView {
        let now = self.asked.get();
        let (found, pages) = pager.of(&now, &lines);
        view! {
            {table::view(self, lines.all)}
            <footer class="pages">
                <p class="small muted" role="status">{found}</p>
                {pages}
            </footer>
        }
        .into_any()
    }

    fn controls(self) -> AnyView {
        let narrowed = Narrowed {
            path: self.list.path,
            asked: self.asked,
            search: SEARCH,
        };
        controls(narrowed, self.filters.get_value(), self.csv())
    }

    /// Where the API has what an address asks for.
    fn api(self, asked: &Asked) -> String {
        self.api.with_value(|api| asked.address(api))
    }

    /// What saves all that is found.
    fn csv(self) -> AnyView {
        let read = action();
        let save = Callback::new(move |()| {
            let address = self.api(&self.asked.get_untracked().first_page());
            let sign = if address.contains('?') { '&' } else { '?' };
            let address = format!("{address}{sign}format=csv");
            let name = format!("{}.csv", self.list.file.unwrap_or_default());
            read.run(Method::Get, address, Body::default(), move |reply| {
                download::save(&name, "text/csv", &reply.body);
            });
        });
        view! {
            <Button kind=Kind::Plain on_press=save busy=read.busy icon_name="download">
                {words::CSV}
            </Button>
        }
        .into_any()
    }
}
