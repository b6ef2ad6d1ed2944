//! The evidence, row by row: people, certifications, customers and usage, each row with the areas
//! in which it counts and why not in the others. What is looked for is in the address.

pub mod customer;
mod filter;
mod form;
mod pager;
pub mod person;
mod rows;
mod table;
pub mod usage;

use leptos::prelude::*;
use membership_contract::paths as api_paths;
use membership_contract::problem::code;
use membership_contract::session::SessionOrganization;
use membership_contract::text::Speaker;
use membership_domain::catalog::Catalog;
use membership_lists::{CertificationRow, CustomerRow, List, PersonRow, UsageRow, numbers, places};

use self::filter::{Filter, Named};
use self::pager::Pager;
use self::rows::{Piece, Shown};
use crate::api::remote::Load;
use crate::api::{Body, Method, action, remote};
use crate::shell::heading::lead;
use crate::text::evidence as words;
use crate::ui::{self, LinkButton, Tab};
use crate::workspace::Browser;
use crate::{download, paths};

/// People.
pub fn people(organization: SessionOrganization) -> AnyView {
    page::<PersonRow>(&organization, List::People)
}

/// Certificates in people's hands.
pub fn certifications(organization: SessionOrganization) -> AnyView {
    page::<CertificationRow>(&organization, List::Certifications)
}

/// Customers.
pub fn customers(organization: SessionOrganization) -> AnyView {
    page::<CustomerRow>(&organization, List::Customers)
}

/// What they used.
pub fn usage(organization: SessionOrganization) -> AnyView {
    page::<UsageRow>(&organization, List::Usage)
}

/// The tabs over every page of evidence.
pub fn tabs(current: paths::Page) -> AnyView {
    let tab = |(label, path): (&str, paths::Page)| Tab {
        label: label.to_owned(),
        href: path.href(),
        current: path == current,
    };
    let all = [
        (words::PEOPLE, paths::PEOPLE),
        (words::CERTIFICATIONS, paths::CERTIFICATIONS),
        (words::CUSTOMERS, paths::CUSTOMERS),
        (words::USAGE, paths::USAGE),
        (words::IMPORTS, paths::IMPORTS),
    ];
    ui::tabs(words::LISTS.to_owned(), all.map(tab).into())
}

/// A list, without what tells it from the others but the type of its rows.
#[derive(Clone, Copy)]
struct Kind {
    list: List,
    title: &'static str,
    about: &'static str,
    /// The page's own address, and the name of the list in the API.
    path: paths::Page,
    name: &'static str,
}

impl Kind {
    fn of(list: List) -> Self {
        let (title, about, path, name) = match list {
            List::People => (words::PEOPLE, words::PEOPLE_ABOUT, paths::PEOPLE, "people"),
            List::Certifications => (
                words::CERTIFICATIONS,
                words::CERTIFICATIONS_ABOUT,
                paths::CERTIFICATIONS,
                "certifications",
            ),
            List::Customers => (
                words::CUSTOMERS,
                words::CUSTOMERS_ABOUT,
                paths::CUSTOMERS,
                "customers",
            ),
            List::Usage => (words::USAGE, words::USAGE_ABOUT, paths::USAGE, "usage"),
        };
        Self {
            list,
            title,
            about,
            path,
            name,
        }
    }
}

fn page<R: Shown>(organization: &SessionOrganization, list: List) -> AnyView {
    let kind = Kind::of(list);
    let filter = Filter::of_address();
    let base = api_paths::list(organization.id, kind.name);
    let address = {
        let base = base.clone();
        move || filter.with(|filter| filter.address(&base))
    };
    let rows = remote::<membership_lists::Page<R>>(move || Some(address()));
    let catalog = remote::<Catalog>(|| Some(api_paths::CATALOG.to_owned()));
    let load = Signal::derive(move || Load::all([rows.load(), catalog.load()]));
    let retry = Callback::new(move |()| {
        rows.reload();
        catalog.reload();
    });
    let piece = Memo::new(move |_| {
        let (rows, catalog) = (rows.get()?, catalog.get()?);
        let words = &Browser;
        let speaker = Speaker {
            catalog: &catalog,
            words,
        };
        Some(filter.with(|filter| Piece::of(&speaker, &rows, &filter.area)))
    });
    let csv = Signal::derive(move || {
        let whole = filter.with(|filter| Filter {
            cursor: String::new(),
            ..filter.clone()
        });
        let address = whole.address(&base);
        let sign = if address.contains('?') { '&' } else { '?' };
        format!("{address}{sign}format=csv")
    });
    frame(kind, filter, csv, load, retry, R::COLUMNS, piece, catalog)
}

