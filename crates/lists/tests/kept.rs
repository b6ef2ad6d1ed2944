//! What pages share never changes what they say: each is the part of the whole list that it would
//! be if everything was put in order and filtered for it.

use std::cmp::Ordering;

use membership_domain::evidence::Authority;
use membership_domain::{Basis, Catalog, Evidence, Hypothesis, assess};
use membership_lists::{Kept, List, Lists, Page, Query, State, Trace};
use membership_samples as samples;
use serde::Serialize;
use serde_json::Value;

const ALL: [List; 4] = [
    List::People,
    List::Certifications,
    List::Customers,
    List::Usage,
];

struct Known {
    catalog: Catalog,
    evidence: Evidence,
    trace: Trace,
}

impl Known {
    fn new() -> Self {
        let catalog = membership_catalog::builtin().expect("the built-in catalog");
        let mut evidence = samples::organization(samples::Size {
            people: 60,
            certificates: 3,
            customers: 20,
            months: 14,
        });
        // Some have the same name, and some say less than others.
        for person in evidence.people.iter_mut().step_by(3) {
            person.name = "Ada M\u{fc}ller".to_owned();
            person.email = None;
        }
        for usage in evidence.usage.iter_mut().step_by(5) {
            usage.tenant = Some(format!("{} tenant", usage.customer));
        }
        // Decisions do not count what the partner alone says.
        for person in evidence.people.iter_mut().skip(1).step_by(2) {
            for held in &mut person.certificates {
                held.authority = Authority::Claimed;
            }
        }
        for usage in &mut evidence.usage {
            if usage.customer.ends_with(['1', '3', '5', '7', '9']) {
                usage.authority = Authority::Claimed;
            }
        }
        evidence.customers.reverse();
        evidence.usage.rotate_left(100);
        let nothing = Hypothesis::default();
        let of = |basis| assess(&catalog, &evidence, basis, samples::DAY, &nothing);
        let [entered, decision] = [Basis::Entered, Basis::Decision].map(of);
        let trace = Trace::of(&catalog, &entered);
        let decision = Trace::of(&catalog, &decision);
        let trace = trace.decided_by(catalog.accepted(samples::DAY), decision);
        Self {
            catalog,
            evidence,
            trace,
        }
    }

    fn lists<'l>(&'l self, kept: &'l Kept) -> Lists<'l> {
        Lists::new(
            &self.catalog,
            &self.evidence,
            (&self.trace, kept),
            samples::DAY,
        )
    }
}

fn rows<R: Serialize>(page: Page<R>) -> Page<Value> {
    let items = page.items.iter().map(serde_json::to_value);
    Page {
        items: items.collect::<Result<_, _>>().expect("rows as JSON"),
        total: page.total,
        next: page.next,
    }
}

fn page(lists: &Lists<'_>, list: List, query: &Query) -> Page<Value> {
    match list {
        List::People => rows(lists.people(query)),
        List::Certifications => rows(lists.certifications(query)),
        List::Customers => rows(lists.customers(query)),
        List::Usage => rows(lists.usage(query)),
    }
}

/// All rows of a query, page by page.
fn all(lists: &Lists<'_>, list: List, query: &Query) -> Vec<Value> {
    let mut query = query.clone();
    let mut all = Vec::new();
    loop {
        let mut page = page(lists, list, &query);
        assert!(page.items.len() <= query.limit && page.total < 10_000);
        all.append(&mut page.items);
        match page.next {
            Some(next) => query.cursor = Some(next),
            None => {
                assert_eq!(all.len() as u64, page.total, "{query:?}");
                return all;
            }
        }
    }
}

/// How two rows stand to each other by a column, as they show it.
fn compared(one: &Value, other: &Value, sort: &str) -> Ordering {
    let of = |row: &Value| row.get(sort).or(row["usage"].get(sort)).cloned();
    match (of(one), of(other)) {
        (Some(Value::String(one)), Some(Value::String(other))) => {
            one.to_lowercase().cmp(&other.to_lowercase())
        }
        (Some(one), Some(other)) => one.as_u64().cmp(&other.as_u64()),
        // What never ends comes last, and what is not said otherwise first.
        (one, other) if sort == "expires_on" => other.is_some().cmp(&one.is_some()),
        (one, other) => one.is_some().cmp(&other.is_some()),
    }
}

fn by(sort: &str, descending: bool) -> Query {
    Query {
        sort: sort.to_owned(),
        descending,
        limit: 37,
        ..Query::default()
    }
}

