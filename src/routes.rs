//! Every route of the app. A page is given here, and only here, with who may open it.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route};

use crate::entrance::{closed, leave};
use crate::groups::{
    self, access, account, area, audit, bills, catalog, company, evidence, forms, imports, offers,
    orders, overview, program, start, tokens, users,
};
use crate::pages::gate::{
    auditor, buyer, editor, inviter, keeper, legal, member, open, own, payer, profiles, unnamed,
    viewer, workspace as members,
};
use crate::pages::{not_found, sign_in};
use crate::paths::Organization;

/// The path of an organization's page, behind what names the organization.
macro_rules! path {
    ($path:tt) => {
        (Organization, leptos_router::path!($path))
    };
}

/// What an address opens.
type Opens = Arc<dyn Fn() -> AnyView + Send + Sync>;

/// What members and whoever has no account see at the same addresses.
struct Own {
    home: Opens,
    start: Opens,
    access: Opens,
    users: Arc<dyn Fn(users::Page) -> AnyView + Send + Sync>,
    tokens: Opens,
    offers: Arc<dyn Fn(offers::Page) -> AnyView + Send + Sync>,
    orders: Arc<dyn Fn(orders::Page) -> AnyView + Send + Sync>,
    bills: Arc<dyn Fn(bills::Page) -> AnyView + Send + Sync>,
    audit: Opens,
    company: Arc<dyn Fn(company::Page) -> AnyView + Send + Sync>,
    account: Arc<dyn Fn(account::Page) -> AnyView + Send + Sync>,
    sign_in: Opens,
    missing: Opens,
}

/// The page of the current address, for members.
pub fn workspace(groups: groups::Workspace) -> AnyView {
    let own = Own {
        home: Arc::new(move || members(groups.overview.page(overview::Page::Overview))),
        start: Arc::new(|| open(not_found::page)),
        access: Arc::new(move || member(groups.access.page(access::Page::Access))),
        users: Arc::new(move |page| match page {
            users::Page::Invite => inviter(groups.users.page(page)),
            _ => viewer(groups.users.page(page)),
        }),
        tokens: Arc::new(move || keeper(groups.tokens.page(tokens::Page::Tokens))),
        offers: Arc::new(move |page| match page {
            offers::Page::Offers => members(groups.offers.page(page)),
            offers::Page::Begin => buyer(groups.offers.page(page)),
        }),
        orders: Arc::new(move |page| match page {
            orders::Page::Check => buyer(groups.orders.page(page)),
            orders::Page::Order => payer(groups.orders.page(page)),
        }),
        bills: Arc::new(move |page| payer(groups.bills.page(page))),
        audit: Arc::new(move || auditor(groups.audit.page(audit::Page::Audit))),
        company: Arc::new(move |page| match page {
            company::Page::Company => profiles(groups.company.page(page)),
            company::Page::Edit | company::Page::Location => legal(groups.company.page(page)),
        }),
        account: Arc::new(move |page| match page {
            account::Page::Account => own(Box::new(move || groups.account.show(page))),
            account::Page::Forgot | account::Page::Link => groups.account.show(page),
        }),
        sign_in: Arc::new(move || groups.sign_in.show(())),
        missing: Arc::new(|| member(Box::new(|_| not_found::page()))),
    };
    pages(groups.common, own)
}

/// The page of the current address, in a preview without an account.
pub fn preview(groups: groups::Preview) -> AnyView {
    let own = Own {
        home: Arc::new(move || members(groups.start.page(start::Page::Home(groups.overview)))),
        start: Arc::new(move || members(groups.start.page(start::Page::Start))),
        access: Arc::new(|| open(not_found::page)),
        users: Arc::new(|_| open(not_found::page)),
        tokens: Arc::new(|| open(not_found::page)),
        offers: Arc::new(|_| open(not_found::page)),
        orders: Arc::new(|_| open(not_found::page)),
        bills: Arc::new(|_| open(not_found::page)),
        audit: Arc::new(|| open(not_found::page)),
        company: Arc::new(|_| open(not_found::page)),
        account: Arc::new(|_| open(not_found::page)),
        sign_in: Arc::new(|| open(not_found::page)),
        missing: Arc::new(|| open(not_found::page)),
    };
    pages(groups.common, own)
}

