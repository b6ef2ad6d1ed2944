//! The company: what is on record about it, how far its verification is, and its locations.

pub mod edit;
pub mod location;
mod locations;
mod removal;
mod sign_in;

use leptos::prelude::*;
use membership_contract::countries;
use membership_contract::organization::Organization;
use membership_contract::paths as api_paths;
use membership_contract::session::SessionOrganization;
use membership_domain::company::Address;
use membership_domain::evidence::Verification;
use membership_domain::roles::{self, Permission};

use crate::api::remote;
use crate::paths;
use crate::shell::heading::lead;
use crate::text::company as words;
use crate::text::shell;
use crate::ui::{self, Button, Choice, LinkButton, Mark};

/// The page.
pub fn page(organization: SessionOrganization) -> AnyView {
    let company = remote::<Organization>(move || Some(api_paths::organization(organization.id)));
    let mine = roles::may(&organization.roles, Permission::ChangeLegalData);
    let manages = roles::may(&organization.roles, Permission::ManageSignIn);
    view! {
        {lead(words::TITLE.to_owned(), shell::partner_id(&organization.partner_id), ())}
        <div class="stack">
            {ui::loaded(company, move |company| data(&company, mine))}
            {locations::card(organization.id, company, mine)}
            {manages.then(|| sign_in::card(organization.id))}
        </div>
    }
    .into_any()
}

/// What a country is called; one that the list does not have, by its code.
fn country(code: &str) -> String {
    countries::name(code).unwrap_or(code).to_owned()
}

/// All countries, to choose one.
pub(in crate::pages) fn countries() -> Vec<Choice> {
    let all = countries::all();
    let all = all.map(|(code, name)| (code.to_owned(), name.to_owned()));
    ui::choices(words::CHOOSE, all)
}

/// Why the company's data cannot be changed now, if so.
fn blocked(company: &Organization, mine: bool) -> Option<&'static str> {
    match (mine, company.verification) {
        (false, _) => Some(words::NOT_YOURS),
        (true, Verification::Suspended) => Some(words::SUSPENDED),
        _ => None,
    }
}

/// As envelopes have it: the postal code follows the state, or comes before the city where there is
/// no state.
pub(in crate::pages) fn in_one_line(address: &Address) -> String {
    let Address {
        street,
        postal_code,
        city,
        region,
    } = address;
    let code = postal_code.as_deref().unwrap_or_default();
    let place = match region {
        Some(region) => format!("{city}, {region} {code}"),
        None => format!("{code} {city}"),
    };
    format!("{street}, {}", place.trim())
}

fn data(company: &Organization, mine: bool) -> AnyView {
    let text = |text: &str| text.to_owned().into_any();
    let address = company.address.as_ref().map(in_one_line);
    let contact = company.contact.as_ref().map(|one| {
        let parts = [Some(&one.name), Some(&one.email), one.phone.as_ref()];
        parts
            .into_iter()
            .flatten()
            .cloned()
            .collect::<Vec<_>>()
            .join(", ")
    });
    let or_not = |text: Option<String>| match text {
        Some(text) => text.into_any(),
        None => view! { <span class="muted">{words::NOT_ENTERED}</span> }.into_any(),
    };
    let facts = vec![
        (words::NAME, text(&company.name)),
        (words::COUNTRY, country(&company.country).into_any()),
        (words::ADDRESS, or_not(address)),
        (words::CONTACT, or_not(contact)),
        (words::VERIFICATION, verification(company)),
    ];
    let edit = match blocked(company, mine) {
        None => view! { <LinkButton href=paths::EDIT_COMPANY.href()>{words::EDIT}</LinkButton> }
            .into_any(),
        Some(why) => {
            let why = Some(why.to_owned());
            view! { <Button blocked=Signal::stored(why)>{words::EDIT}</Button> }.into_any()
        }
    };
    view! {
        <section class="card">
            <header>
                <h2>{words::DATA}</h2>
            </header>
            <div class="body">
                {ui::facts(facts)}
                <div class="cluster">{edit}</div>
            </div>
        </section>
    }
    .into_any()
}

fn verification(company: &Organization) -> AnyView {
    let mark = match company.verification {
        Verification::Accepted => Mark::Good,
        Verification::Pending => Mark::Soon,
        Verification::NotStarted => Mark::Open,
        Verification::Rejected | Verification::Suspended => Mark::Warn,
    };
    let parts = &company.in_verification;
    let parts = (!parts.is_empty()).then(|| words::in_verification(parts));
    view! {
        {ui::status(mark, words::verification(company.verification))}
        <span class="small muted">" " {parts}</span>
    }
    .into_any()
}
