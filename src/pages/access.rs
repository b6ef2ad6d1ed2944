//! My access: my roles, what they allow, who can help; and asking for more.

mod each;
pub mod requests;

use leptos::prelude::*;
use membership_contract::access::{Access, Administrator, RoleAccess};
use membership_contract::paths as api_paths;
use membership_contract::session::SessionOrganization;
use membership_domain::id::OrganizationId;

use crate::api::{Remote, remote};
use crate::shell::heading::lead;
use crate::ui::{self, Tone};
use crate::{format, text};

/// The access of the signed-in person in one organization.
pub fn access_of(organization: OrganizationId) -> Remote<Access> {
    remote(move || Some(api_paths::access(organization)))
}

/// The page.
pub fn page(organization: SessionOrganization) -> AnyView {
    let access = access_of(organization.id);
    let requests = requests::of(organization.id);
    let about = view! {
        {text::access::at(&organization.name)}
        " · "
        <span class="num">{text::shell::partner_id(&organization.partner_id)}</span>
    };
    view! {
        {lead(text::access::TITLE.to_owned(), about, ())}
        <div class="stack">
            {requests.view()}
            {ui::loaded(access, move |access| content(&access, requests))}
        </div>
    }
    .into_any()
}

/// In place of every page, for somebody whom no organization has added yet.
pub fn without_organization() -> AnyView {
    view! {
        {lead(text::access::NO_ORGANIZATION.to_owned(), text::access::NO_ORGANIZATION_WHY, ())}
    }
    .into_any()
}

/// The people who can assign roles, with a way to reach each.
pub fn administrators(admins: &[Administrator]) -> AnyView {
    if admins.is_empty() {
        return ui::note(Tone::Warn, text::access::NO_ADMINS);
    }
    let person = |admin: &Administrator| {
        let roles: Vec<&str> = admin
            .roles
            .iter()
            .map(|role| text::roles::role(*role))
            .collect();
        view! {
            <li>
                <p>
                    <span class="strong">{admin.name.clone()}</span>
                    {" "}
                    <span class="muted">{format::list(&roles)}</span>
                </p>
                <a
                    href=format!("mailto:{}", admin.email)
                    aria-label=text::access::write_to(&admin.name)
                >
                    {admin.email.clone()}
                </a>
            </li>
        }
    };
    view! { <ul class="people">{admins.iter().map(person).collect_view()}</ul> }.into_any()
}

fn content(access: &Access, requests: requests::Requests) -> AnyView {
    let roles = if access.roles.is_empty() {
        ui::empty(
            text::access::NO_ROLES.to_owned(),
            text::access::NO_ROLES_WHY.to_owned(),
            None,
        )
    } else {
        view! {
            <section class="card">
                <header>
                    <h2>{text::access::ROLES}</h2>
                </header>
                <ul class="rows">{access.roles.iter().map(role).collect_view()}</ul>
            </section>
        }
        .into_any()
    };
    view! {
        {each::card(access, requests)}
        <div class="columns">
            {roles}
            <section class="card">
                <header>
                    <h2>{text::access::ADMINS}</h2>
                </header>
                <div class="body">
                    <p class="muted">{text::access::ADMINS_ABOUT}</p>
                    {administrators(&access.admins)}
                </div>
            </section>
        </div>
    }
    .into_any()
}

fn role(held: &RoleAccess) -> AnyView {
    let allowed = if held.permissions.is_empty() {
        view! { <p class="muted">{text::access::NOTHING}</p> }.into_any()
    } else {
        let line = |permission: &_| view! { <li>{text::roles::permission(*permission)}</li> };
        view! { <ul class="allowed">{held.permissions.iter().map(line).collect_view()}</ul> }
            .into_any()
    };
    view! {
        <li class="stack tight">
            <div>
                <h3>{text::roles::role(held.role)}</h3>
                <p class="muted">{text::roles::about(held.role)}</p>
            </div>
            {allowed}
        </li>
    }
    .into_any()
}
