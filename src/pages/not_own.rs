//! An address of an organization that is not one of the person's, or that does not exist: nobody
//! learns which.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use membership_contract::session::SessionOrganization;

use crate::shell::heading::lead;
use crate::{paths, session, text};

/// Says so, and leads to the same page of each organization that the person has.
pub fn page() -> AnyView {
    let session = session::current();
    let own = move || {
        let all = session.session().map(|one| one.organizations.clone());
        all.unwrap_or_default().into_iter().map(row).collect_view()
    };
    view! {
        {lead(text::access::NOT_OWN.to_owned(), text::access::NOT_OWN_WHY, ())}
        <section class="card">
            <header>
                <h2>{text::access::OWN}</h2>
            </header>
            <ul class="rows">{own}</ul>
        </section>
    }
    .into_any()
}

fn row(organization: SessionOrganization) -> AnyView {
    let path = use_location().pathname;
    let partner_id = text::shell::partner_id(&organization.partner_id);
    let href = move || path.with(|path| paths::counterpart(&organization.partner_id, path));
    view! {
        <li>
            <a href=href>{organization.name}</a>
            {" "}
            <span class="muted num">{partner_id}</span>
        </li>
    }
    .into_any()
}
