//! What people see who may not open the workspace: why, and who can help.

use leptos::prelude::*;
use membership_contract::session::SessionOrganization;
use membership_domain::roles::{Permission, Role};

use super::access::{access_of, administrators};
use crate::shell::heading::lead;
use crate::ui::{self, LinkButton};
use crate::{format, paths, text};

/// The page in place of the one that was asked for; the address stays.
pub fn page(organization: SessionOrganization, needed: Option<Permission>) -> AnyView {
    let needed = needed.unwrap_or(Permission::SeeWorkspace);
    let workspace = needed == Permission::SeeWorkspace;
    let openers: Vec<&str> = Role::ALL
        .iter()
        .filter(|role| role.may(needed))
        .map(|role| text::roles::role(*role))
        .collect();
    let openers = format::choice(&openers);
    let (title, why, lift) = if workspace {
        let why = text::access::denied(&organization.name, &openers);
        (text::access::DENIED_TITLE, why, text::access::DENIED_LIFT)
    } else {
        let why = text::access::page_denied(&organization.name, &openers);
        (
            text::access::PAGE_DENIED_TITLE,
            why,
            text::access::PAGE_DENIED_LIFT,
        )
    };
    let held: Vec<&str> = organization
        .roles
        .iter()
        .map(|role| text::roles::role(*role))
        .collect();
    let held = if held.is_empty() {
        text::access::NO_ROLES.to_owned()
    } else {
        format::list(&held)
    };
    view! {
        {lead(title.to_owned(), why, ())}
        <div class="stack">
            <section class="card">
                <header>
                    <h2>{text::access::ADMINS}</h2>
                </header>
                <div class="body">
                    <p>{lift}</p>
                    {ui::loaded(access_of(organization.id), |access| administrators(&access.admins))}
                </div>
            </section>
            <section class="card">
                <header>
                    <h2>{text::access::HELD}</h2>
                </header>
                <div class="body">
                    <p>{held}</p>
                    <LinkButton href=paths::ACCESS.href()>{text::access::TO_ACCESS}</LinkButton>
                </div>
            </section>
        </div>
    }
    .into_any()
}
