//! The evidence, row by row: people, certifications, customers and usage, each row with the areas
//! in which it counts and why not in the others.

mod counts;
mod rows;

use leptos::prelude::*;
use membership_contract::paths as api_paths;
use membership_contract::session::SessionOrganization;
use membership_contract::text::{Speaker, en};
use membership_domain::catalog::Catalog;
use membership_lists::{
    CertificationRow, CustomerRow, List as Rows, PersonRow, UsageRow, numbers, places,
};

use self::counts::Counts;
use self::rows::Row;
use super::tabs;
use crate::api::remote::Load;
use crate::api::{Remote, boot, remote};
use crate::list::{self, Asked, Filter, Line, Lines, List, Source};
use crate::paths;
use crate::shell::heading::lead;
use crate::text::evidence as words;
use crate::ui::{self, LinkButton};
use crate::workspace::Browser;

const AREA: &str = "area";
const METRIC: &str = "metric";
const COUNTS: &str = "counts";
const STATE: &str = "state";
const AUTHORITY: &str = "authority";

/// What a page of evidence is, but for its rows.
struct Kind {
    rows: Rows,
    about: &'static str,
    list: List,
    states: Option<&'static [(&'static str, &'static str)]>,
    add: Option<(paths::Page, &'static str)>,
}

const fn list(
    caption: &'static str,
    path: paths::Page,
    file: &'static str,
    columns: &'static [list::Column],
) -> List {
    List {
        caption,
        path,
        file: Some(file),
        columns,
        nothing: (words::NOTHING, Some((words::TO_IMPORTS, paths::IMPORTS))),
    }
}

/// People.
pub fn people(organization: SessionOrganization) -> AnyView {
    let kind = Kind {
        rows: Rows::People,
        about: words::PEOPLE_ABOUT,
        list: list(words::PEOPLE, paths::PEOPLE, "people", rows::PEOPLE),
        states: Some(words::PEOPLE_STATES),
        add: Some((paths::NEW_PERSON, words::ADD_PERSON)),
    };
    page::<PersonRow>(&organization, kind)
}

/// Certificates in people's hands.
pub fn certifications(organization: SessionOrganization) -> AnyView {
    let kind = Kind {
        rows: Rows::Certifications,
        about: words::CERTIFICATIONS_ABOUT,
        list: list(
            words::CERTIFICATIONS,
            paths::CERTIFICATIONS,
            "certifications",
            rows::CERTIFICATIONS,
        ),
        states: Some(words::CERTIFICATION_STATES),
        add: None,
    };
    page::<CertificationRow>(&organization, kind)
}

/// Customers.
pub fn customers(organization: SessionOrganization) -> AnyView {
    let kind = Kind {
        rows: Rows::Customers,
        about: words::CUSTOMERS_ABOUT,
        list: list(
            words::CUSTOMERS,
            paths::CUSTOMERS,
            "customers",
            rows::CUSTOMERS,
        ),
        states: None,
        add: Some((paths::NEW_CUSTOMER, words::ADD_CUSTOMER)),
    };
    page::<CustomerRow>(&organization, kind)
}

/// What they used.
pub fn usage(organization: SessionOrganization) -> AnyView {
    let kind = Kind {
        rows: Rows::Usage,
        about: words::USAGE_ABOUT,
        list: list(words::USAGE, paths::USAGE, "usage", rows::USAGE),
        states: None,
        add: None,
    };
    page::<UsageRow>(&organization, kind)
}

fn page<R: Row>(organization: &SessionOrganization, kind: Kind) -> AnyView {
    let asked = Asked::of_address(&[
        list::SEARCH,
        COUNTS,
        AREA,
        METRIC,
        STATE,
        AUTHORITY,
        paths::BASIS,
    ]);
    let api = api_paths::list(organization.id, kind.rows.name());
    let address = {
        let api = api.clone();
        move || asked.with(|asked| asked.address(&api))
    };
    let rows = remote::<membership_lists::Page<R>>(move || Some(address()));
    let catalog = remote::<Catalog>(|| Some(api_paths::CATALOG.to_owned()));
    let load = Signal::derive(move || Load::all([rows.load(), catalog.load()]));
    let retry = Callback::new(move |()| {
        rows.reload();
        catalog.reload();
    });
    let area = Memo::new(move |_| asked.with(|asked| asked.get(AREA).to_owned()));
    let lines = move || {
        let (rows, catalog) = (rows.get()?, catalog.get()?);
        let (catalog, words) = (&*catalog, &Browser);
        let speaker = Speaker { catalog, words };
        let line = |row: &R| {
            line(
                &speaker,
                &area.read(),
                row.cells(&speaker),
                told(row, &speaker),
            )
        };
        Some(Lines {
            all: rows.items.iter().map(line).collect(),
            total: Some(rows.total),
            next: rows.next.clone(),
        })
    };
    frame(kind, api, asked, Source::of(load, retry, lines), catalog)
}

/// What is said of a row beside its cells.
struct Told<'r> {
    name: String,
    areas: &'r [membership_lists::Counting],
    nowhere: &'static str,
    facts: Vec<(&'static str, String)>,
}

fn told<'r, R: Row>(row: &'r R, speaker: &Speaker<'_>) -> Told<'r> {
    let mut facts = row.facts(speaker);
    if has_authority() {
        let named = row.authorities().iter().map(|one| en::authority(*one));
        facts.push((words::AUTHORITY, named.collect::<Vec<_>>().join(", ")));
    }
    Told {
        name: row.name(),
        areas: row.areas(),
        nowhere: row.nowhere(),
        facts,
    }
}

/// Whether it matters who says a row: not in a preview without an account, where nothing is decided.
fn has_authority() -> bool {
    boot::local().is_none()
}

fn line(speaker: &Speaker<'_>, area: &str, mut cells: Vec<AnyView>, told: Told<'_>) -> Line {
    let counts = Counts::of(speaker, told.areas, area, told.nowhere);
    cells.push(counts.cell());
    let detail = Some(counts.detail(told.name, told.facts));
    Line { cells, detail }
}

fn frame(
    kind: Kind,
    api: String,
    asked: Memo<Asked>,
    source: Source,
    catalog: Remote<Catalog>,
) -> AnyView {
    let filters = filters(&kind, asked, catalog);
    let add = kind.add;
    let add = add.map(|(path, label)| view! { <LinkButton href=path.href()>{label}</LinkButton> });
    view! {
        {lead(kind.list.caption.to_owned(), kind.about, add)}
        <div class="stack medium">
            {tabs(kind.list.path)}
            {list::card(kind.list, api, asked, filters, source)}
        </div>
    }
    .into_any()
}

/// Where a row counts, and for some lists its state.
fn filters(kind: &Kind, asked: Memo<Asked>, catalog: Remote<Catalog>) -> Vec<Filter> {
    let areas = Signal::derive(move || {
        let catalog = catalog.get();
        let all = catalog.iter().flat_map(|catalog| places(catalog));
        let all = all.map(|(id, name)| (id.to_owned(), name.to_owned()));
        ui::choices(words::ANY_AREA, all)
    });
    let people = matches!(kind.rows, Rows::People | Rows::Certifications);
    let metrics = Memo::new(move |_| {
        let Some(catalog) = catalog.get() else {
            return Vec::new();
        };
        let (catalog, words) = (&*catalog, &Browser);
        let speaker = Speaker { catalog, words };
        let all = asked.with(|asked| numbers(catalog, asked.get(AREA)));
        let own = all.iter().filter(|number| number.people == people);
        let own = own.map(|number| (number.address.clone(), speaker.number_name(number)));
        ui::choices(words::ANY_METRIC, own)
    });
    let mut all = vec![
        Filter::fixed(COUNTS, words::COUNTS, words::COUNTINGS),
        Filter {
            name: AREA,
            label: words::AREA,
            choices: areas,
            then: |next| {
                // An area alone asks nothing.
                if next.get(COUNTS).is_empty() && !next.get(AREA).is_empty() {
                    next.set(COUNTS, "yes".to_owned());
                }
                next.set(METRIC, String::new());
            },
        },
        Filter {
            name: METRIC,
            label: words::METRIC,
            choices: metrics.into(),
            then: |_| {},
        },
    ];
    all.extend(
        kind.states
            .map(|states| Filter::fixed(STATE, words::STATE, states)),
    );
    if has_authority() {
        let authority = Filter::fixed(AUTHORITY, words::AUTHORITY, words::AUTHORITIES);
        let basis = Filter::fixed(paths::BASIS, words::BASIS, words::BASES);
        all.extend([basis, authority]);
    }
    all
}
