//! A query as the parameters of an address give it.

use membership_domain::Catalog;
use membership_domain::assess::Basis;
use membership_domain::evidence::Authority;

use crate::places::{numbers, places};
use crate::query::{List, Query, State};

/// Rows on a page, where nothing else is asked for.
const USUAL: usize = 50;
/// The most rows on a page.
const MOST: usize = 200;

/// The most characters of a search: more than any name. Each word goes through every row.
pub const LONGEST_SEARCH: usize = 200;
/// The most words of a search, for the same reason.
pub const MOST_WORDS: usize = 10;

/// What is asked for, and in which form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Which rows.
    pub query: Query,
    /// All of them as a table, without pages.
    pub csv: bool,
}

/// A parameter that says something unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// Its name.
    pub name: &'static str,
    /// What it may be, as a sentence.
    pub detail: String,
}

impl Wrong {
    fn new(name: &'static str, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        Self { name, detail }
    }
}

impl List {
    /// The fields of its rows by which it sorts; the first is the usual one.
    #[must_use]
    pub fn sorts(self) -> &'static [&'static str] {
        match self {
            Self::People => &["name", "email", "linked_on", "certificates", "valid"],
            Self::Certifications => &[
                "name",
                "certificate",
                "level",
                "completed_on",
                "expires_on",
                "source",
            ],
            Self::Customers => &["name", "first", "last", "rows"],
            Self::Usage => &[
                "name",
                "workload",
                "month",
                "revenue_cents",
                "users",
                "seats",
                "active",
            ],
        }
    }

    /// Its name in addresses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Certifications => "certifications",
            Self::Customers => "customers",
            Self::Usage => "usage",
        }
    }

    /// The inverse of [`Self::name`].
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let all = [
            Self::People,
            Self::Certifications,
            Self::Customers,
            Self::Usage,
        ];
        all.into_iter().find(|list| list.name() == name)
    }
}