fn pages(groups: groups::Common, own: Own) -> AnyView {
    use account::Page::{Account, Forgot, Link};
    use area::Page::Area;
    use bills::Page::{Billing, Bills};
    use catalog::Page::{Designations, Programs, Specializations};
    use company::Page::{Company, Edit, Location};
    use evidence::Page as Lists;
    use forms::Page as Forms;
    use imports::Page::Imports;
    use offers::Page::{Begin, Offers};
    use orders::Page::{Check, Order};
    use program::Page::Program;
    use users::Page::{Invite, User, Users};

    let catalog = move |page| members(groups.catalog.page(page));
    let area = move |page| members(groups.area.page(page));
    let program = move |page| members(groups.program.page(page));
    let lists = move |page| members(groups.evidence.page(page));
    let forms = move |page| editor(groups.forms.page(page));
    let imports = move |page| editor(groups.imports.page(page));
    let company = own.company;
    let account = own.account;
    let users = own.users;
    let (offers, orders, bills) = (own.offers, own.orders, own.bills);
    view! {
        <FlatRoutes fallback=unnamed>
            <Route path=path!("/") view=move || (own.home)() />
            <Route path=path!("/start") view=move || (own.start)() />
            <Route path=path!("/programs") view=move || catalog(Programs) />
            <Route path=path!("/programs/:program") view=move || program(Program) />
            <Route path=path!("/designations") view=move || catalog(Designations) />
            <Route path=path!("/designations/:area") view=move || area(Area) />
            <Route path=path!("/specializations") view=move || catalog(Specializations) />
            <Route path=path!("/evidence") view=move || lists(Lists::People) />
            <Route path=path!("/evidence/people") view=move || lists(Lists::People) />
            <Route path=path!("/evidence/people/new") view=move || forms(Forms::Person) />
            <Route path=path!("/evidence/person") view=move || forms(Forms::Person) />
            <Route path=path!("/evidence/certifications") view=move || lists(Lists::Certifications) />
            <Route path=path!("/evidence/customers") view=move || lists(Lists::Customers) />
            <Route path=path!("/evidence/usage") view=move || lists(Lists::Usage) />
            <Route path=path!("/evidence/customers/new") view=move || forms(Forms::Customer) />
            <Route path=path!("/evidence/customer") view=move || forms(Forms::Customer) />
            <Route path=path!("/evidence/usage/row") view=move || forms(Forms::Usage) />
            <Route path=path!("/evidence/imports") view=move || imports(Imports) />
            <Route path=path!("/company") view={ let show = company.clone(); move || show(Company) } />
            <Route path=path!("/company/edit") view={ let show = company.clone(); move || show(Edit) } />
            <Route path=path!("/company/location") view={ let show = company.clone(); move || show(Location) } />
            <Route path=path!("/users") view={ let show = users.clone(); move || show(Users) } />
            <Route path=path!("/users/user") view={ let show = users.clone(); move || show(User) } />
            <Route path=path!("/users/invite") view={ let show = users.clone(); move || show(Invite) } />
            <Route path=path!("/offers") view={ let show = offers.clone(); move || show(Offers) } />
            <Route path=path!("/offers/:offer/order") view={ let show = offers.clone(); move || show(Begin) } />
            <Route path=path!("/orders/:order") view={ let show = orders.clone(); move || show(Order) } />
            <Route path=path!("/orders/:order/check") view={ let show = orders.clone(); move || show(Check) } />
            <Route path=path!("/bills") view={ let show = bills.clone(); move || show(Bills) } />
            <Route path=path!("/billing") view={ let show = bills.clone(); move || show(Billing) } />
            <Route path=path!("/tokens") view=move || (own.tokens)() />
            <Route path=path!("/audit") view=move || (own.audit)() />
            <Route path=path!("/access") view=move || (own.access)() />
            <Route path=leptos_router::path!("/account") view={ let show = account.clone(); move || show(Account) } />
            <Route path=leptos_router::path!("/forgot-password") view={ let show = account.clone(); move || show(Forgot) } />
            <Route path=leptos_router::path!("/link") view={ let show = account.clone(); move || show(Link) } />
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
