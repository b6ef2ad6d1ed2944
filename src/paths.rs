//! Every address inside the app, from one builder.

use std::cell::RefCell;
use std::fmt::Write as _;

use membership_domain::Catalog;
use membership_domain::evidence::Usage;

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

/// A page whose address is always the same. Only [`Page::href`] gets it out, so that no address
/// is without what the app is below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page(&'static str);

impl Page {
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
/// My roles, what they allow, who can help.
pub const ACCESS: Page = Page("/access");
/// In a preview without an account: what it is about, and the way out.
pub const START: Page = Page("/start");
/// The preview without an account: another app below the same host.
pub const PREVIEW: Page = Page("/preview");
/// Sign-in, without a way back.
pub const SIGN_IN: Page = Page("/sign-in");

/// The parameter that names a track: of the list of programs, or of a score.
pub const TRACK: &str = "track";

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

/// What the list of programs is narrowed to. Empty fields are left out of the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProgramFilter {
    /// A track of the catalog, by id.
    pub track: String,
    /// Words to search for.
    pub query: String,
    /// A status, by its code.
    pub status: String,
}

/// The list of programs, narrowed.
pub fn programs(filter: &ProgramFilter) -> String {
    let fields = [
        (TRACK, filter.track.as_str()),
        ("q", filter.query.as_str()),
        ("status", filter.status.as_str()),
    ];
    with_query(&PROGRAMS.href(), &fields)
}

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
    if to == OVERVIEW.href() {
        return SIGN_IN.href();
    }
    with_query(&SIGN_IN.href(), &[("to", to)])
}

/// Where to go after sign-in. Only addresses inside the app: anything else, as somebody might
/// put into a link to lead people elsewhere, becomes the overview.
pub fn inside(to: &str) -> String {
    let local = to
        .strip_prefix(&base())
        .is_some_and(|rest| rest.starts_with('/') && !rest.starts_with("//"))
        && !to.starts_with("//")
        && !to.contains('\\')
        && !to.chars().any(char::is_control)
        && to.split('?').next() != Some(&SIGN_IN.href());
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address() {
        let filter = ProgramFilter {
            track: "azure".into(),
            query: "data & AI".into(),
            status: "met".into(),
        };
        let all = [
            programs(&ProgramFilter::default()),
            programs(&filter),
            programs(&ProgramFilter {
                status: "unmet".into(),
                ..Default::default()
            }),
            program("azure-expert-msp"),
            area("modern-work"),
            person("ada.berg@contoso.example"),
            not_linked(),
            customer("Fabrikam & Co."),
            new_usage("fabrikam"),
            sign_in("/"),
            sign_in("/programs?q=a b"),
        ];
        assert_eq!(
            all,
            [
                "/programs",
                "/programs?track=azure&q=data%20%26%20AI&status=met",
                "/programs?status=unmet",
                "/programs/azure-expert-msp",
                "/designations/modern-work",
                "/evidence/person?id=ada.berg%40contoso.example",
                "/evidence/people?state=not_linked",
                "/evidence/customer?id=Fabrikam%20%26%20Co.",
                "/evidence/usage/row?customer=fabrikam",
                "/sign-in",
                "/sign-in?to=%2Fprograms%3Fq%3Da%20b",
            ]
        );
    }

    #[test]
    fn a_row_of_usage_is_named_by_what_makes_it_one() {
        let row = r#"{"customer": "fabrikam", "workload": "teams", "association": "cpor_usage",
            "month": "2023-10", "subscription": "a b"}"#;
        let row: Usage = serde_json::from_str(row).expect("a row");
        assert_eq!(
            usage(&row),
            "/evidence/usage/row?customer=fabrikam&month=2023-10&workload=teams\
             &association=cpor_usage&subscription=a%20b"
        );
    }

    #[test]
    fn ids_cannot_break_out_of_their_segment() {
        assert_eq!(program("../a?b#c"), "/programs/..%2Fa%3Fb%23c");
        assert_eq!(encoded("Größe"), "Gr%C3%B6%C3%9Fe");
    }

    #[test]
    fn after_sign_in_nobody_is_led_elsewhere() {
        assert_eq!(inside("/programs?q=a"), "/programs?q=a");
        for bad in [
            "",
            "programs",
            "//example.com",
            "/\\example.com",
            "https://example.com",
            "javascript:alert(1)",
            "/\texample.com",
            "/sign-in",
            "/sign-in?to=%2F",
        ] {
            assert_eq!(inside(bad), OVERVIEW.href(), "{bad:?}");
        }
    }
    #[test]
    fn below_a_path_every_address_begins_with_it() {
        set_base("/partners/");
        assert_eq!(PROGRAMS.href(), "/partners/programs");
        assert_eq!(OVERVIEW.href(), "/partners/");
        assert_eq!(program("a"), "/partners/programs/a");
        assert_eq!(inside("/partners/programs"), "/partners/programs");
        for bad in [
            "/programs",
            "/partnersprograms",
            "/partners//example.com",
            "/partners/sign-in",
        ] {
            assert_eq!(inside(bad), "/partners/", "{bad}");
        }
        set_base("");
    }
}
