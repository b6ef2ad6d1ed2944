//! Every address inside the app, from one builder.

pub mod desk;
mod organization;
#[cfg(test)]
mod tests;

pub use organization::{Organization, PARTNER_ID, counterpart, follow, named, page_of, within};

use std::cell::RefCell;
use std::fmt::Write as _;

use membership_domain::Catalog;
use membership_domain::evidence::Usage;
use membership_domain::id::OrderId;

thread_local! {
    static BASE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// The path below which the app is: `/partners`, or empty for a host's root. Set once, before
/// anything is drawn.
pub fn set_base(base: &str) {
    BASE.set(base.trim_end_matches('/').to_owned());
}

/// The path below which the app is, without a slash at its end.
pub fn base() -> String {
    BASE.with_borrow(Clone::clone)
}

/// What is left of a path below the app's: begins with a slash, if there is anything.
fn below_base(path: &str) -> Option<&str> {
    let rest = path.strip_prefix(base().as_str())?;
    (rest.is_empty() || rest.starts_with('/')).then_some(rest)
}

/// A page of an organization. Only [`Page::href`] gets its address out, so that no address is
/// without what the app is below, or without whose page it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page(&'static str);

/// A page that is no organization's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Common(&'static str);

impl Common {
    /// Its whole path.
    pub fn href(self) -> String {
        base() + self.0
    }
}

/// The address of the overview: what to do next.
pub const OVERVIEW: Page = Page("/");
/// All programs, without a filter.
pub const PROGRAMS: Page = Page("/programs");
/// The six areas.
pub const DESIGNATIONS: Page = Page("/designations");
/// The specializations, by solution area.
pub const SPECIALIZATIONS: Page = Page("/specializations");
/// What every page of evidence begins with.
pub const EVIDENCE: Page = Page("/evidence");
/// People.
pub const PEOPLE: Page = Page("/evidence/people");
/// The form for a new person.
pub const NEW_PERSON: Page = Page("/evidence/people/new");
/// The form for somebody who is known: with [`ROW_ID`].
pub const PERSON: Page = Page("/evidence/person");
/// Certificates in people's hands.
pub const CERTIFICATIONS: Page = Page("/evidence/certifications");
/// Customers.
pub const CUSTOMERS: Page = Page("/evidence/customers");
/// The form for a new customer.
pub const NEW_CUSTOMER: Page = Page("/evidence/customers/new");
/// The form for a customer that is known: with [`ROW_ID`].
pub const CUSTOMER: Page = Page("/evidence/customer");
/// What customers used.
pub const USAGE: Page = Page("/evidence/usage");
/// The form for a row of usage: with [`USAGE_KEYS`], or with the first of them for a new one.
pub const USAGE_ROW: Page = Page("/evidence/usage/row");
/// Imports into the evidence, and their history.
pub const IMPORTS: Page = Page("/evidence/imports");
/// What is on record about the company, and its locations.
pub const COMPANY: Page = Page("/company");
/// The form for what is on record.
pub const EDIT_COMPANY: Page = Page("/company/edit");
/// The form for a new location, or with [`ROW_ID`] for one that is there.
pub const LOCATION: Page = Page("/company/location");
/// My roles, what they allow, who can help.
pub const ACCESS: Page = Page("/access");
/// People who can act for the organization, and their roles.
pub const USERS: Page = Page("/users");
/// One of them: with [`ROW_ID`].
pub const USER: Page = Page("/users/user");
/// Inviting people.
pub const INVITE: Page = Page("/users/invite");
/// Tokens for machines.
pub const TOKENS: Page = Page("/tokens");
/// What can be bought, renewed or enrolled in, and why not.
pub const OFFERS: Page = Page("/offers");
/// To whom things are sold, and where bills go.
pub const BILLING: Page = Page("/billing");
/// Orders, bills and payments.
pub const BILLS: Page = Page("/bills");
/// What every page of one order begins with.
const ORDERS: Page = Page("/orders");
/// Who did what.
pub const AUDIT: Page = Page("/audit");
/// In a preview without an account: what it is about, and the way out.
pub const START: Page = Page("/start");
/// The preview without an account: another app below the same host.
pub const PREVIEW: Common = Common("/preview");
/// One's own account: password, two-step sign-in, sessions.
pub const ACCOUNT: Common = Common("/account");
/// Asks for a link to reset a password.
pub const FORGOT: Common = Common("/forgot-password");
/// What a mailed one-time link opens; its token is behind the `#`.
pub const LINK: Common = Common("/link");
/// Sign-in, without a way back.
pub const SIGN_IN: Common = Common("/sign-in");

/// The parameter that names a track: of the list of programs, or of a score.
pub const TRACK: &str = "track";

/// The parameter that says which rows of the evidence a page's numbers count: as the API has it.
/// Without it, those that decisions count.
pub const BASIS: &str = "basis";

/// The parameters of the audit log that name a person by id: who did it, and for whom.
pub const AUDIT_WHO: &str = "who";
/// See [`AUDIT_WHO`].
pub const AUDIT_ABOUT: &str = "about";

/// The parameter that names the benefits of an order, where an offer has several.
pub const OPTION: &str = "option";
/// The parameter that names the offer for which something else is done first.
pub const OFFER: &str = "offer";
/// The parameter with which a payment provider sends somebody back to their order.
pub const RETURNED: &str = "returned";

/// The parameter that names a person or a customer, by id in the evidence.
pub const ROW_ID: &str = "id";

/// The parameters that name a row of usage, by what makes it one.
pub const USAGE_KEYS: [&str; 6] = [
    "customer",
    "month",
    "workload",
    "association",
    "tenant",
    "subscription",
];

/// One program, by its id in the catalog.
pub fn program(id: &str) -> String {
    format!("{}/{}", PROGRAMS.href(), encoded(id))
}

/// The score of one area, by its id in the catalog.
pub fn area(id: &str) -> String {
    format!("{}/{}", DESIGNATIONS.href(), encoded(id))
}

/// The page of an area or program in which rows of evidence can count.
pub fn place(catalog: &Catalog, id: &str) -> String {
    if catalog.score(id).is_some() {
        area(id)
    } else {
        program(id)
    }
}

/// Where an order of an offer begins, by the offer's id.
pub fn begin_order(offer: &str) -> String {
    format!("{}/{}/order", OFFERS.href(), encoded(offer))
}

/// An order, by its id.
pub fn order(id: OrderId) -> String {
    format!("{}/{id}", ORDERS.href())
}

/// The draft of an order, to be checked and placed.
pub fn check_order(id: OrderId) -> String {
    format!("{}/check", order(id))
}

/// The form for somebody who is known, by id in the evidence. The id is no part of the path: it can
/// be an email address, and hosts take what ends with a dot and a word for a file.
pub fn person(id: &str) -> String {
    with_query(&PERSON.href(), &[(ROW_ID, id)])
}

/// The people who have not linked their learning profile.
pub fn not_linked() -> String {
    with_query(&PEOPLE.href(), &[("state", "not_linked")])
}

/// The form for a customer that is known, by id in the evidence.
pub fn customer(id: &str) -> String {
    with_query(&CUSTOMER.href(), &[(ROW_ID, id)])
}

/// The form for a location that is there, by its id.
pub fn location(id: &str) -> String {
    with_query(&LOCATION.href(), &[(ROW_ID, id)])
}

/// Who did what: the entries of what one person did, or of what was done for them.
pub fn audit_of(person: &str, did: bool) -> String {
    let name = if did { AUDIT_WHO } else { AUDIT_ABOUT };
    with_query(&AUDIT.href(), &[(name, person)])
}

/// One person who can act for the organization, by id.
pub fn user(id: &str) -> String {
    with_query(&USER.href(), &[(ROW_ID, id)])
}

/// The form for a row of usage that is known.
pub fn usage(row: &Usage) -> String {
    let values = usage_keys(row);
    let fields = USAGE_KEYS.iter().zip(&values);
    let fields: Vec<(&str, &str)> = fields.map(|(key, value)| (*key, value.as_str())).collect();
    with_query(&USAGE_ROW.href(), &fields)
}

/// The form for a new row of usage of a customer, by its id.
pub fn new_usage(customer: &str) -> String {
    let [key, ..] = USAGE_KEYS;
    with_query(&USAGE_ROW.href(), &[(key, customer)])
}

/// What [`USAGE_KEYS`] say of a row.
pub fn usage_keys(row: &Usage) -> [String; 6] {
    [
        row.customer.clone(),
        row.month.to_string(),
        row.workload.clone(),
        row.association.code().to_owned(),
        row.tenant.clone().unwrap_or_default(),
        row.subscription.clone().unwrap_or_default(),
    ]
}

/// Sign-in, and then back to `to` (an address inside the app, query included).
pub fn sign_in(to: &str) -> String {
    if to == base() + OVERVIEW.0 {
        return SIGN_IN.href();
    }
    with_query(&SIGN_IN.href(), &[("to", to)])
}

/// Where to go after sign-in. Only pages inside the app: anything else, as somebody might put into a
/// link to lead people elsewhere, becomes the overview.
pub fn inside(to: &str) -> String {
    let path = to.split(['?', '#']).next().unwrap_or_default();
    let local = below_base(to).is_some_and(|rest| rest.starts_with('/') && !rest.starts_with("//"))
        && !to.starts_with("//")
        && !to.contains('\\')
        && !to.chars().any(char::is_control)
        && !organization::is_elsewhere(path);
    if local {
        to.to_owned()
    } else {
        OVERVIEW.href()
    }
}

/// A path with those fields of the query that are not empty.
pub fn with_query(path: &str, fields: &[(&str, &str)]) -> String {
    let mut address = path.to_owned();
    let mut separator = '?';
    for (name, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
        address.push(separator);
        address.push_str(name);
        address.push('=');
        address.push_str(&escaped(value, b"-._~*,:"));
        separator = '&';
    }
    address
}

/// Percent-encoded for one segment of a path (RFC 3986, unreserved kept).
pub fn encoded(text: &str) -> String {
    escaped(text, b"-._~")
}

/// Percent-encoded but for letters, digits and `kept`.
fn escaped(text: &str, kept: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || kept.contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