#[expect(
    clippy::too_many_arguments,
    reason = "what `page` makes of its type, for all types once"
)]
fn frame(
    kind: Kind,
    filter: Memo<Filter>,
    csv: Signal<String>,
    load: Signal<Load>,
    retry: Callback<()>,
    columns: &'static [rows::Column],
    piece: Memo<Option<Piece>>,
    catalog: crate::api::Remote<Catalog>,
) -> AnyView {
    let areas = Memo::new(move |_| {
        let catalog = catalog.get();
        let all = catalog.iter().flat_map(|catalog| places(catalog));
        all.map(|(id, name)| (id.to_owned(), name.to_owned()))
            .collect::<Named>()
    });
    let people = matches!(kind.list, List::People | List::Certifications);
    let metrics = Memo::new(move |_| {
        let Some(catalog) = catalog.get() else {
            return Named::new();
        };
        let (catalog, words) = (&*catalog, &Browser);
        let speaker = Speaker { catalog, words };
        let all = filter.with(|filter| numbers(catalog, &filter.area));
        let own = all.iter().filter(|number| number.people == people);
        own.map(|number| (number.address.clone(), speaker.number_name(number)))
            .collect()
    });
    let table = action();
    let save = Callback::new(move |()| {
        let name = format!("{}.csv", kind.name);
        table.run(
            Method::Get,
            csv.get_untracked(),
            Body::default(),
            move |reply| {
                download::save(&name, "text/csv", &reply.body);
            },
        );
    });
    let pager = Pager::new(kind);
    // Of what the address asks for, something is unknown: to try again would change nothing.
    let unknown =
        Memo::new(move |_| matches!(load.get(), Load::Failed(error) if error.is(code::INVALID)));
    let load = Signal::derive(move || {
        if unknown.get() {
            Load::Ready
        } else {
            load.get()
        }
    });
    let shown = move || {
        if unknown.get() {
            let step = (words::SHOW_ALL.to_owned(), kind.path.href());
            let (title, why) = (words::UNKNOWN.to_owned(), words::UNKNOWN_WHY.to_owned());
            return Some(ui::empty(title, why, Some(step)));
        }
        piece.get().map(|piece| {
            let now = filter.get();
            if piece.rows.is_empty() {
                let step = (now != Filter::default())
                    .then(|| (words::SHOW_ALL.to_owned(), kind.path.href()))
                    .or_else(|| Some((words::TO_IMPORTS.to_owned(), paths::IMPORTS.href())));
                return ui::empty(
                    words::NONE.to_owned(),
                    words::none_why(now == Filter::default()),
                    step,
                );
            }
            let (found, pages) = pager.of(&now, &piece);
            let top = view! {
                <p class="small muted" role="status">{found}</p>
                <ui::Button kind=ui::Kind::Subtle on_press=save busy=table.busy>
                    {words::CSV}
                </ui::Button>
            }
            .into_any();
            view! {
                {table::view(kind, columns, &piece.rows, filter, top)}
                {pages}
            }
            .into_any()
        })
    };
    let add = match kind.list {
        List::People => Some((paths::NEW_PERSON, words::ADD_PERSON)),
        List::Customers => Some((paths::NEW_CUSTOMER, words::ADD_CUSTOMER)),
        List::Certifications | List::Usage => None,
    };
    let add = add.map(|(path, label)| view! { <LinkButton href=path.href()>{label}</LinkButton> });
    view! {
        {lead(kind.title.to_owned(), kind.about, add)}
        <div class="stack">
            {tabs(kind.path)}
            {move || filter::controls(kind, filter, &areas.get(), metrics)}
            {ui::when_ready(load, retry, move || shown().into_any())}
        </div>
    }
    .into_any()
}
