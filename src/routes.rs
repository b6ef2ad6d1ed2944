//! Every route of the app. A page is given here, and only here, with who may open it.

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route};
use membership_contract::session::SessionOrganization;

use crate::entrance::{closed, leave};
use crate::pages::gate::{editor, legal, member, open, profiles, unnamed, workspace as members};
use crate::pages::{access, area, company, designations, evidence, imports, not_found, overview};
use crate::pages::{program, programs, sign_in, specializations, start};
use crate::paths::Organization;

/// The path of an organization's page, behind what names the organization.
macro_rules! path {
    ($path:tt) => {
        (Organization, leptos_router::path!($path))
    };
}

/// What members and whoever has no account see at the same addresses. Pointers, so that neither
/// program holds what only the other shows.
#[derive(Clone, Copy)]
struct Own {
    home: fn(SessionOrganization) -> AnyView,
    start: fn() -> AnyView,
    access: fn() -> AnyView,
    company: fn() -> AnyView,
    edit_company: fn() -> AnyView,
    location: fn() -> AnyView,
    sign_in: fn() -> AnyView,
    missing: fn() -> AnyView,
}

/// The page of the current address, for members.
pub fn workspace() -> AnyView {
    pages(Own {
        home: overview::page,
        start: || open(not_found::page),
        access: || member(access::page),
        company: || profiles(company::page),
        edit_company: || legal(company::profile::page),
        location: || legal(company::location::page),
        sign_in: || sign_in::page(sign_in::within()),
        missing: || member(|_| not_found::page()),
    })
}

/// The page of the current address, in a preview without an account.
pub fn preview() -> AnyView {
    pages(Own {
        home: start::home,
        start: || members(start::page),
        access: || open(not_found::page),
        company: || open(not_found::page),
        edit_company: || open(not_found::page),
        location: || open(not_found::page),
        sign_in: || open(not_found::page),
        missing: || open(not_found::page),
    })
}

fn pages(own: Own) -> AnyView {
    view! {
        <FlatRoutes fallback=unnamed>
            <Route path=path!("/") view=move || members(own.home) />
            <Route path=path!("/start") view=move || (own.start)() />
            <Route path=path!("/programs") view=|| members(programs::page) />
            <Route path=path!("/programs/:program") view=|| members(program::page) />
            <Route path=path!("/designations") view=|| members(designations::page) />
            <Route path=path!("/designations/:area") view=|| members(area::page) />
            <Route path=path!("/specializations") view=|| members(specializations::page) />
            <Route path=path!("/evidence") view=|| members(evidence::people) />
            <Route path=path!("/evidence/people") view=|| members(evidence::people) />
            <Route path=path!("/evidence/people/new") view=|| editor(evidence::person::page) />
            <Route path=path!("/evidence/person") view=|| editor(evidence::person::page) />
            <Route path=path!("/evidence/certifications") view=|| members(evidence::certifications) />
            <Route path=path!("/evidence/customers") view=|| members(evidence::customers) />
            <Route path=path!("/evidence/usage") view=|| members(evidence::usage) />
            <Route path=path!("/evidence/customers/new") view=|| editor(evidence::customer::page) />
            <Route path=path!("/evidence/customer") view=|| editor(evidence::customer::page) />
            <Route path=path!("/evidence/usage/row") view=|| editor(evidence::usage::page) />
            <Route path=path!("/evidence/imports") view=|| editor(imports::page) />
            <Route path=path!("/company") view=move || (own.company)() />
            <Route path=path!("/company/edit") view=move || (own.edit_company)() />
            <Route path=path!("/company/location") view=move || (own.location)() />
            <Route path=path!("/access") view=move || (own.access)() />
            <Route path=leptos_router::path!("/sign-in") view=move || (own.sign_in)() />
            <Route path=path!("/*rest") view=move || (own.missing)() />
        </FlatRoutes>
    }
    .into_any()
}

/// Sign-in, wherever somebody arrives, and from there the page of that address.
pub fn entrance() -> AnyView {
    view! {
        <FlatRoutes fallback=closed>
            <Route path=leptos_router::path!("/sign-in") view=|| sign_in::page(leave) />
        </FlatRoutes>
    }
    .into_any()
}
