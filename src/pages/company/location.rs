//! A location: added and changed, and asked to be removed.

use std::sync::Arc;

use leptos::prelude::*;
use membership_contract::check::Check as _;
use membership_contract::organization::{LONGEST_LINE, Location, NewLocation, Organization};
use membership_contract::paths as api_paths;
use membership_contract::session::SessionOrganization;
use membership_domain::id::OrganizationId;

use crate::api::{Body, Method, cache, remote};
use crate::form::{self, Again, Editor, Field, Filled, Kind, Page, Saved, Shape, TYPED, Values};
use crate::shell::heading::lead;
use crate::text::company as words;
use crate::ui::{self, LinkButton};
use crate::{drafts, paths};

static SHAPE: Shape = Shape {
    id: "location",
    version: 2,
    fields: &[
        Field::new("name", words::LOCATION_NAME, Kind::Text),
        Field::new("country", words::COUNTRY, Kind::Choice).autocomplete("country"),
        Field::new("address", words::LOCATION_ADDRESS, Kind::Text).longest(LONGEST_LINE as u32),
    ],
    groups: &[],
    typed: TYPED,
    stale: words::STALE,
};

/// The page of the location in the address, or of a new one.
pub fn page(organization: SessionOrganization) -> AnyView {
    form::of_address(move |query| of(&organization, query.get(paths::ROW_ID)))
}

fn of(organization: &SessionOrganization, id: Option<String>) -> AnyView {
    let (organization, new) = (organization.id, id.is_none());
    let path = api_paths::organization(organization);
    // It may have been changed since, also from here.
    cache::forget(&path);
    let company = {
        let path = path.clone();
        remote::<Organization>(move || Some(path.clone()))
    };
    let find = Arc::new(move |company: &Organization| {
        let id = id.as_deref()?;
        let mut all = company.locations.iter();
        all.find(|one| one.id.to_string() == id).cloned()
    });
    let known = find.clone();
    let page = Page {
        load: Signal::derive(move || company.load()),
        retry: Callback::new(move |()| company.reload()),
        gone: Signal::derive(move || {
            !new && company
                .get()
                .is_some_and(|company| known(&company).is_none())
        }),
        instead: Arc::new(gone),
    };
    form::page(page, move || {
        let company = untrack(|| company.get()).map(|company| (*company).clone());
        let known = company.as_ref().and_then(|company| find(company));
        let fill = find.clone();
        let again = Again {
            tag: None,
            row: Some(path.clone()),
            fill: Arc::new(move |reply| {
                let company = reply.json::<Organization>("").ok()?;
                (!new)
                    .then(|| fill(&company).as_ref().map(values))
                    .flatten()
            }),
        };
        let tag = cache::get(&path).and_then(cache::Known::etag);
        let shown = known.as_ref().map(values).unwrap_or_else(none);
        let editor = Editor::new(&SHAPE, drafts::here(organization), shown).over(tag, again);
        let entry = Entry {
            editor,
            organization,
            company: StoredValue::new(company),
            known: StoredValue::new(known),
        };
        let filled: Filled = Arc::new(move || entry.view());
        filled
    })
}

fn gone() -> AnyView {
    view! {
        {lead(words::GONE.to_owned(), words::GONE_WHY, ())}
        <div class="cluster">
            <LinkButton href=paths::COMPANY.href()>{words::TO_COMPANY}</LinkButton>
        </div>
    }
    .into_any()
}

fn none() -> Values {
    Values::of(&["name", "country", "address"].map(|name| (name, String::new())))
}

fn values(location: &Location) -> Values {
    Values::of(&[
        ("name", location.name.clone()),
        ("country", location.country.clone()),
        ("address", location.address.clone()),
    ])
}

/// What is typed: of a known location too, of which all three can be changed.
fn read(typed: &Values) -> NewLocation {
    NewLocation {
        name: typed.text("name").to_owned(),
        country: typed.text("country").to_owned(),
        address: typed.text("address").to_owned(),
    }
}

/// A location that is entered.
#[derive(Clone, Copy)]
struct Entry {
    editor: Editor,
    organization: OrganizationId,
    company: StoredValue<Option<Organization>>,
    known: StoredValue<Option<Location>>,
}

impl Entry {
    fn view(self) -> AnyView {
        let form = self.editor.form;
        let save = Callback::new(move |()| self.save());
        let known = self.known.get_value();
        let (title, about) = match &known {
            Some(known) => (known.name.clone(), words::keeps(&known.partner_id)),
            None => (words::ADD_LOCATION.to_owned(), words::NEW_ABOUT.to_owned()),
        };
        let company = self.company.get_value();
        let removal = known.map(|known| super::removal::view(self.organization, company, known));
        let cancel = move |_| self.editor.forget();
        let list = paths::COMPANY.href();
        let no = Signal::stored(false);
        let inside = view! {
            {form.control("name")}
            {form.choose("country", super::countries())}
            {form.control("address")}
            <div class="cluster">
                {form.submit(words::SAVE, no)}
                <a href=list on:click=cancel>{words::CANCEL}</a>
            </div>
            {removal}
        };
        view! {
            {ui::crumbs(vec![(words::TITLE.to_owned(), paths::COMPANY.href())])}
            {lead(title, about, ())}
            <div class="card">
                <div class="body">{self.editor.view(save, inside.into_any())}</div>
            </div>
        }
        .into_any()
    }

    fn save(self) {
        let location = read(&self.editor.typed());
        let errors = location.check();
        if !errors.is_empty() {
            return self.editor.form.refuse(&errors);
        }
        let (method, path) = match self.known.get_value() {
            Some(known) => (
                Method::Patch,
                api_paths::location(self.organization, known.id),
            ),
            None => (Method::Post, api_paths::locations(self.organization)),
        };
        let attempt = Callback::new(move |()| self.save());
        let request = (method, path, Body::json(&location));
        self.editor.save(attempt, request, move |_| {
            Ok(Saved {
                say: words::saved(&location.name),
                to: paths::COMPANY.href(),
            })
        });
    }
}
