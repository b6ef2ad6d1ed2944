//! The locations of the company, each with a PartnerID of its own.

use leptos::prelude::*;
use membership_contract::organization::{Location, Organization};
use membership_contract::paths as api_paths;
use membership_domain::id::OrganizationId;

use crate::api::Remote;
use crate::list::{self, Asked, Column, Line, Lines, List, Phone, Source};
use crate::paths;
use crate::text::company as words;
use crate::ui::{Button, LinkButton};

static LIST: List = List {
    caption: words::LOCATIONS,
    path: paths::COMPANY,
    file: None,
    columns: &[
        Column::text(words::LOCATION, "", Phone::Start),
        Column::code(words::PARTNER_ID, "", Phone::End),
        Column::text(words::COUNTRY, "", Phone::Named),
        Column::text(words::ADDRESS, "", Phone::Line),
    ],
    nothing: (words::NO_LOCATIONS, None),
};

/// The list, and the way to add one; `mine`: the person may change it.
pub fn card(organization: OrganizationId, company: Remote<Organization>, mine: bool) -> AnyView {
    let load = Signal::derive(move || company.load());
    let retry = Callback::new(move |()| company.reload());
    let lines = move || {
        let company = company.get()?;
        Some(Lines {
            all: company
                .locations
                .iter()
                .map(|one| line(one, mine))
                .collect(),
            total: Some(company.locations.len() as u64),
            next: None,
        })
    };
    let add = if mine {
        view! { <LinkButton href=paths::LOCATION.href()>{words::ADD_LOCATION}</LinkButton> }
            .into_any()
    } else {
        let why = Signal::stored(Some(words::NOT_YOURS.to_owned()));
        view! { <Button blocked=why>{words::ADD_LOCATION}</Button> }.into_any()
    };
    let api = api_paths::organization(organization);
    let source = Source::of(load, retry, lines);
    view! {
        <section class="stack medium">
            <div class="cluster between">
                <h2>{words::LOCATIONS}</h2>
                {add}
            </div>
            {list::card(LIST, api, Asked::of_address(&[]), Vec::new(), source)}
        </section>
    }
    .into_any()
}

fn line(location: &Location, mine: bool) -> Line {
    let href = mine.then(|| paths::location(&location.id.to_string()));
    Line {
        cells: vec![
            list::name(location.name.clone(), href),
            location.partner_id.clone().into_any(),
            super::country(&location.country).into_any(),
            location.address.clone().into_any(),
        ],
        detail: None,
    }
}