impl Asked {
    /// What is asked of a list; `get` gives the value of a parameter by its name.
    ///
    /// # Errors
    /// Every parameter that says something unknown.
    pub fn of<'p>(
        get: impl Fn(&str) -> Option<&'p str>,
        catalog: &Catalog,
        list: List,
    ) -> Result<Self, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let mut one_of = |name: &'static str, known: &[&str]| {
            let given = get(name)?;
            if known.contains(&given) {
                return Some(given);
            }
            wrong.push(Wrong::new(name, format!("Must be {}.", known.join(", "))));
            None
        };
        let counts = one_of("counts", &["yes", "no"]).map(|counts| counts == "yes");
        let bases = Basis::ALL.map(Basis::code);
        let basis = one_of("basis", &bases).and_then(Basis::of_code);
        let states = State::ALL.map(State::code);
        let state = one_of("state", &states).and_then(State::of_code);
        let authorities = Authority::ALL.map(Authority::code);
        let authority = one_of("authority", &authorities).and_then(Authority::of_code);
        let sort = one_of("sort", list.sorts()).unwrap_or_default().to_owned();
        let descending = one_of("order", &["asc", "desc"]) == Some("desc");
        let csv = one_of("format", &["json", "csv"]) == Some("csv");
        let limit = match get("limit").map(str::parse) {
            None => USUAL,
            Some(Ok(limit)) if (1..=MOST).contains(&limit) => limit,
            Some(_) => {
                let detail = format!("Must be a whole number from 1 to {MOST}.");
                wrong.push(Wrong::new("limit", detail));
                USUAL
            }
        };
        let search = get("search").unwrap_or_default();
        let long = search.chars().nth(LONGEST_SEARCH).is_some();
        if long || search.split_whitespace().nth(MOST_WORDS).is_some() {
            let detail = format!(
                "Must be at most {MOST_WORDS} words and {LONGEST_SEARCH} characters: look for \
                 fewer words."
            );
            wrong.push(Wrong::new("search", detail));
        }
        let area = get("area").filter(|area| {
            let known = places(catalog).iter().any(|(id, _)| id == area);
            if !known {
                let detail = "Must be the id of a score in the catalog, or of a program that asks \
                    for people, customers or usage.";
                wrong.push(Wrong::new("area", detail));
            }
            known
        });
        let metric = get("metric").filter(|metric| {
            let numbers = area.map_or_else(Vec::new, |area| numbers(catalog, area));
            let known: Vec<&str> = numbers.iter().map(|one| one.address.as_str()).collect();
            if known.is_empty() {
                let detail = "Says nothing without a known `area`, whose metric it is: add one.";
                wrong.push(Wrong::new("metric", detail));
            } else if !known.contains(metric) {
                let detail = format!("Must be of this area: {}.", known.join(", "));
                wrong.push(Wrong::new("metric", detail));
            }
            known.contains(metric)
        });
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let query = Query {
            search: search.to_owned(),
            area: area.map(str::to_owned),
            metric: metric.map(str::to_owned),
            counts,
            basis,
            state,
            authority,
            sort,
            descending,
            cursor: get("cursor").map(str::to_owned).filter(|_| !csv),
            limit: if csv { usize::MAX } else { limit },
        };
        Ok(Self { query, csv })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&str, &str)], list: List) -> Result<Asked, Vec<Wrong>> {
        let catalog = membership_catalog::builtin().expect("the built-in catalog");
        let get = |name: &str| {
            let found = pairs.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| *value)
        };
        Asked::of(get, &catalog, list)
    }

    #[test]
    fn nothing_asks_for_the_beginning() {
        let all = asked(&[], List::People).expect("nothing is wrong");
        assert_eq!((all.query.limit, all.csv), (USUAL, false));
        let table = asked(&[("format", "csv"), ("cursor", "x")], List::Usage);
        let table = table.expect("nothing is wrong");
        assert_eq!((table.query.cursor, table.query.limit), (None, usize::MAX));
    }

    #[test]
    fn every_wrong_parameter_is_named() {
        let bad = [
            ("counts", "1"),
            ("basis", "claimed"),
            ("state", "there"),
            ("authority", "operator"),
            ("sort", "month"),
            ("order", "up"),
            ("format", "xml"),
            ("limit", "201"),
            ("search", "a b c d e f g h i j k"),
            ("area", "none"),
            ("metric", "people"),
        ];
        let wrong = asked(&bad, List::People).expect_err("all are wrong");
        let names: Vec<_> = wrong.iter().map(|one| one.name).collect();
        assert_eq!(names, bad.map(|(name, _)| name));
        assert!(asked(&[("sort", "month")], List::Usage).is_ok());
    }

    #[test]
    fn a_search_has_a_few_words() {
        let searched = |text: &str| asked(&[("search", text)], List::Usage);
        let (long, longer) = ("\u{fc}".repeat(LONGEST_SEARCH), "x ".repeat(MOST_WORDS + 1));
        assert!(searched(&long).is_ok());
        assert!(searched(&"x ".repeat(MOST_WORDS)).is_ok());
        for text in [long + "x", longer] {
            let wrong = searched(&text).expect_err("too much");
            assert!(wrong[0].detail.contains("10 words and 200 characters"));
        }
    }

    #[test]
    fn an_area_is_a_score_or_a_program_with_rows_and_a_metric_is_its_own() {
        let is_known = |area: &'static str, metric: &'static str| {
            let pairs = [("area", area), ("metric", metric)];
            let given = if metric.is_empty() {
                &pairs[..1]
            } else {
                &pairs
            };
            asked(given, List::People).is_ok()
        };
        assert!(is_known("infrastructure", ""));
        assert!(is_known("infrastructure", "intermediate"));
        assert!(is_known("infrastructure", "intermediate.people"));
        assert!(is_known("modern-work", "smb.net-adds.csp"));
        assert!(is_known("specialization-kubernetes", "people"));
        assert!(!is_known("specialization-kubernetes", "audit"));
        assert!(!is_known("infrastructure", "all.intermediate"));
        assert!(!is_known("modern-work", "net-adds"));
        assert!(!is_known("action-pack", ""), "asks for nothing of a list");
        let alone = asked(&[("metric", "people")], List::People).expect_err("no area");
        assert!(alone[0].detail.contains("add one"));
    }

    #[test]
    fn names_and_codes_come_back() {
        for state in State::ALL {
            assert_eq!(State::of_code(state.code()), Some(state));
            let json = serde_json::to_value(state).expect("a code");
            assert_eq!(json, state.code(), "as rows and addresses have it");
        }
        for name in ["people", "certifications", "customers", "usage"] {
            assert_eq!(List::of_name(name).map(List::name), Some(name));
        }
    }
}
