//! The organization in addresses: `/4200001/programs` is about the one with that PartnerID. So a tab
//! stays with its organization, and a link shows the same to everybody who may see it.
//!
//! A preview without an account is about one company, and names none.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::untrack;
use leptos_router::{PartialPathMatch, PathSegment, PossibleRouteMatch};

use super::{
    ACCOUNT, BILLS, COMPANY, CUSTOMER, CUSTOMERS, FORGOT, LINK, LOCATION, OFFERS, ORDERS, OVERVIEW,
    PEOPLE, PERSON, PREVIEW, Page, SIGN_IN, USAGE, USAGE_ROW, base, below_base,
};

type Current = Rc<dyn Fn() -> Option<String>>;

thread_local! {
    static CURRENT: RefCell<Option<Current>> = const { RefCell::new(None) };
}

/// From now on addresses name an organization: the one with the PartnerID that `current` gives.
/// Where it gives none they name none either, and lead to the organization that was shown last.
pub fn follow(current: impl Fn() -> Option<String> + 'static) {
    CURRENT.set(Some(Rc::new(current)));
}

/// Addresses name no organization.
#[cfg(test)]
pub(super) fn follow_none() {
    CURRENT.set(None);
}

/// Whether addresses name an organization.
fn is_named() -> bool {
    CURRENT.with_borrow(Option::is_some)
}

/// What every page's address begins with now. Tracks.
fn root() -> String {
    let current = CURRENT.with_borrow(Clone::clone);
    match current.and_then(|current| current()) {
        Some(partner_id) => format!("{}/{partner_id}", base()),
        None => base(),
    }
}

impl Page {
    /// Its whole path, of the organization that the pages are about: for links of a page, which is
    /// drawn for one organization.
    pub fn href(self) -> String {
        untrack(|| self.followed())
    }

    /// The same for what stays while the organization changes, as the navigation does. Tracks.
    pub fn followed(self) -> String {
        root() + self.0
    }
}

/// The PartnerID with which a path begins, and the rest: `/4200001/programs` gives `4200001` and
/// `/programs`. No page begins with a digit. Nothing where addresses name no organization.
fn split(path: &str) -> Option<(&str, &str)> {
    let rest = path.strip_prefix('/').filter(|_| is_named())?;
    let (name, page) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let is_id = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
    is_id.then_some((name, page))
}

/// The PartnerID that a path names, if any.
pub fn named(path: &str) -> Option<&str> {
    split(below_base(path)?).map(|(name, _)| name)
}

/// The page of a path, without what tells where and whose it is: `/programs`.
pub fn page_of(path: &str) -> &str {
    let path = below_base(path).unwrap_or(path);
    split(path).map_or(path, |(_, page)| page)
}

/// The same page, of the organization with this PartnerID.
pub fn within(partner_id: &str, path: &str) -> String {
    at(partner_id, page_of(path))
}

fn at(partner_id: &str, page: &str) -> String {
    let page = if page.is_empty() { OVERVIEW.0 } else { page };
    format!("{}/{partner_id}{page}", base())
}

/// What another organization has at a page of this one. The query stays behind, since it says what
/// of this organization is looked at; and rows of its evidence lead to their list.
pub fn counterpart(partner_id: &str, path: &str) -> String {
    let rows = [
        (PERSON, PEOPLE),
        (CUSTOMER, CUSTOMERS),
        (USAGE_ROW, USAGE),
        (LOCATION, COMPANY),
    ];
    let page = page_of(path);
    // What is no organization's has no counterpart.
    if page == ACCOUNT.0 {
        return at(partner_id, OVERVIEW.0);
    }
    // What is ordered is one organization's.
    let orders = [(OFFERS, OFFERS), (ORDERS, BILLS)];
    let below = |top: &Page| {
        page.strip_prefix(top.0)
            .is_some_and(|rest| rest.starts_with('/'))
    };
    let list = (rows.into_iter().find(|(row, _)| row.0 == page))
        .or_else(|| orders.into_iter().find(|(top, _)| below(top)));
    at(partner_id, list.map_or(page, |(_, list)| list.0))
}

/// Whether a path is of something else than the pages of an organization.
pub(super) fn is_elsewhere(path: &str) -> bool {
    let page = page_of(path);
    let within = |top: &str| {
        page.strip_prefix(top)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    [SIGN_IN, PREVIEW, FORGOT, LINK]
        .iter()
        .any(|page| within(page.0))
}

/// The parameter of a route that has the PartnerID.
pub const PARTNER_ID: &str = "partner_id";

/// The part of a route that is the organization: nothing where addresses name none.
#[derive(Clone, Copy, Debug)]
pub struct Organization;

impl PossibleRouteMatch for Organization {
    fn optional(&self) -> bool {
        false
    }

    /// The slash after it begins the page: without one the address is not whole yet.
    fn test<'a>(&self, path: &'a str) -> Option<PartialPathMatch<'a>> {
        if !is_named() {
            return Some(PartialPathMatch::new(path, Vec::new(), ""));
        }
        let (name, page) = split(path).filter(|(_, page)| !page.is_empty())?;
        let params = vec![(PARTNER_ID.into(), name.to_owned())];
        let matched = path.strip_suffix(page)?;
        Some(PartialPathMatch::new(page, params, matched))
    }

    fn generate_path(&self, path: &mut Vec<PathSegment>) {
        path.push(PathSegment::Param(PARTNER_ID.into()));
    }
}
