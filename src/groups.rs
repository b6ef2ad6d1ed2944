//! The pages by the groups in which they are loaded ([`crate::lazy`]): what is opened together
//! comes together. A new page joins the group beside it in the navigation; a group that grows
//! beyond its budget (`cargo xtask test --only budget`) is cut in two.

use leptos::prelude::AnyView;
use membership_contract::session::SessionOrganization;

use crate::lazy::Group;
use crate::pages;

/// A module for a group: its pages, and the function that makes each.
macro_rules! pages {
    ($(#[$about:meta])* $name:ident { $($page:ident => $make:path,)+ }) => {
        $(#[$about])*
        pub mod $name {
            use super::*;

            /// The pages of the group.
            #[allow(missing_docs, reason = "each is named like its page")]
            #[derive(Clone, Copy)]
            pub enum Page { $($page,)+ }

            /// A page, and whom it is about.
            pub type Which = (Page, SessionOrganization);

            /// Makes a page.
            pub fn page((page, organization): Which) -> AnyView {
                match page { $(Page::$page => $make(organization),)+ }
            }
        }
    };
}

pages! {
    /// What to do next.
    overview { Overview => pages::overview::page, }
}

pages! {
    /// All programs, areas and specializations.
    catalog {
        Programs => pages::programs::page,
        Designations => pages::designations::page,
        Specializations => pages::specializations::page,
    }
}

pages! {
    /// One program, with previews of it.
    program { Program => pages::programs::program::page, }
}

pages! {
    /// One area, with previews of its score.
    area { Area => pages::designations::area::page, }
}

pages! {
    /// Lists of evidence.
    evidence {
        People => pages::evidence::lists::people,
        Certifications => pages::evidence::lists::certifications,
        Customers => pages::evidence::lists::customers,
        Usage => pages::evidence::lists::usage,
    }
}

pages! {
    /// One row of evidence, entered or changed.
    forms {
        Person => pages::evidence::person::page,
        Customer => pages::evidence::customer::page,
        Usage => pages::evidence::usage_row::page,
    }
}

pages! {
    /// Files.
    imports { Imports => pages::evidence::imports::page, }
}

pages! {
    /// Company data and locations.
    company {
        Company => pages::company::page,
        Edit => pages::company::edit::page,
        Location => pages::company::location::page,
    }
}

pages! {
    /// What a member may do.
    access { Access => pages::access::page, }
}

pages! {
    /// People and roles.
    users {
        Users => pages::users::page,
        User => pages::users::person::page,
        Invite => pages::users::invite::page,
    }
}

pages! {
    /// Programs that have access.
    tokens { Tokens => pages::tokens::page, }
}

pages! {
    /// What can be bought, and the beginning of an order.
    offers {
        Offers => pages::offers::page,
        Begin => pages::offers::begin::page,
    }
}

pages! {
    /// One order, from its draft on.
    orders {
        Check => pages::orders::check::page,
        Order => pages::orders::page,
    }
}

pages! {
    /// Orders and bills, and the billing profile.
    bills {
        Bills => pages::bills::page,
        Billing => pages::billing::page,
    }
}

pages! {
    /// Who did what.
    audit { Audit => pages::audit::page, }
}

/// The start of a preview, and what is at its first address: that, or the overview.
pub mod start {
    use super::*;

    /// The pages of the group.
    #[derive(Clone, Copy)]
    pub enum Page {
        /// The overview, once something is known.
        Home(Group<overview::Which>),
        /// The start.
        Start,
    }

    /// A page, and whom it is about.
    pub type Which = (Page, SessionOrganization);

    /// Makes a page.
    pub fn page((page, organization): Which) -> AnyView {
        match page {
            Page::Home(overview) => pages::start::home(organization, overview),
            Page::Start => pages::start::page(organization),
        }
    }
}

/// One's own account, and the ways back into it.
pub mod account {
    use super::*;

    /// The pages of the group.
    #[derive(Clone, Copy)]
    pub enum Page {
        /// Password, two-step sign-in, sessions.
        Account,
        /// Asks for a link to reset a password.
        Forgot,
        /// What a mailed link opens.
        Link,
    }

    /// None of them is an organization's.
    pub type Which = Page;

    /// Makes a page.
    pub fn page(page: Which) -> AnyView {
        match page {
            Page::Account => pages::account::page(),
            Page::Forgot => pages::forgot_password::page(),
            Page::Link => pages::link::page(),
        }
    }
}

/// Sign-in, for whoever is signed out within the workspace.
pub mod sign_in {
    use super::*;

    /// There is one page.
    pub type Which = ();

    /// Makes the page.
    pub fn page((): Which) -> AnyView {
        pages::sign_in::page(pages::sign_in::within())
    }
}

/// What members and whoever has no account see alike.
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "each is named like its group")]
pub struct Common {
    pub catalog: Group<catalog::Which>,
    pub program: Group<program::Which>,
    pub area: Group<area::Which>,
    pub evidence: Group<evidence::Which>,
    pub forms: Group<forms::Which>,
    pub imports: Group<imports::Which>,
}

/// All pages for members.
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "each is named like its group")]
pub struct Workspace {
    pub common: Common,
    pub overview: Group<overview::Which>,
    pub access: Group<access::Which>,
    pub company: Group<company::Which>,
    pub users: Group<users::Which>,
    pub tokens: Group<tokens::Which>,
    pub offers: Group<offers::Which>,
    pub orders: Group<orders::Which>,
    pub bills: Group<bills::Which>,
    pub audit: Group<audit::Which>,
    pub account: Group<account::Which>,
    pub sign_in: Group<sign_in::Which>,
}

/// All pages of a preview without an account.
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "each is named like its group")]
pub struct Preview {
    pub common: Common,
    pub overview: Group<overview::Which>,
    pub start: Group<start::Which>,
}

/// Declares [`Common`] in a program.
#[macro_export]
macro_rules! common_groups {
    () => {
        $crate::groups::Common {
            catalog: $crate::group!(catalog),
            program: $crate::group!(program),
            area: $crate::group!(area),
            evidence: $crate::group!(evidence),
            forms: $crate::group!(forms),
            imports: $crate::group!(imports),
        }
    };
}