#[test]
fn pages_together_are_the_whole_list_in_order() {
    let (known, kept) = (Known::new(), Kept::default());
    let lists = known.lists(&kept);
    for list in ALL {
        for sort in list.sorts() {
            let mut rows = all(&lists, list, &by(sort, false));
            assert!(rows.len() >= 20);
            if *sort != "level" {
                let sorted = |two: &[Value]| compared(&two[0], &two[1], sort).is_le();
                assert!(rows.windows(2).all(sorted), "{list:?} by {sort}");
            }
            let backwards = all(&lists, list, &by(sort, true));
            rows.reverse();
            assert_eq!(rows, backwards, "{list:?} by {sort}");
        }
    }
}

#[test]
fn what_is_found_is_what_each_row_says() {
    let (known, kept) = (Known::new(), Kept::default());
    let lists = known.lists(&kept);
    let text = |row: &Value| row.to_string().to_lowercase();
    for (list, search) in [
        (List::People, "m\u{dc}LLER ada"),
        (List::People, "person-01"),
        (List::Customers, "customer-01"),
        (List::Usage, "2023-04 customer"),
        (List::Usage, "tenant"),
    ] {
        let query = Query {
            search: search.to_owned(),
            ..by("", false)
        };
        let found = all(&lists, list, &query);
        let says = |row: &Value| {
            let mut words = search.split(' ');
            words.all(|word| text(row).contains(&word.to_lowercase()))
        };
        let expected: Vec<Value> = (all(&lists, list, &by("", false)).into_iter())
            .filter(says)
            .collect();
        assert!(!found.is_empty());
        assert_eq!(found, expected, "{list:?}: {search}");
    }
}

#[test]
fn each_basis_has_rows_of_its_own_and_each_row_is_on_one_side() {
    let (known, kept) = (Known::new(), Kept::default());
    let lists = known.lists(&kept);
    for list in ALL {
        let area = |basis, counts| Query {
            area: Some("infrastructure".to_owned()),
            counts: Some(counts),
            basis: Some(basis),
            ..by("", false)
        };
        let total = |query: &Query| page(&lists, list, query).total;
        let both = |basis| [true, false].map(|counts| total(&area(basis, counts)));
        let [entered, decision] = [Basis::Entered, Basis::Decision].map(both);
        let whole = total(&by("", false));
        assert_eq!(entered.iter().sum::<u64>(), whole, "{list:?}");
        assert_eq!(decision.iter().sum::<u64>(), whole, "{list:?}");
        assert!(
            decision[0] < entered[0],
            "{list:?}: {entered:?} {decision:?}"
        );
        // A row says itself where it counts.
        let counted = all(&lists, list, &area(Basis::Entered, true));
        let others = all(&lists, list, &area(Basis::Entered, false));
        let counts = |row: &Value| {
            let mut areas = row["areas"].as_array().into_iter().flatten();
            areas.any(|area| area["area"] == "infrastructure" && area.get("metrics").is_some())
        };
        assert!(
            counted.iter().all(counts) && !others.iter().any(counts),
            "{list:?}"
        );
    }
}

#[test]
fn many_orders_and_filters_take_bounded_memory_and_give_the_same() {
    let (known, roomy, tight) = (Known::new(), Kept::default(), Kept::within(2_000));
    let (lists, again) = (known.lists(&roomy), known.lists(&tight));
    let mut queries = Vec::new();
    for number in 0..60 {
        queries.push(Query {
            search: number.to_string(),
            state: State::ALL.get(number % 9).copied(),
            ..by("", number % 2 == 0)
        });
    }
    // What rows are searched in is there as long as the evidence is.
    let columns = {
        let (none, fixed) = (
            Query {
                limit: 0,
                ..by("", false)
            },
            Kept::within(0),
        );
        let lists = known.lists(&fixed);
        for list in ALL {
            page(&lists, list, &none);
        }
        fixed.bytes()
    };
    for list in ALL {
        for sort in list.sorts() {
            for query in &queries {
                let query = Query {
                    sort: (*sort).to_owned(),
                    ..query.clone()
                };
                let same = page(&again, list, &query);
                assert_eq!(page(&lists, list, &query), same);
            }
        }
    }
    // The last order stays, however large it is.
    assert!(tight.bytes() <= columns + 2_000 + 4 * known.evidence.usage.len());
    assert!(roomy.bytes() > tight.bytes());
}
